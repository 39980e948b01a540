"""Charts: pure functions from tables, texts and a width to Altair charts.

A chart names its data and holds none: the page and the exports feed it the same rows. It names no
colour either; those are the configuration's, of which there is a light and a dark one.
"""
