"""Texts and what becomes of them on the way: pairs, copies and others."""
