"""Asking a source: one client, one bounded exchange, outcomes as values."""
