"""What happens when in the videos, such as trials: reading it and storing it."""

from lakehouse.events.read import EventFileOptions, read_events
from lakehouse.events.store import EventsSummary, store_events

__all__ = ["EventFileOptions", "EventsSummary", "read_events", "store_events"]
