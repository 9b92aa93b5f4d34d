"""Measurements of speed; never tests, because a timed test fails on a busy machine and passes on a fast one."""
