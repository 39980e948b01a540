"""Points of the mesh: how far they move, which move most, their groups, and muscles under them."""
