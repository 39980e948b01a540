"""The warehouse: SQL models, their order, the build and the questions asked of it."""
