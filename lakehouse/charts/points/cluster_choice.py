"""What speaks for which number of groups, a small panel for each criterion."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import altair as alt
import numpy as np
import polars as pl

from lakehouse.charts.drawing import AnyChart, Drawing, Frames, named
from lakehouse.charts.words import Words

_TABLE: Final = "cluster_choice"


@dataclass(frozen=True)
class Criterion:
    """A way to judge numbers of groups.

    Parameters
    ----------
    name : str
        Its texts are ``choice.<name>.title`` and ``.takes``.
    field : str
        Column.
    takes : callable
        The numbers of groups that it takes, from the table's rows where the column has values;
        none where it does not tell them apart.
    low, high : str, optional
        Ends of an interval, Vega expressions.
    scale, value : str
        How numbers are written on the scale and of a dot, as d3-format has it.
    """

    name: str
    field: str
    takes: Callable[[pl.DataFrame], list[int]]
    low: str | None = None
    high: str | None = None
    scale: str = ".2~f"
    value: str = ".3f"


def bend(frame: pl.DataFrame) -> list[int]:
    """Find where inertia bends most: farthest below the line from its first to its last value."""
    if len(frame) < 3:
        return []
    k = frame["k"].to_numpy().astype(np.float64)
    inertia = frame["best_inertia"].to_numpy().astype(np.float64)
    across = (k - k[0]) / (k[-1] - k[0])
    line = inertia[0] + across * (inertia[-1] - inertia[0])
    return [int(k[np.argmax(line - inertia)])]


def _largest(field: str) -> Callable[[pl.DataFrame], list[int]]:
    def takes(frame: pl.DataFrame) -> list[int]:
        # What a sum's order changes is no difference.
        near = frame.filter(pl.col(field) >= pl.col(field).max() - 1e-9)
        return near["k"].to_list() if len(near) < len(frame) or len(frame) == 1 else []

    return takes


def _gap_rule(frame: pl.DataFrame) -> list[int]:
    return frame.filter(pl.col("gap_chosen"))["k"].to_list()


CRITERIA: Final = (
    Criterion("silhouette", "silhouette", _largest("silhouette")),
    Criterion("gap", "gap", _gap_rule, "datum.gap - datum.gap_se", "datum.gap + datum.gap_se"),
    Criterion("inertia", "best_inertia", bend, scale=",.0f", value=",.0f"),
    Criterion(
        "stability",
        "stability",
        _largest("stability"),
        "datum.stability_low",
        "datum.stability_high",
    ),
    Criterion(
        "seeds",
        "seed_agreement",
        _largest("seed_agreement"),
        "datum.seed_agreement_low",
        "datum.seed_agreement",
    ),
    Criterion("starts", "starts_at_best", _largest("starts_at_best"), scale="%", value=".2%"),
)


def judged(frame: pl.DataFrame) -> list[tuple[Criterion, list[int]]]:
    """Give the criteria that have values, each with the numbers of groups that it takes."""
    found = []
    for criterion in CRITERIA:
        known = frame.filter(pl.col(criterion.field).is_not_null()).sort("k")
        if not known.is_empty():
            found.append((criterion, criterion.takes(known)))
    return found


def takes_text(criterion: Criterion, takes: list[int], words: Words) -> str:
    """Say which numbers of groups a criterion takes."""
    if not takes:
        return words(f"choice.{criterion.name}.takes_none")
    numbers = words.listed([words.count(k) for k in takes])
    return words(f"choice.{criterion.name}.takes", k=numbers)


def choice_panels(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw every criterion over the number of groups.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `cluster_choice`.

    Returns
    -------
    altair.ConcatChart
    """
    table = frames[_TABLE]
    panels = [
        _panel(criterion, takes, table["k"].to_list(), drawing)
        for criterion, takes in judged(table)
    ]
    return alt.concat(*panels, columns=1 if drawing.narrow else 3, spacing=34)


def _panel(criterion: Criterion, takes: list[int], ks: list[int], drawing: Drawing) -> AnyChart:
    words = drawing.words
    rows = alt.Chart(named(_TABLE)).transform_filter(f"isValid(datum.{criterion.field})")
    x = alt.X(
        "k:Q",
        scale=alt.Scale(domain=[min(ks) - 0.3, max(ks) + 0.3], nice=False),
        # Without a count of its own the look's would thin the values out.
        axis=alt.Axis(
            title=words("axis.groups"),
            values=ks,
            tickCount=len(ks),
            grid=False,
            labelOverlap=False,
        ),
    )
    y = alt.Y(
        f"{criterion.field}:Q",
        scale=alt.Scale(zero=criterion.scale == "%", nice=True),
        axis=alt.Axis(title=None, tickCount=4, format=criterion.scale),
    )
    tooltip = [
        alt.Tooltip("k:Q", title=words("axis.groups")),
        alt.Tooltip(
            f"{criterion.field}:Q",
            title=words(f"choice.{criterion.name}.title"),
            format=criterion.value,
        ),
    ]
    layers: list[alt.Chart] = [
        rows.transform_filter("datum.chosen").mark_rule(style="guide", strokeDash=[4, 3])
    ]
    if criterion.low and criterion.high:
        layers.append(
            rows.transform_calculate(low=criterion.low, high=criterion.high)
            .mark_rule(style="interval")
            .encode(y=alt.Y("low:Q"), y2="high:Q")
        )
    layers += [
        rows.mark_line(strokeWidth=1).encode(y=y),
        rows.mark_point(style="cue", size=32).encode(y=y, tooltip=tooltip),
    ]
    if takes:
        taken = rows.transform_filter(alt.FieldOneOfPredicate(field="k", oneOf=takes))
        layers.append(taken.mark_point(style="chosen", size=130).encode(y=y))
    title = alt.TitleParams(
        words(f"choice.{criterion.name}.title"),
        subtitle=takes_text(criterion, takes, words),
    )
    width = drawing.width - 60 if drawing.narrow else 290
    return alt.layer(*layers).encode(x=x).properties(width=width, height=130, title=title)
