"""One module a command; each imports what it needs, so that help starts at once."""
