"""Settings of one warehouse: what the paper computed, and every switch to leave it."""

from lakehouse.settings.file import load_settings, settings_text
from lakehouse.settings.model import Settings

__all__ = ["Settings", "load_settings", "settings_text"]
