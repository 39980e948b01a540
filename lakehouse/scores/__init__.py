"""Questionnaire scores: reading, checking and storing them."""

from lakehouse.scores.read import Scores, read_scores
from lakehouse.scores.store import ScoresSummary, store_scores

__all__ = ["Scores", "ScoresSummary", "read_scores", "store_scores"]
