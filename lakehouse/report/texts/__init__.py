"""What the report says: one file of texts per language, with equal keys."""
