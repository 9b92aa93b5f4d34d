"""Choose the sentences of a brief."""
