"""What a reader of the page may choose, and what is chosen when it opens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from lakehouse.charts.drawing import Choice
from lakehouse.charts.expressions.smile import SIDES
from lakehouse.charts.words import Words
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.tables import Tables


@dataclass(frozen=True)
class Control:
    """A choice, which every figure that has it shares.

    Parameters
    ----------
    name : str
        Of the charts' parameter, and of the column whose value a click on a mark chooses.
    options : callable
        The values, in the order of the list.
    label : callable
        What a value is called.
    start : callable
        The value that is chosen when the page opens, of those there are.
    """

    name: str
    options: Callable[[Tables], list[Choice]]
    label: Callable[[Words, Choice], str]
    start: Callable[[Tables, list[Choice]], Choice] = lambda _, options: options[0]


def _start_expression(_: Tables, options: list[Choice]) -> Choice:
    return "happiness" if "happiness" in options else options[0]


def _start_point(tables: Tables, _: list[Choice]) -> Choice:
    """Start with the point that moves farthest of those that do so in most masks."""
    common = tables.table("points_common").sort(
        ["masks_above", "mean_distance", "point"], descending=[True, True, False], nulls_last=True
    )
    return int(common["point"][0])


def _correlated(column: str) -> Callable[[Tables], list[Choice]]:
    """Give what is correlated, as far as there are scores."""

    def options(tables: Tables) -> list[Choice]:
        if not Need.SCORES.is_met(tables.facts):
            return []
        return tables.table("correlations")[column].unique().sort().to_list()

    return options


def _moving_parts(tables: Tables) -> list[Choice]:
    """Give the groups of points whose courses there are."""
    if not Need.TRIALS.is_met(tables.facts):
        return []
    return tables.table("time_courses")["moving_part"].unique(maintain_order=True).to_list()


def _start_moving(tables: Tables, options: list[Choice]) -> Choice:
    """Start with the region that moves farthest, of which there are single people's courses."""
    courses = tables.table("time_courses").filter(pl.col("moving_part").str.starts_with("regions"))
    farthest = courses.sort("mean_level", descending=True, nulls_last=True)
    return str(farthest["moving_part"][0]) if len(farthest) else options[0]


def _curves(tables: Tables) -> list[Choice]:
    """Give the strongest correlation of all ways of analysing, then the hypotheses."""
    return tables.table("specifications")["curve"].unique(maintain_order=True).to_list()


def _strongest(column: str) -> Callable[[Tables, list[Choice]], Choice]:
    """Start with what the strongest evidence is of."""
    return lambda tables, _: tables.table("correlations")[column][0]


CONTROLS: Final[Mapping[str, Control]] = {
    control.name: control
    for control in (
        Control(
            "expression",
            options=lambda tables: list(tables.facts.expressions),
            label=lambda words, value: words.expression(str(value)),
            start=_start_expression,
        ),
        Control(
            "supervised",
            options=lambda tables: list(tables.facts.conditions),
            label=lambda words, value: words.condition(bool(value)),
        ),
        Control(
            "point",
            options=lambda tables: tables.table("points_common")["point"].to_list(),
            label=lambda words, value: words.point(int(value)),
            start=_start_point,
        ),
        Control(
            "feature",
            options=_correlated("feature"),
            label=lambda words, value: words.labels.features.get(str(value), str(value)),
            start=_strongest("feature"),
        ),
        Control(
            "instrument",
            options=_correlated("instrument"),
            label=lambda words, value: words.instrument(str(value)),
            start=_strongest("instrument"),
        ),
        Control(
            "curve",
            options=_curves,
            label=lambda words, value: words.known(f"curve.{value}", str(value)),
        ),
        Control(
            "moving_part",
            options=_moving_parts,
            label=lambda words, value: words.labels.moving_parts.get(str(value), str(value)),
            start=_start_moving,
        ),
        Control(
            "side",
            options=lambda _: list(SIDES),
            label=lambda words, value: words.value("side", str(value)),
        ),
        Control(
            "part",
            options=lambda tables: list(tables.facts.parts),
            label=lambda words, value: words.part(str(value)),
            # Of a group there is more than of the whole face, which comes first.
            start=lambda _, options: options[1 % len(options)],
        ),
    )
}


def starting(tables: Tables, names: tuple[str, ...]) -> dict[str, Choice]:
    """Give the values with which figures begin, of the controls that have any value."""
    chosen = {}
    for name in names:
        control = CONTROLS[name]
        if options := control.options(tables):
            chosen[name] = control.start(tables, options)
    return chosen
