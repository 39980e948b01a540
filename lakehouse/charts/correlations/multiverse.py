"""The same analysis in every defensible way: its curve, and the choices beneath."""

from typing import Any, Final

import altair as alt

from lakehouse.charts.drawing import AnyChart, Drawing, Frames, named
from lakehouse.charts.literals import literal

SPECIFICATIONS: Final = "specifications"
CURVE: Final = "specification_curve"
CHOICES: Final = (
    *("exclusions", "alignment", "dimensions", "feature_kind"),
    *("groups", "starts", "covariates"),
)
"""Columns in which specifications differ, or may."""

_ROW: Final = 15


def multiverse(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw every specification's correlation in order, and beneath it what was chosen.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `specifications`, of each curve ordered by `place`.
    """
    words, frame = drawing.words, frames[SPECIFICATIONS]
    names = 110 if drawing.narrow else 170
    width = drawing.width - names - 20
    last = int(frame["place"].max() or 1)  # type: ignore[arg-type]
    x = alt.X(
        "place:Q",
        title=None,
        axis=None,
        scale=alt.Scale(domain=[0, last + 1], nice=False),
    )
    rows = alt.Chart(named(SPECIFICATIONS)).transform_filter(drawing.is_chosen("curve"))
    # Given, because a scale of what no row has would be of infinite extent.
    most = float(frame["r"].abs().max() or 0.1) * 1.05  # type: ignore[arg-type]
    y = alt.Y("r:Q", title=words("axis.spearman"), scale=alt.Scale(domain=[-most, most]))
    tooltip = [
        alt.Tooltip("r:Q", title=words("axis.spearman"), format=".2f"),
        alt.Tooltip("p:Q", title=words("column.p"), format=".2~g"),
        alt.Tooltip("n:Q", title=words("column.n")),
        alt.Tooltip("instrument:N", title=words("column.instrument")),
        alt.Tooltip("feature:N", title=words("column.feature")),
        *(alt.Tooltip(f"{name}:N", title=words(f"way.{name}")) for name in CHOICES),
    ]
    zero = alt.Chart(alt.sequence(0, 1, 1)).mark_rule(style="guide").encode(y=alt.datum(0))
    small = "isValid(datum.p) && datum.p < 0.05"
    curve = alt.layer(
        zero,
        *(
            rows.transform_filter(condition)
            .mark_point(style=["people", style], aria=False)
            .encode(x=x, y=y, tooltip=tooltip)
            for condition, style in ((small, "cue"), (f"!({small})", "hollow"))
        ),
    ).properties(width=width, height=180)
    panels: list[Any] = [curve]
    for name in CHOICES:
        values = frame[name].unique().sort().to_list()
        if len(values) < 2:
            continue
        texts = {str(value): words.known(f"choice_{name}.{value}", str(value)) for value in values}
        axis = alt.Axis(
            labelExpr=f"{literal(texts)}[toString(datum.value)]",
            labelLimit=names - 10,
            titleAngle=0,
            grid=False,
        )
        panels.append(
            rows.mark_tick(orient="vertical", aria=False, thickness=1.5)
            .encode(x=x, y=alt.Y(f"{name}:O", title=None, axis=axis), tooltip=tooltip)
            .properties(
                width=width,
                height=_ROW * len(values),
                title=alt.Title(text=words(f"way.{name}"), anchor="start", frame="group", offset=2),
            )
        )
    chart = alt.vconcat(*panels, spacing=8)
    return chart.add_params(drawing.param("curve"))
