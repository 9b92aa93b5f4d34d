"""Tests of the training code; they need the extra `train` and run with `python -m pytest training`."""
