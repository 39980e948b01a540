"""What was found and what of it is used: steps, ways of finding faces, reasons, balance."""

from collections.abc import Mapping
from typing import Any, Final

import altair as alt

from lakehouse.charts.drawing import AnyChart, Drawing, Frames, label_expr, named
from lakehouse.charts.literals import literal
from lakehouse.charts.words import Words

_STEP: Final = 26
"""Pixels of a line."""
_ROOM: Final = 12
"""Pixels around a plot and its labels."""
_NUMBER: Final = "number"
"""Category of a variable that is a number."""


def flow(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how many people and photographs are left after each step.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `quality_flow` (kind, step, stage, number).
    """
    kinds = frames["quality_flow"]["kind"].unique(maintain_order=True).to_list()
    labels = 150 if drawing.narrow else 190
    width = drawing.width // (1 if drawing.narrow else 2) - labels - 2 * _ROOM
    panels = [_steps(kind, drawing, width, labels) for kind in kinds]
    return alt.vconcat(*panels) if drawing.narrow else alt.hconcat(*panels)


def _steps(kind: str, drawing: Drawing, width: int, labels: int) -> AnyChart:
    words = drawing.words
    bars_width = width - 90
    base = (
        alt.Chart(named("quality_flow"))
        .transform_filter(f"datum.kind === {literal(kind)}")
        .transform_window(
            before="lag(number)", first="first_value(number)", sort=[alt.SortField("step")]
        )
        .transform_calculate(
            label="format(datum.number, ',') + (datum.step > 1 && datum.first > 0 ? "
            "' (' + format(100 * datum.number / datum.first, '.1f') + ' %)' : '')"
        )
        .encode(
            y=alt.Y(
                "stage:N",
                sort=alt.EncodingSortField("step", op="min", order="ascending"),
                title=None,
                axis=alt.Axis(
                    labelExpr=label_expr(words.values("stage")),
                    labelLimit=labels - 8,
                    minExtent=labels,
                    ticks=False,
                    domain=False,
                ),
            )
        )
    )
    scale = alt.Scale(range=[0, bars_width], zero=True, nice=False)
    tooltip = [alt.Tooltip("number:Q", title=words.values("kind")[kind], format=",")]
    bars = [
        base.mark_bar(style=style).encode(x=alt.X(f"{field}:Q", scale=scale, axis=None))
        for style, field in (("pale", "before"), ("cue", "number"))
    ]
    numbers = base.mark_text(align="right").encode(x=alt.value(width), text="label:N")
    return alt.layer(bars[0], bars[1].encode(tooltip=tooltip), numbers).properties(
        width=width,
        height=alt.Step(_STEP),
        title=_title(words.values("kind")[kind]),
    )


def detection(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw in how many photographs a face was found in each way, or was not, and why.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `detection` (found, outcome, photographs, share).
    """
    words = drawing.words
    table = frames["detection"]
    most: Any = table["photographs"].max()
    groups = table["found"].unique(maintain_order=True).to_list()
    labels = 140 if drawing.narrow else 220
    width = min(drawing.width, 720) - labels - 110 - _ROOM
    scale = alt.Scale(type="log", domain=[0.7, 1.5 * most], nice=False)
    panels = []
    for found in groups:
        last = found == groups[-1]
        title = words("axis.photographs_log") if last else None
        base = (
            alt.Chart(named("detection"))
            .transform_filter(f"datum.found === {literal(found)}")
            .encode(y=_lines("outcome", labels, drawing, sort="-photographs"))
        )
        axis = alt.Axis(values=_powers(most, 2 if drawing.narrow else 1), format=",~d", labels=last)
        dots = base.mark_point(style="cue", filled=True, size=60).encode(
            x=alt.X("photographs:Q", scale=scale, axis=axis, title=title),
            tooltip=[
                alt.Tooltip("photographs:Q", title=words("column.photographs"), format=","),
                alt.Tooltip("people:Q", title=words("column.people"), format=","),
            ],
        )
        numbers = (
            base.transform_calculate(
                label="format(datum.photographs, ',') + ' (' + (datum.share < 0.001 ? "
                "'< ' + format(0.1, '.1f') : format(100 * datum.share, '.1f')) + ' %)'"
            )
            .mark_text(align="right")
            .encode(x=alt.value(width + 110), text="label:N")
        )
        panels.append(
            alt.layer(dots, numbers).properties(
                width=width,
                height=alt.Step(_STEP),
                title=_title(
                    words("figures.detection.found" if found else "figures.detection.not_found")
                ),
            )
        )
    return alt.vconcat(*panels)


def exclusions(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw for which reasons people are left out, of all, of masks or of correlations.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `exclusions` (scope, reason, people, photographs).
    """
    words = drawing.words
    table = frames["exclusions"]
    most: Any = table["people"].max()
    labels = 140 if drawing.narrow else 220
    written = {"people": 60, "photographs": 80}
    width = min(drawing.width, 720) - labels - sum(written.values()) - _ROOM
    scale = alt.Scale(domain=[0, most], nice=False)
    panels = []
    for scope in table["scope"].unique(maintain_order=True).to_list():
        shown = table.filter(table["scope"] == scope)
        columns = [
            (name, at)
            for name, at in _columns(width, written)
            if shown[name].null_count() < len(shown)
        ]
        lines = (
            alt.Chart(named("exclusions"))
            .transform_filter(f"datum.scope === {literal(scope)}")
            .encode(y=_lines("reason", labels, drawing, sort="-people"))
        )
        bars = lines.mark_bar(style="cue").encode(
            x=alt.X("people:Q", scale=scale, axis=None),
            tooltip=[
                alt.Tooltip(f"{name}:Q", title=words(f"column.{name}"), format=",")
                for name in written
            ],
        )
        numbers = [
            lines.transform_filter(f"isValid(datum.{name})")
            .mark_text(align="right")
            .encode(x=alt.value(at), text=alt.Text(f"{name}:Q", format=","))
            for name, at in columns
        ]
        panels.append(
            alt.layer(bars, *numbers, *_headings("exclusions", columns, words)).properties(
                width=width,
                height=alt.Step(_STEP),
                title=_title(words.values("scope").get(scope, scope)),
            )
        )
    return alt.vconcat(*panels)


def _columns(width: int, sizes: Mapping[str, int]) -> list[tuple[str, int]]:
    """Give the right edges of columns of numbers beside a plot."""
    return [
        (name, width + sum(list(sizes.values())[: place + 1])) for place, name in enumerate(sizes)
    ]


def _headings(table: str, columns: list[tuple[str, int]], words: Words) -> list[alt.Chart]:
    """Write what columns of numbers beside a plot are, above them."""
    return [
        alt.Chart(named(table))
        .transform_aggregate(rows="count()")
        .mark_text(style="note", align="right", baseline="bottom", dy=-4)
        .encode(x=alt.value(at), y=alt.value(0), text=alt.value(words(f"figures.{table}.{name}")))
        for name, at in columns
    ]


def balance(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw how far those left out differ from those included, about zero, with numbers and p.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `balance` (kind, name, category, included_n, excluded_n, difference, p).
    """
    words = drawing.words
    table = frames["balance"]
    largest: Any = table["difference"].abs().max()
    bound = max(1.15 * largest, 0.25)
    rows = table.select("kind", "name", "category").rows()
    labels = {".".join(row): _variable(row, words, drawing.narrow) for row in rows}
    left = 120 if drawing.narrow else 300
    written = {"included_n": 44, "excluded_n": 44, "p": 50}
    width = min(drawing.width, 960) - left - sum(written.values()) - 2 * _ROOM
    base = (
        alt.Chart(named("balance"))
        .transform_calculate(
            variable="datum.kind + '.' + datum.name + '.' + datum.category",
            p_written="!isValid(datum.p) ? '–' : datum.p < 0.001 ? '< ' + format(0.001, '.3f') : "
            "format(datum.p, datum.p < 0.1 ? '.3f' : '.2f')",
            zero="0",
        )
        .encode(
            y=alt.Y(
                "variable:N",
                sort=list(labels),
                title=None,
                axis=alt.Axis(
                    labelExpr=label_expr(labels), labelLimit=left, ticks=False, domain=False
                ),
            )
        )
    )
    scale = alt.Scale(domain=[-bound, bound], nice=False)
    guides = [
        alt.Chart(named("balance"))
        .transform_aggregate(rows="count()")
        .transform_calculate(at=str(at))
        .mark_rule(style="guide", strokeDash=dash)
        .encode(x=alt.X("at:Q", scale=scale))
        for at, dash in ((0, [1, 0]), (-0.1, [2, 3]), (0.1, [2, 3]))
    ]
    stems = base.mark_rule().encode(x=alt.X("zero:Q", scale=scale), x2="difference:Q")
    dots = base.mark_point(style="cue", filled=True, size=60).encode(
        x=alt.X(
            "difference:Q",
            scale=scale,
            title=words("axis.standardised_difference"),
            axis=alt.Axis(tickCount=5),
        ),
        tooltip=[
            alt.Tooltip("difference:Q", title=words("column.difference"), format=".2f"),
            alt.Tooltip("p_written:N", title="p"),
            alt.Tooltip("included_n:Q", title=words("column.included_n"), format=","),
            alt.Tooltip("excluded_n:Q", title=words("column.excluded_n"), format=","),
        ],
    )
    columns = _columns(width, written)
    numbers = [
        base.mark_text(align="right").encode(
            x=alt.value(at),
            text="p_written:N" if name == "p" else alt.Text(f"{name}:Q", format=","),
        )
        for name, at in columns
    ]
    headings = _headings("balance", columns, words)
    return alt.layer(*guides, stems, dots, *numbers, *headings).properties(
        width=width, height=alt.Step(22)
    )


def _variable(row: tuple[str, str, str], words: Words, narrow: bool) -> str:
    """Name what was compared; on a telephone a questionnaire by its code."""
    kind, name, category = row
    if kind == "instrument":
        return name if narrow else words.instrument(name)
    name = words.values("angle").get(name, name)
    return name if category == _NUMBER else f"{name}: {category}"


def _title(text: str) -> alt.TitleParams:
    """Head a panel, from the left edge of its labels."""
    return alt.TitleParams(text, anchor="start", frame="bounds")


def _lines(column: str, limit: int, drawing: Drawing, sort: str) -> alt.Y:
    """Give a line to each code of a column, the most frequent first."""
    field = sort.removeprefix("-")
    return alt.Y(
        f"{column}:N",
        sort=alt.EncodingSortField(field, op="max", order="descending"),
        title=None,
        axis=alt.Axis(
            labelExpr=label_expr(drawing.words.values(column)),
            labelLimit=limit - 8,
            minExtent=limit,
            ticks=False,
            domain=False,
        ),
    )


def _powers(most: int, every: int) -> list[int]:
    """Give the powers of ten up to a number, or every other of them."""
    return [10**exponent for exponent in range(0, len(str(most)), every)]
