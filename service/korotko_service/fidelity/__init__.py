"""Truth: pure checks of what a model wrote against what it read."""
