"""Charts of how expressions are shown: alike or not, taken for others, and with eyes and mouth."""
