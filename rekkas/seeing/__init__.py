"""What the operator sees of a running service: figures, health, a page, messages."""
