"""How far a group of points has moved at each time: a panel for each mask."""

from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.drawing import AnyChart, Drawing, Frames, axis_title, named
from lakehouse.charts.dynamics.masks import Mask, is_of, shown_masks
from lakehouse.charts.literals import literal
from lakehouse.charts.movement.key import Entry, keyed

COURSES: Final = "time_courses"
MARKS: Final = "time_course_marks"
PEOPLE: Final = "time_course_people"
RISE: Final = "rise_50_s"
"""The mark of half of the rise; the other is that of the apex."""

_COLUMNS: Final = {False: 4, True: 2}
"""Panels beside each other on a screen, and on a telephone."""
_GAP: Final = 18
_OVERHANG: Final = 26
_END: Final = 16
"""Pixels by which the last number may stand out."""
"""Pixels of an axis's numbers."""
_HEIGHT: Final = {False: 150, True: 110}
_SHAPES: Final = {RISE: "triangle-up", "apex_s": "diamond"}
_POINTED: Final = "pointed"
_NEAR: Final[dict[str, Any]] = {"strokeWidth": 7, "opacity": 0.005, "clip": True, "aria": False}
"""A line within which another is pointed at; what is not there at all would not be found."""


def time_courses(frames: Frames, drawing: Drawing) -> AnyChart:
    """Draw the mean course of each mask with its interval, and single people's behind it.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        `time_courses`, `time_course_marks` and `time_course_people`, of which the last may be
        empty.
    """
    words = drawing.words
    masks = shown_masks(frames[COURSES], drawing)
    columns = min(_COLUMNS[drawing.narrow], len(masks))
    width = (drawing.width - columns * (_GAP + _OVERHANG) - _END) // columns
    panels = [
        _Panel(frames, drawing, mask, place, titled=place >= len(masks) - columns)
        .layers()
        .properties(
            width=width,
            height=_HEIGHT[drawing.narrow],
            title=alt.Title(masks[mask], limit=width),
        )
        for place, mask in enumerate(masks)
    ]
    body = alt.concat(*panels, columns=columns, spacing=_GAP).properties(
        title=axis_title(words("axis.level"))
    )
    entries = _entries(frames, drawing)
    choices: list[Any] = [drawing.param("moving_part").param]
    if len(frames[PEOPLE]):
        choices.append(_pointed(len(masks)))
    chart = keyed(body, entries, drawing, drawing.width - _OVERHANG - _END, ())
    chart.params = choices
    return chart


def _pointed(panels: int) -> alt.TopLevelSelectionParameter:
    """Choose the person at whose line a reader points, in all panels at once."""
    select = alt.PointSelectionConfig(
        type="point", on="pointerover", clear="pointerout", fields=["person"]
    )
    # Altair would make one of each panel's, and complain that they are the same.
    views = [_lines(place) for place in range(panels)]
    return alt.TopLevelSelectionParameter(name=_POINTED, select=select, views=views)


def _lines(place: int) -> str:
    """Name the lines of a panel that are pointed at."""
    return f"people_{place}"


def _entries(frames: Frames, drawing: Drawing) -> list[Entry]:
    """Explain the marks that there are."""
    words = drawing.words
    entries = []
    if frames[COURSES]["low"].count():
        entries.append(
            Entry(words("key.mean_interval"), alt.MarkDef(type="square", size=140, **_BAND))
        )
    entries += [
        Entry(words(f"key.{mark}"), alt.MarkDef(type="point", shape=shape, filled=True, size=60))
        for mark, shape in _SHAPES.items()
    ]
    if len(frames[PEOPLE]):
        entries.append(Entry(words("key.people"), _LINE))
    return entries


_BAND: Final[dict[str, Any]] = {"opacity": 0.25}
_LINE: Final = alt.MarkDef(type="point", shape="stroke", filled=False, size=140, opacity=0.5)


