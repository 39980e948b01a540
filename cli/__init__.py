"""The commands of `lakehouse`."""

from .entry import main

__all__ = ["main"]
