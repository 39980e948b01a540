"""How often columns with a p err, and how often intervals hold the truth: docs/calibration.md."""
