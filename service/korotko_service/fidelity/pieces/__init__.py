"""What must come through a translation unchanged, and how it is carried past a model."""
