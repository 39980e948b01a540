"""Landmarks that somebody else has extracted: trees of CSV files, taken into the lake."""
