"""How often a source and its host are asked; decisions only."""