class _Panel:
    """The panel of a mask, for the chosen group of points."""

    def __init__(
        self, frames: Frames, drawing: Drawing, mask: Mask, place: int, *, titled: bool
    ) -> None:
        self._frames = frames
        self._drawing = drawing
        self._place = place
        self._titled = titled
        self._mine = f"{is_of(mask)} && {drawing.is_chosen('moving_part')}"
        self._ends = _ends(frames)

    def layers(self) -> Any:
        """Put what there is on each other."""
        people = self._people() if len(self._frames[PEOPLE]) else []
        onset = alt.Chart(alt.sequence(0, 1)).mark_rule(style="guide").encode(x=alt.datum(0))
        return alt.layer(onset, *people, *self._means(), *self._marks())

    def _rows(self, table: str) -> Any:
        return alt.Chart(named(table)).transform_filter(self._mine)

    def _x(self) -> alt.X:
        times = self._frames[COURSES]["time_s"]
        scale = alt.Scale(domain=[times.min(), times.max()], nice=False)  # type: ignore[list-item]
        title = self._drawing.words("axis.after_onset") if self._titled else None
        return alt.X("time_s:Q", scale=scale, axis=alt.Axis(title=title, tickCount=4))

    def _y(self, field: str) -> alt.Y:
        low, high = (
            alt.ExprRef(
                f"{literal({part: end[at] for part, end in self._ends.items()})}[moving_part]"
            )
            for at in (0, 1)
        )
        scale = alt.Scale(domain=[low, high], nice=True)
        axis = alt.Axis(title=None, tickCount=4)
        return alt.Y(field, type="quantitative", scale=scale, axis=axis)

    @property
    def _color(self) -> alt.Color:
        scale = alt.Scale(domain=self._drawing.expressions(), range="category")
        return alt.Color("expression:N", scale=scale, legend=None)

    def _people(self) -> list[Any]:
        pointed = alt.selection_point(name=_POINTED, fields=["person"], empty=False)
        words = self._drawing.words
        tooltip = [
            *(
                [alt.Tooltip("participant:N", title=words("column.participant"))]
                if "participant" in self._frames[PEOPLE].columns
                else []
            ),
            alt.Tooltip("time_s:Q", title=words("column.time_s"), format=".2f"),
            alt.Tooltip("level:Q", title=words("column.level"), format=".1f"),
        ]
        place = {"x": self._x(), "y": self._y("level"), "detail": alt.Detail("person:N")}
        lines = self._rows(PEOPLE).mark_line(style="pale", clip=True, aria=False)
        return [
            lines.encode(
                **place,
                color=self._color,
                # Of a line, that is its width; a condition of strokeWidth the look would override.
                size=alt.when(pointed).then(alt.value(2.5)).otherwise(alt.value(0.7)),
                opacity=alt.when(pointed).then(alt.value(1)).otherwise(alt.value(0.3)),
            ),
            self._rows(PEOPLE)
            .properties(name=_lines(self._place))
            .mark_line(**_NEAR)
            .encode(**place, tooltip=tooltip),
        ]

    def _means(self) -> list[Any]:
        words = self._drawing.words
        tooltip = [
            alt.Tooltip("time_s:Q", title=words("column.time_s"), format=".2f"),
            alt.Tooltip("mean_level:Q", title=words("column.mean_level"), format=".1f"),
            alt.Tooltip("low:Q", title=words("column.low"), format=".1f"),
            alt.Tooltip("high:Q", title=words("column.high"), format=".1f"),
            alt.Tooltip("participants:Q", title=words("column.participants")),
        ]
        band = (
            self._rows(COURSES)
            .mark_area(clip=True, **_BAND)
            .encode(x=self._x(), y=self._y("low"), y2="high:Q", color=self._color)
        )
        line = (
            self._rows(COURSES)
            .mark_line(strokeWidth=2, clip=True)
            .encode(x=self._x(), y=self._y("mean_level"), color=self._color)
        )
        near = (
            self._rows(COURSES)
            .mark_line(**_NEAR)
            .encode(x=self._x(), y=self._y("mean_level"), tooltip=tooltip)
        )
        return [band, line, near]

    def _marks(self) -> list[Any]:
        words = self._drawing.words
        tooltip = [
            alt.Tooltip("time_s:Q", title=words("column.time_s"), format=".2f"),
            alt.Tooltip("participants:Q", title=words("column.participants")),
        ]
        return [
            self._rows(MARKS)
            .transform_filter(f"datum.event_mark === {literal(mark)}")
            .mark_point(shape=shape, filled=True, size=60, fill=alt.expr("ink"), opacity=1)
            .encode(x=self._x(), y=self._y("mean_level"), tooltip=tooltip)
            for mark, shape in _SHAPES.items()
        ]


def _ends(frames: Frames) -> dict[str, tuple[float, float]]:
    """Give the least and the greatest of each group that is to be seen.

    Of single people's lines the outermost of a hundred may leave the panel.
    """
    courses, people = frames[COURSES], frames[PEOPLE]
    seen = courses.select(
        "moving_part",
        low=pl.min_horizontal("low", "mean_level"),
        high=pl.max_horizontal("high", "mean_level"),
    )
    ends = {
        part: [min(low, 0.0), high]
        for part, low, high in seen.group_by("moving_part", maintain_order=True)
        .agg(pl.col("low").min(), pl.col("high").max())
        .iter_rows()
    }
    if len(people):
        outer = people.group_by("moving_part", maintain_order=True).agg(
            low=pl.col("level").quantile(0.01), high=pl.col("level").quantile(0.99)
        )
        for part, low, high in outer.iter_rows():
            if part in ends:
                ends[part] = [min(ends[part][0], low), max(ends[part][1], high)]
    return {
        part: (round(low, 1), round(max(high, low + 1), 1)) for part, (low, high) in ends.items()
    }
