"""The report: one page of every figure and number of a warehouse, and the figures as files."""
