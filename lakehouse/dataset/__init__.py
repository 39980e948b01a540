"""Which photographs a dataset holds, and what each of them shows."""
