"""What of single people the report may show."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

SMALLEST_CELL: Final = 5
"""Counts of fewer people are left out of an aggregated report."""


@dataclass(frozen=True)
class Privacy:
    """What the reader of a report may see.

    Parameters
    ----------
    photographs : Path, optional
        Folder of the photographs of which some are shown; by default none is.
    ids : bool
        Whether participants' ids are shown.
    aggregate : bool
        Whether single participants are left out altogether: no value of one person, and no count
        of fewer than five.
    """

    photographs: Path | None = None
    ids: bool = False
    aggregate: bool = False
