"""Rates over many cohorts, with their errors, as tables in Markdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy import stats

from lakehouse.warehouse.models import Model

from .counting import LEVEL, Count
from .registry import Entry, Interval, Level, PValues, not_calibrated

Place = tuple[Entry, str, int]
"""An entry of the registry, one of its columns, and the number of participants."""


class Rate(NamedTuple):
    """A share of tests or intervals, and its standard error over cohorts."""

    share: float
    error: float
    cohorts: int


def rates(found: Iterable[tuple[int, Sequence[Count]]]) -> dict[Place, Rate]:
    """Average over cohorts what was counted in each.

    Parameters
    ----------
    found : iterable of (int, sequence of Count)
        Number of participants, and the counts of one cohort.

    Returns
    -------
    dict of Place to Rate
        Tests of a cohort are not independent, so that the error follows from how cohorts differ. Of
        few families it is at least that of independent ones at the nominal rate.
    """
    shares: dict[Place, list[tuple[int, int]]] = defaultdict(list)
    for participants, counts in found:
        for count in counts:
            if count.of:
                shares[count.entry, count.name, participants].append((count.hits, count.of))
    return {place: _rate(place[0], pairs) for place, pairs in shares.items()}


def _rate(entry: Entry, pairs: Sequence[tuple[int, int]]) -> Rate:
    each = np.array([hits / of for hits, of in pairs])
    cohorts = len(each)
    spread = each.std(ddof=1) if cohorts > 1 else np.nan
    if isinstance(entry, PValues) and entry.family is not None:
        families = np.mean([of for _, of in pairs])
        spread = np.fmax(spread, np.sqrt(LEVEL * (1 - LEVEL) / families))
    return Rate(float(each.mean()), float(spread / np.sqrt(cohorts)), cohorts)


def tests_table(of: dict[Place, Rate], sizes: Sequence[int]) -> list[str]:
    """Lay out how often tests err."""
    lines = [f"| relation | column | what counts | {_heads(sizes)} |"]
    lines.append("| --- | --- | --- |" + " ---: |" * len(sizes))
    for entry, name in _rows(of, PValues):
        cells = _cells(of, entry, name, sizes)
        lines.append(f"| `{entry.relation}` | `{name}` | {_counted(entry)} | {cells} |")
    return lines


def intervals_table(of: dict[Place, Rate], sizes: Sequence[int]) -> list[str]:
    """Lay out how often intervals hold the truth."""
    lines = [f"| relation | interval | {_heads(sizes)} |"]
    lines.append("| --- | --- |" + " ---: |" * len(sizes))
    for entry, name in _rows(of, Interval):
        lines.append(
            f"| `{entry.relation}` | `{name}_low`, `{name}_high` | "
            f"{_cells(of, entry, name, sizes)} |"
        )
    return lines


def levels_table(of: Mapping[str, dict[Place, Rate]], sizes: Sequence[int]) -> list[str]:
    """Lay out what reliabilities are on average, by kind of cohort."""
    lines = [f"| cohorts | relation | column | {_heads(sizes)} |"]
    lines.append("| --- | --- | --- |" + " ---: |" * len(sizes))
    for kind, rates_of_kind in of.items():
        for entry, name in _rows(rates_of_kind, Level):
            found = [rates_of_kind.get((entry, name, size)) for size in sizes]
            cells = " | ".join("" if rate is None else f"{rate.share:.2f}" for rate in found)
            lines.append(f"| {kind} | `{entry.relation}` | `{name}` | {cells} |")
    return lines


def expected_coverage(participants: int, large: int) -> float:
    """Give the share of right intervals that hold what a large cohort has in the truth's place.

    That has an error of its own, so that it lies outside of a perfect interval more often.
    """
    return float(2 * stats.norm.cdf(stats.norm.ppf(0.975) / np.sqrt(1 + participants / large)) - 1)


def left_table(models: Sequence[Model]) -> list[str]:
    """List what is not calibrated, with the reason, a row for each relation and reason."""
    columns: dict[tuple[str, str], list[str]] = defaultdict(list)
    for relation, column, reason in not_calibrated(models):
        columns[relation, reason].append(f"`{column}`")
    lines = ["| relation | columns | why not |", "| --- | --- | --- |"]
    return lines + [
        f"| `{relation}` | {', '.join(names)} | {reason} |"
        for (relation, reason), names in columns.items()
    ]


def _rows(of: dict[Place, Rate], kind: type[Entry]) -> list[tuple[Entry, str]]:
    return list(dict.fromkeys((place[0], place[1]) for place in of if isinstance(place[0], kind)))


def _heads(sizes: Sequence[int]) -> str:
    return " | ".join(f"n = {size}" for size in sizes)


def _cells(of: dict[Place, Rate], entry: Entry, name: str, sizes: Sequence[int]) -> str:
    return " | ".join(_cell(of.get((entry, name, size))) for size in sizes)


def _cell(rate: Rate | None) -> str:
    if rate is None:
        return ""
    error = "" if np.isnan(rate.error) else f" ± {100 * rate.error:.1f}"
    return f"{100 * rate.share:.1f}{error} %"


def _counted(entry: PValues) -> str:
    if entry.family is None:
        return "each test"
    return f"any, per {' and '.join(entry.family)}" if entry.family else "any of all"
