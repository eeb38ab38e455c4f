"""Subscription lists: OPML <-> the sources it names, and which of them are known."""
