"""How often expressions are taken for what they are, and how alike people show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import altair as alt

from lakehouse.charts.drawing import AnyChart, Drawing, Frames, label_expr, named
from lakehouse.charts.estimates import (
    CONDITION,
    FLAG,
    Estimate,
    Rows,
    cue_key,
    estimate_layers,
    expression_color,
    room_for,
    rows_of,
    shown_expressions,
)
from lakehouse.charts.words import Words

ALL: Final = "all expressions"
"""As expression_accuracy calls the row of all of them."""

_GAP: Final = 28
_OVERHANG: Final = 36
"""Pixels by which the last numbers of axes stand out."""


@dataclass(frozen=True)
class _Panel:
    """Where a classifier's accuracies are drawn.

    Parameters
    ----------
    width : int
        Pixels, without what stands beside it.
    labelled : bool
        Whether the rows' labels stand beside it.
    """

    classifier: str
    width: int
    labelled: bool


def accuracies(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how often each expression is taken for what it is, beside what guessing would score.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `accuracy` (classifier, condition, expression, masks, value, value_low, value_high,
        baseline, chance, majority) and `mistakes` (classifier, condition, expression, mistaken_for,
        mistaken_share).
    """
    words = drawing.words
    names = {
        code: words.expression(code) for code in shown_expressions(frames, "accuracy", drawing)
    }
    rows = rows_of("expression", {ALL: words("axis.all_expressions")} | names, drawing)
    classifiers = sorted(frames["accuracy"]["classifier"].unique())
    columns = 1 if drawing.narrow else max(1, len(classifiers))
    beside = 60 + room_for(names.values(), 90)
    free = drawing.width - rows.room - (columns - 1) * _GAP - 12
    width = min(560, free // columns - beside)
    panels = [
        _accuracy_panel(_Panel(classifier, width, place % columns == 0), rows, names, drawing)
        for place, classifier in enumerate(classifiers)
    ]
    body = alt.concat(*panels, columns=columns, spacing=_GAP)
    return alt.vconcat(cue_key("accuracy", CONDITION, drawing), body, spacing=10)


def _accuracy_panel(panel: _Panel, rows: Rows, names: Mapping[str, str], drawing: Drawing) -> Any:
    words = drawing.words
    estimate = Estimate("value", "value_low", "value_high", words("axis.accuracy"), ".0%")
    its = f"datum.classifier === '{panel.classifier}'"
    its_rows = alt.Chart(named("accuracy")).transform_filter(its)
    chart = its_rows.encode(y=rows.y(panel.labelled))
    is_all = f"datum.expression === '{ALL}'"
    every = chart.transform_filter(is_all)
    tooltip = [
        *estimate.tooltip(drawing),
        alt.Tooltip("baseline:Q", title=words("column.baseline"), format=".1%"),
        alt.Tooltip("masks:Q", title=words("axis.masks"), format=","),
    ]
    return alt.layer(
        *_guesses(its_rows, estimate, words),
        chart.transform_filter(f"!({is_all})")
        .mark_tick(style="guide", orient="vertical", size=10, thickness=2)
        .encode(yOffset=CONDITION.offset, x=estimate.x("baseline")),
        *estimate_layers(
            chart.transform_filter(f"!({is_all})"),
            estimate,
            CONDITION,
            expression_color(drawing),
            tooltip,
        ),
        *estimate_layers(every, estimate, CONDITION, None, tooltip),
        _mistakes(panel, its, names).encode(y=rows.y(panel.labelled), yOffset=CONDITION.offset),
    ).properties(
        width=panel.width,
        height=rows.height,
        title=alt.Title(
            words.value("classifier", panel.classifier), limit=panel.width + 60, offset=20
        ),
    )


def _guesses(rows: alt.Chart, estimate: Estimate, words: Words) -> list[Any]:
    """Draw what guesses that do not look would score: chance, and always the commonest."""
    # The commonest has at least the share of chance, so one name has its place on either side.
    each: tuple[tuple[str, Any, int], ...] = (("chance", "right", -4), ("majority", "left", 4))
    summed = rows.transform_aggregate(chance="max(chance)", majority="max(majority)")
    rules = [
        summed.mark_rule(style="guide", strokeDash=[3, 3]).encode(x=estimate.x(name))
        for name, _, _ in each
    ]
    names = [
        summed.mark_text(
            style="note", align=align, dx=dx, baseline="bottom", text=words(f"axis.{name}")
        ).encode(x=estimate.x(name), y=alt.value(-4))
        for name, align, dx in each
    ]
    return [*rules, *names]


def _mistakes(panel: _Panel, its: str, names: Mapping[str, str]) -> Any:
    """Write beside each row what it is most often mistaken for."""
    name = label_expr(names, "datum.mistaken_for")
    return (
        alt.Chart(named("mistakes"))
        .transform_filter(f"{its} && datum.mistaken_share >= 0.005")
        .transform_calculate(
            written=f"'\N{RIGHTWARDS ARROW} ' + {name} + ' ' + format(datum.mistaken_share, '.0%')"
        )
        .mark_text(style="note", align="left", baseline="middle", limit=150)
        .encode(x=alt.value(panel.width + 8), text="written:N")
    )


def regularities(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how alike participants are in showing each mask, in three ways.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `regularity` (expression, supervised, resultant_ratio, mean_cosine, dispersion, the ends of
        their intervals, chance_ratio).
    """
    words = drawing.words
    names = {
        code: words.expression(code) for code in shown_expressions(frames, "regularity", drawing)
    }
    rows = rows_of("expression", names, drawing)
    columns = 1 if drawing.narrow else 3
    width = min(400, (drawing.width - rows.room - (columns - 1) * _GAP - _OVERHANG) // columns)
    estimates = (
        Estimate("resultant_ratio", "ratio_low", "ratio_high", words("axis.ratio"), ".1f"),
        Estimate("mean_cosine", "cosine_low", "cosine_high", words("axis.cosine"), ".1f").over(
            frames["regularity"]
        ),
        Estimate(
            "dispersion", "dispersion_low", "dispersion_high", words("axis.dispersion"), ".0f"
        ).over(frames["regularity"]),
    )
    panels = []
    for place, estimate in enumerate(estimates):
        chart = alt.Chart().encode(y=rows.y(labelled=place % columns == 0))
        layers = estimate_layers(
            chart, estimate, FLAG, expression_color(drawing), estimate.tooltip(drawing)
        )
        if place == 0:
            chance = chart.mark_tick(style="guide", orient="vertical", size=10, thickness=2)
            layers.insert(0, chance.encode(x=estimate.x("chance_ratio"), yOffset=FLAG.offset))
        panels.append(
            alt.layer(*layers, data=named("regularity")).properties(width=width, height=rows.height)
        )
    body = alt.concat(*panels, columns=columns, spacing=_GAP)
    return alt.vconcat(cue_key("regularity", FLAG, drawing), body, spacing=10)
