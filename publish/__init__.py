"""Publications become feeds and pages: select, render, serve."""
