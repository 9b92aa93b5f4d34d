"""Correct without a model what a check found."""
