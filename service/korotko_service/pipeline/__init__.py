"""The use cases, each readable on one page: summarize, translate, detect."""
