"""Which tags an article has and which topics hold it."""
