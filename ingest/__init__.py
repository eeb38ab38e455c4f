"""A source -> a FeedDocument: fetch, read, normalise."""
