"""Checks of an output as a whole: its language, its length, loops, quotes and brackets."""
