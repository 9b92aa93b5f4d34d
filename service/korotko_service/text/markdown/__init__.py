"""Markdown: the article of a text, and a text whose marks can be put back."""
