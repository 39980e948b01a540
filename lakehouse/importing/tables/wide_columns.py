"""Finding the columns of landmarks in a table with a row per photograph."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lakehouse.importing.foreign_points import COUNTS, refusal
from lakehouse.importing.refused import RefusedError

_FEWEST: Final = 5
"""Points: fewer columns of such names are something else."""

_NAMES: Final = (
    # x_0, x0, x.0, face_x_0 and the like; then 0_x, lm0_x, landmark_0_x.
    re.compile(
        r"(?P<before>(?:.*[^A-Za-z])?)(?P<axis>[xyzXYZ])[ _.\-]?(?P<point>\d{1,4})(?P<after>)"
    ),
    re.compile(r"(?P<before>.*?)(?P<point>\d{1,4})[ _.\-]?(?P<axis>[xyzXYZ])(?P<after>)"),
)

_Set = tuple[int, str, bool]
"""Which way of naming, what stands before, and whether the axes are in capitals."""


@dataclass(frozen=True, slots=True)
class WideColumns:
    """Columns of landmarks.

    Attributes
    ----------
    points : int
        468 or 478.
    names : tuple of str
        x of all points in their order, then y, and then z where there is depth.
    told : tuple of str
        What a user should know of how they were read.
    """

    points: int
    names: tuple[str, ...]
    told: tuple[str, ...] = ()


def find_wide_columns(columns: Sequence[str]) -> WideColumns | None:
    """Find columns such as x_0 to x_467, y_0 to y_467 and perhaps z_0 to z_467.

    Parameters
    ----------
    columns : sequence of str
        Names of all columns of the table.

    Returns
    -------
    WideColumns or None
        None if the table has no such columns at all.

    Raises
    ------
    RefusedError
        If they are another model's points, or some are missing, or there are two sets.
    """
    sets = {
        key: axes
        for key, axes in _sets(columns).items()
        if {"x", "y"} <= axes.keys() and len(axes["x"]) >= _FEWEST
    }
    if not sets:
        return None
    fitting = [axes for axes in sets.values() if len(axes["x"]) in COUNTS]
    if len(fitting) > 1:
        firsts = " and ".join(min(axes["x"].items())[1] for axes in fitting[:2])
        raise RefusedError(
            f"has several sets of landmarks ({firsts}), not one: leave out all but one"
        )
    return _in_order(fitting[0] if fitting else max(sets.values(), key=lambda axes: len(axes["x"])))


def _sets(columns: Sequence[str]) -> dict[_Set, dict[str, dict[int, str]]]:
    """Sort columns by way of naming, axis and point."""
    sets: dict[_Set, dict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for column in columns:
        for way, pattern in enumerate(_NAMES):
            if match := pattern.fullmatch(column.strip()):
                axis = match["axis"]
                key = way, match["before"], axis.isupper()
                sets[key][axis.lower()][int(match["point"])] = column
                break
    return sets


def _in_order(axes: dict[str, dict[int, str]]) -> WideColumns:
    x = axes["x"]
    first, count = min(x), len(x)
    if count not in COUNTS and [*sorted(x)] == [*range(first, first + count)]:
        raise RefusedError(f"has {refusal(count)}")
    if first not in (0, 1):
        raise RefusedError(f"has points from {first} on, not from 0 or 1: {x[first]} is the first")
    expected = range(first, first + next((n for n in COUNTS if n >= count), count))
    for axis in ("x", "y", *(["z"] if axes.get("z") else [])):
        if missing := sorted({*expected} - axes[axis].keys()):
            raise RefusedError(f"has no {axis} of point {missing[0]} ({len(missing):,} missing)")
        if more := sorted(axes[axis].keys() - {*expected}):
            raise RefusedError(f"has {axes[axis][more[0]]}, but x for {count} points only")
    told = (f"points are numbered from 1: {x[first]} is point 0",) if first else ()
    names = [axes[axis][point] for axis in "xyz" if axes.get(axis) for point in expected]
    return WideColumns(count, tuple(names), told)
