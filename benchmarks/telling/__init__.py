"""What the benchmark of stories is made of."""
