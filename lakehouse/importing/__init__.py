"""Landmarks that somebody else has extracted, taken into the lake from whatever form they have."""
