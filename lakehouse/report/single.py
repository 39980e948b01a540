"""One figure of the report, as a chart for a notebook."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import polars as pl

from lakehouse.charts.drawing import AnyChart, Choice
from lakehouse.charts.fed import standing_alone
from lakehouse.errors import QueryError, UsageError
from lakehouse.report.controls import CONTROLS, starting
from lakehouse.report.engine.draw import use_fonts
from lakehouse.report.figure import chart_of
from lakehouse.report.look.colours import PALETTES, THEMES, Theme
from lakehouse.report.look.vega import config
from lakehouse.report.page.blocks import lacks
from lakehouse.report.page.rows import rows
from lakehouse.report.page.specifications import WIDTHS, expressions_of
from lakehouse.report.sections.order import figures
from lakehouse.report.tables.tables import Tables
from lakehouse.report.texts.read import LANGUAGES, texts


@dataclass(frozen=True)
class FigureRequest:
    """What is drawn.

    Parameters
    ----------
    width : int, optional
        CSS pixels.
    chosen : mapping
        Values of the figure's choices.
    """

    name: str
    language: str = "en"
    theme: str = "light"
    width: int | None = None
    chosen: Mapping[str, Choice] = field(default_factory=dict)


def listed_figures() -> pl.DataFrame:
    """List the report's figures with their titles and what may be chosen."""
    said = texts("en")
    return pl.DataFrame(
        {
            "figure": list(figures()),
            "title": [said[f"figures.{name}.title"] for name in figures()],
            "choices": [", ".join(figure.controls) for figure in figures().values()],
        }
    )


def single_figure(tables: Tables, request: FigureRequest) -> AnyChart:
    """Draw a figure of the report with its data.

    Raises
    ------
    UsageError
        If there is no figure, language, theme or choice of that name.
    QueryError
        If the warehouse lacks what it shows.
    """
    name = request.name
    figure = _known("figure", name, figures())
    _known("language", request.language, dict.fromkeys(LANGUAGES))
    themes: dict[str, Theme] = {theme: theme for theme in THEMES}
    theme = _known("theme", request.theme, themes)
    words = tables.words(request.language)
    if lacks(figure, tables):
        need = tables.missing(figure.needs)
        raise QueryError(
            f"the figure {name} cannot be drawn: "
            + (words(f"missing.{need}") if need else "its tables have no row for it"),
            fix=need.command if need else None,
        )
    frames = {table: tables.table(table) for table in figure.tables}
    start = starting(tables, figure.controls)
    for choice, value in request.chosen.items():
        _known("choice", choice, start, of=f" of the figure {name}")
        options = CONTROLS[choice].options(tables)
        if value not in options:
            shown = ", ".join(str(option) for option in options[:12])
            raise UsageError(f"{choice} = {value!r} is none of {shown}", fix="choose one of them")
    chosen = {**start, **request.chosen}
    chart = chart_of(figure, frames, words, request.width or WIDTHS["wide"], chosen)
    # The chart may be saved.
    use_fonts()
    look = config(theme, *expressions_of({request.language: words}))
    return standing_alone(
        chart,
        {table: rows(frame, words) for table, frame in frames.items()},
        look | {"background": PALETTES[theme].page},
    )


Value = TypeVar("Value")


def _known(kind: str, name: str, there: Mapping[str, Value], of: str = "") -> Value:
    if name not in there:
        near = difflib.get_close_matches(name, there, n=3) or list(there)
        fix = f"did you mean {', '.join(near)}?" if near else f"leave the {kind} out"
        raise UsageError(f"there is no {kind} {name!r}{of}", fix=fix)
    return there[name]
