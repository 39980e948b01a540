"""How regular expressions are, and which is taken for which."""
