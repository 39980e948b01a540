"""Synthetic clips: the photographs' faces, moving at planted times."""
