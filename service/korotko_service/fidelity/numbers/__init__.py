"""Read the numbers, dates and times of a text, in digits and in words."""
