"""Settings of one warehouse: what the paper computed, and every switch to leave it."""

from lakehouse.settings.model import Settings

__all__ = ["Settings"]
