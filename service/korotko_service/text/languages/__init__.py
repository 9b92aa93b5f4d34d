"""Which language a text is in, and the tags of languages."""
