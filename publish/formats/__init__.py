"""Formats of a topic feed: values to bytes, equal values to equal bytes."""
