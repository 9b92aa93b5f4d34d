"""Which models serve now, and what takes their place when the model folders change."""
