"""What is wrong with a source, and what can be done: facts and what follows."""
