"""Rewrite a text in forms that models know before one reads it."""
