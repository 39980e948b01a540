"""How heads were held and how large faces are: classes to the left without cue, right with."""

from dataclasses import dataclass
from typing import Any, Final

import altair as alt

from lakehouse.charts.drawing import (
    AnyChart,
    Drawing,
    Frames,
    expression_scale,
    label_expr,
    named,
)
from lakehouse.charts.estimates import FLAG, cue_key
from lakehouse.charts.literals import literal

_BAND: Final = 30
"""Pixels of an expression."""
_LEAST_DEGREES: Final = 6
"""An axis of degrees reaches at least this far to either side."""


@dataclass(frozen=True)
class _Sides:
    """Classes of photographs, back to back.

    Parameters
    ----------
    table : str
        Has low and high of each class, supervised, share, photographs and people.
    low, high : float
        Ends of the axis of classes.
    share : float
        The largest share, percent.
    both : bool
        Whether there are both conditions.
    """

    table: str
    low: float
    high: float
    share: float
    both: bool

    def layers(
        self, drawing: Drawing, classes: alt.Axis, shares: alt.Axis, **channels: Any
    ) -> list[alt.Chart]:
        """Draw both sides, of data that the layer or facet has."""
        words = drawing.words
        most = 1.05 * self.share
        across = alt.Scale(domain=[-most if self.both else 0, most], nice=False)
        upwards = alt.Scale(domain=[self.low, self.high], nice=False, zero=False)
        layers = []
        for supervised, style in ((False, "pale"), (True, "cue")):
            sign = "-" if self.both and not supervised else ""
            layers.append(
                alt.Chart()
                .transform_filter(f"datum.supervised === {literal(supervised)}")
                .transform_calculate(side=f"{sign}100 * datum.share", zero="0")
                .mark_bar(style=style, orient="horizontal", binSpacing=0.6)
                .encode(
                    x=alt.X("zero:Q", scale=across, axis=shares),
                    x2="side:Q",
                    y=alt.Y("low:Q", bin="binned", scale=upwards, axis=classes),
                    y2="high:Q",
                    tooltip=[
                        alt.Tooltip("low:Q", title=words("column.low"), format=",~r"),
                        alt.Tooltip("high:Q", title=words("column.high"), format=",~r"),
                        alt.Tooltip("photographs:Q", title=words("column.photographs"), format=","),
                        alt.Tooltip("people:Q", title=words("column.people"), format=","),
                    ],
                    **channels,
                )
            )
        return layers


def _shares(title: str | None, ticks: int = 4) -> alt.Axis:
    return alt.Axis(
        title=title, tickCount=ticks, labelExpr="format(abs(datum.value), '~r')", grid=False
    )


def _limit(field: str, sign: int) -> alt.Chart:
    """Draw a limit of the settings, where there is one."""
    limit: alt.Chart = (
        alt.Chart()
        .transform_aggregate(limit=f"max({field})")
        .transform_filter("isValid(datum.limit)")
        .transform_calculate(at=f"{sign} * datum.limit")
        .mark_rule(style="guide", strokeDash=[4, 3])
        .encode(y="at:Q")
    )
    return limit


def _headed(chart: Any, drawing: Drawing, *, both: bool) -> AnyChart:
    """Say which side is which, where there are two."""
    if not both:
        return chart  # type: ignore[no-any-return]
    sides = drawing.words("figures.pose.sides")
    title = alt.TitleParams(sides, fontWeight="normal", fontSize=12, frame="bounds")
    return chart.properties(title=title)  # type: ignore[no-any-return]


