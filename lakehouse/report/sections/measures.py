"""Measures of one's own: what each is, and how it changes from the neutral face."""

import math
from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from lakehouse.charts.drawing import Frames
from lakehouse.charts.measures import drawn_measures, measure_changes
from lakehouse.charts.sentences import shortened
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Listing, Section
from lakehouse.report.tables.facts import Need

_RATIO: Final = "1"
"""The unit of a number that has none."""
_LONGEST: Final = 60
"""Letters of a label in a caption: people write whatever they like."""


def _change_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    measures = frames["measures"]
    drawn = len(drawn_measures(frames))
    defined = measures["measure"].n_unique()
    said = words(
        "figures.measures.left_out", drawn=words.count(drawn), defined=words.count(defined)
    )
    return {
        "n": words.count(measures["participants"].max()),  # type: ignore[arg-type]
        "measures": words.count(drawn),
        "defined": words.count(defined),
        "left_out": f" {said}" if drawn < defined else "",
        "greatest": _greatest(measures, words),
    }


def _greatest(measures: pl.DataFrame, words: Words) -> str:
    """Say in which mask each of the first measures changes most."""
    said = []
    for measure in measures["measure"].unique(maintain_order=True).head(9):
        its = measures.filter(pl.col("measure") == measure)
        row = its.sort(pl.col("mean_change").abs(), descending=True).row(0, named=True)
        said.append(_one(row, words))
    return "; ".join(said)


def _one(row: Mapping[str, Any], words: Words) -> str:
    unit = "" if row["unit"] == _RATIO else f" {words.value('unit', row['unit'])}"
    return words(
        "figures.measures.one",
        measure=shortened(words.measure(row["measure"]), _LONGEST),
        change=_three_figures(row["mean_change"], words) + unit,
        mask=words.mask(row["expression"], row["supervised"]),
    )


def _three_figures(value: float, words: Words) -> str:
    """Write a number whose size is not known beforehand."""
    digits = 2 - math.floor(math.log10(abs(value))) if value else 2
    return words.number(value, min(max(digits, 0), 8))


def _definition_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    return {"measures": words.count(len(frames["measure_definitions"]))}


MEASURES = Section(
    "measures",
    (
        Listing(
            "measure_definitions",
            table="measure_definitions",
            columns=("measure", "measure_name", "measure_kind", "unit", "points", "muscle", "side"),
            numbers=_definition_numbers,
            needs=(Need.MEASURES,),
        ),
        Figure(
            "measures",
            tables=("measures",),
            draw=measure_changes,
            numbers=_change_numbers,
            unit="measures",
            needs=(Need.PARTICIPANTS, Need.MEASURES, Need.EXPRESSIONS),
        ),
    ),
)
