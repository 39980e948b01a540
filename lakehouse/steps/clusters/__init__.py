"""Groups of points, and how many there should be."""
