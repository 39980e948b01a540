"""The commands of `lakehouse`."""

from .main import main

__all__ = ["main"]
