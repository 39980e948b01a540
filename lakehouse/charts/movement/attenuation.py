"""What a correlation can reach at most, as far as error of measurement limits it."""

from typing import Any, Final

import altair as alt

from lakehouse.charts.drawing import AnyChart, Drawing, Frames, label_expr, named
from lakehouse.charts.movement.key import conditions_key, keyed

_QUESTIONNAIRES: Final = (1.0, 0.8, 0.6)
"""Reliabilities of questionnaires for which limits are drawn."""


def attenuation(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw the highest correlation that each feature's reliability lets be observed.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `feature_reliability`.
    """
    words = drawing.words
    width = min(drawing.width - 165, 480)
    shares = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X("share:Q", scale=shares, title=words("axis.reliability"))
    y = alt.Y("limit:Q", scale=shares, title=words("axis.limit"))
    layers: list[Any] = []
    for questionnaire in _QUESTIONNAIRES:
        curve = alt.Chart(alt.sequence(0, 1.0001, 0.02, as_="share")).transform_calculate(
            limit=f"sqrt(datum.share * {questionnaire})"
        )
        layers.append(curve.mark_line(style="guide").encode(x=x, y=y))
        end = alt.Chart(alt.sequence(0, 1)).mark_text(
            style="note", align="left", baseline="middle", dx=8,
            text=words("note.questionnaire", reliability=words.number(questionnaire, 1)),
        )  # fmt: skip
        layers.append(end.encode(x=alt.datum(1), y=alt.datum(questionnaire**0.5)))
    conditions = sorted(set(frames["feature_reliability"]["supervised"]))
    layers += [_limits(drawing, flag, x, y) for flag in conditions]
    chart = alt.layer(*layers).properties(width=width, height=int(width * 0.62))
    return keyed(chart, conditions_key(drawing, conditions), drawing, width, ())


def _limits(drawing: Drawing, flag: bool, x: alt.X, y: alt.Y) -> alt.Chart:
    """Put the features of one condition on the curve of a perfect questionnaire."""
    words = drawing.words
    names = {
        "expression_name": (words.labels.expressions, "datum.expression"),
        "part_name": (words.labels.parts, "datum.part"),
    }
    chart = (
        alt.Chart(named("feature_reliability"))
        .transform_filter(f"datum.supervised === {str(flag).lower()} && datum.reliability > 0")
        .transform_calculate(share="min(datum.reliability, 1)")
        .transform_calculate(limit="sqrt(datum.share)")
        .transform_calculate(**{name: label_expr(*pair) for name, pair in names.items()})
    )
    marks: alt.Chart = chart.mark_point(style="cue" if flag else "hollow").encode(
        x=x,
        y=y,
        color=alt.Color(
            "expression:N",
            scale=alt.Scale(domain=drawing.expressions()),
            legend=alt.Legend(
                title=None,
                orient="bottom",
                columns=4,
                labelExpr=label_expr(words.labels.expressions),
            ),
        ),
        tooltip=[
            alt.Tooltip("expression_name:N", title=words("column.expression")),
            alt.Tooltip("part_name:N", title=words("column.part")),
            alt.Tooltip("reliability:Q", title=words("column.reliability"), format=".2f"),
            alt.Tooltip("limit:Q", title=words("axis.limit"), format=".2f"),
        ],
    )
    return marks
