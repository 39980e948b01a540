"""What a study says before scores are read, and whether its results keep to it."""
