"""From a file's bytes to the upright picture, or to why there is none."""
