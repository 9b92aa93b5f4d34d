"""HTML: the article of a page, and a page as text whose markup can be put back."""
