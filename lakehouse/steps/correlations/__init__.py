"""Correlations of features with scores, and of either with each other."""
