"""What the operator writes: settings, topic expressions, the shipped catalogue."""
