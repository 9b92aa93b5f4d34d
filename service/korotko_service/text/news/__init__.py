"""What newsrooms put around the news: titles, bylines, captions, datelines, words to the reader."""
