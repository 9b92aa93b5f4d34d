"""Write a text as models know it before one reads it."""
