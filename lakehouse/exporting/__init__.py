"""Tables for other programs: tidy files, and what a reader must know to use them."""
