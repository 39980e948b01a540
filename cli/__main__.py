"""What `python -m lakehouse.cli` runs."""

from .entry import main

main()
