"""Cut a text into sentences."""
