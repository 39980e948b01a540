"""Charts of movement in time: courses, latencies, sides of the face, and what moves together."""
