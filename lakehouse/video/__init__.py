"""Decoding videos: which files are videos, their facts, and their upright frames."""
