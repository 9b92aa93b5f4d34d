"""Put right without a model what a check found."""
