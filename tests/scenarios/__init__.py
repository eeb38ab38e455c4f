"""A misbehaving server, and what each of its misdeeds must lead to."""