def pose(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw turn, nod and tilt of the head in photographs.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `pose` (angle, supervised, low, high, share, photographs, people, most).
    """
    words = drawing.words
    table = frames["pose"]
    both = table["supervised"].n_unique() > 1
    angles = table["angle"].unique(maintain_order=True).to_list()
    width = drawing.width - 60 if drawing.narrow else (drawing.width - 60) // 3 - 60
    panels = []
    for place, angle in enumerate(angles):
        shown = table.filter(table["angle"] == angle)
        ends = [_LEAST_DEGREES, -shown["low"].min(), shown["high"].max(), shown["most"].max()]  # type: ignore[operator]
        far = max(float(end) for end in ends if end is not None) + 1  # type: ignore[arg-type]
        sides = _Sides("pose", -far, far, 100 * float(shown["share"].max()), both)  # type: ignore[arg-type]
        title = words("axis.share_of_photographs")
        last = not drawing.narrow or place == len(angles) - 1
        layers = sides.layers(
            drawing, alt.Axis(title=words("unit.degrees")), _shares(title if last else None)
        )
        limits = [_limit("most", sign) for sign in (-1, 1)]
        panels.append(
            alt.layer(*layers, *limits, data=named("pose"))
            .transform_filter(f"datum.angle === {literal(angle)}")
            .properties(
                width=width,
                height=190 if drawing.narrow else 240,
                title=alt.TitleParams(words(f"figures.pose.{angle}"), anchor="start", fontSize=12),
            )
        )
    joined = alt.vconcat(*panels) if drawing.narrow else alt.hconcat(*panels)
    return _headed(joined, drawing, both=both)


def face_height(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how high faces are in the photographs of each expression.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `face_height` (expression, supervised, low, high, share, photographs, people, least).
    """
    words = drawing.words
    table = frames["face_height"]
    both = table["supervised"].n_unique() > 1
    order = table["expression"].unique(maintain_order=True).to_list()
    columns = min(len(order), 4 if drawing.narrow else 8)
    width = min((drawing.width - 64) // columns - 12, 260)
    ends = [table["low"].min(), table["high"].max(), table["least"].max()]
    known = [float(end) for end in ends if end is not None]  # type: ignore[arg-type]
    sides = _Sides(
        "face_height",
        min(known),
        max(known),
        100 * float(table["share"].max()),  # type: ignore[arg-type]
        both,
    )
    layers = sides.layers(
        drawing,
        alt.Axis(title=words("axis.face_height")),
        _shares(None, 2 if drawing.narrow else 4),
        color=alt.Color("expression:N", scale=expression_scale(drawing), legend=None),
    )
    header = alt.Header(
        title=words("axis.share_of_photographs"),
        titleOrient="bottom",
        labelExpr=label_expr(words.labels.expressions),
    )
    grid = (
        alt.layer(*layers, _limit("least", 1), data=named("face_height"))
        .properties(width=width, height=190 if drawing.narrow else 240)
        .facet(
            facet=alt.Facet("expression:N", sort=order, header=header),
            columns=columns,
            spacing=12,
        )
    )
    return _headed(grid, drawing, both=both)


def mask_pose(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how people held the head in each mask, a panel for each angle.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `mask_pose` (angle, expression, supervised, people, lower_quartile, median,
        upper_quartile).
    """
    table = frames["mask_pose"]
    shown = set(table["expression"].to_list())
    order = [code for code in drawing.expressions() if code in shown]
    angles = table["angle"].unique(maintain_order=True).to_list()
    names = 80
    columns = 1 if drawing.narrow else len(angles)
    width = (drawing.width - names) // columns - 30
    panels = [
        alt.layer(*_held(angle, drawing, order, named_here=place % columns == 0)).properties(
            width=width,
            height=len(order) * _BAND,
            title=alt.TitleParams(
                drawing.words(f"figures.mask_pose.{angle}"), anchor="start", fontSize=12
            ),
        )
        for place, angle in enumerate(angles)
    ]
    joined = alt.concat(*panels, columns=columns)
    keyed: AnyChart = alt.vconcat(cue_key("mask_pose", FLAG, drawing), joined, spacing=10)
    return keyed


def _held(angle: str, drawing: Drawing, order: list[str], *, named_here: bool) -> list[alt.Chart]:
    """Draw one angle: zero, the middle half of people, and the median of both conditions."""
    words = drawing.words
    axis: Any = None
    if named_here:
        axis = alt.Axis(labelExpr=label_expr(words.labels.expressions), ticks=False, domain=False)
    x: dict[str, Any] = {"title": words("unit.degrees"), "axis": alt.Axis(tickCount=5)}
    data = alt.Chart(named("mask_pose")).transform_filter(f"datum.angle === {literal(angle)}")
    lines = data.encode(
        y=alt.Y("expression:N", sort=order, title=None, axis=axis),
        yOffset=alt.YOffset(
            "supervised:N", scale=alt.Scale(domain=[False, True], paddingOuter=0.6)
        ),
        color=alt.Color("expression:N", scale=expression_scale(drawing), legend=None),
    )
    spread = lines.mark_rule(style="interval").encode(
        x=alt.X("lower_quartile:Q", **x), x2="upper_quartile:Q"
    )
    tooltip = [
        alt.Tooltip(f"{name}:Q", title=words(f"column.{name}"), format=form)
        for name, form in (
            ("median", ".1f"),
            ("lower_quartile", ".1f"),
            ("upper_quartile", ".1f"),
            ("people", ","),
        )
    ]
    zero = (
        data.transform_aggregate(rows="count()")
        .transform_calculate(zero="0")
        .mark_rule(style="guide")
        .encode(x=alt.X("zero:Q", **x))
    )
    medians = [
        lines.transform_filter(f"datum.supervised === {supervised}")
        .mark_point(style=style, filled=style == "cue", size=44)
        .encode(x=alt.X("median:Q", **x), tooltip=tooltip)
        for supervised, style in (("false", "hollow"), ("true", "cue"))
    ]
    return [zero, spread, *medians]
