"""A fast reader of well-formed feeds; whatever it is not sure of is feedparser's."""
