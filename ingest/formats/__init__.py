"""Bytes -> RawDocument: one module a format, and the choice among them."""
