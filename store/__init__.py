"""What is kept: articles, sightings, tags, topics' publication logs."""
