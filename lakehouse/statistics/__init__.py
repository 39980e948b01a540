"""Arithmetic on arrays; nothing here knows a table."""
