"""What `python -m lakehouse.cli` runs."""

from .main import main

main()
