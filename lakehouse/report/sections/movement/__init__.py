"""Sections of the cue, and of movement beside noise."""
