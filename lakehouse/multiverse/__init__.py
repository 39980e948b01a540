"""One analysis in every defensible way, and what of it stays the same."""
