"""Compare numbers, measures, dates and times of a sentence with those of its translation."""
