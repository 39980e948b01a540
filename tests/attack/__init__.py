"""Attacks on the whole, one kind in a file."""
