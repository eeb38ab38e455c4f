"""The web side: the application, its pages, and the rules of its answers."""
