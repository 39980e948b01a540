"""Faces with a cue beside faces without."""
