"""A file of a run that gave no landmarks, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A file of a run that gave no landmarks.

    Attributes
    ----------
    path, status, error : str
        As in the lake's `photos` or `videos`.
    """

    path: str
    status: str
    error: str
