"""The same analysis in many ways: the kinds of movement, and one test of all ways together."""
