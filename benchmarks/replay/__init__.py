"""Publication times replayed, to see what rules of polling make of them."""
