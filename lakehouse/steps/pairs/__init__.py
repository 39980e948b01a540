"""Changes of the distances between pairs of points."""
