"""Find the names of two texts, and tell which are the same."""
