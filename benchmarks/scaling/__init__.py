"""How many sources a machine carries: what is measured, and the sums over it."""
