"""Figures of rekkas, printed by make bench."""
