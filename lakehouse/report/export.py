"""Figures as files for a manuscript: SVG, PDF, and PNG of 300 dots per inch; pictures as PNG."""

from collections.abc import Iterator
from typing import Any

from lakehouse.charts.words import Words
from lakehouse.figures.encode import encoded
from lakehouse.report.controls import starting
from lakehouse.report.engine.processes import Order, drawn_apart
from lakehouse.report.figure import Figure, Pictures, Section, drawn
from lakehouse.report.look.colours import PALETTES, Theme
from lakehouse.report.look.vega import config
from lakehouse.report.page.blocks import lacks, offered
from lakehouse.report.page.data import format_locale
from lakehouse.report.page.rows import rows
from lakehouse.report.page.specifications import WIDTHS, expressions_of
from lakehouse.report.tables.tables import Tables


def written_figures(
    sections: tuple[Section, ...], tables: Tables, words: Words
) -> Iterator[tuple[str, bytes]]:
    """Draw every figure that the warehouse has the numbers for, as files.

    Yields
    ------
    tuple of str and bytes
        A file's name, and what is in it.

    Raises
    ------
    LakehouseError
        If a figure cannot be drawn.
    """
    blocks = [
        block
        for section in sections
        for block in offered(section, tables)
        if isinstance(block, Figure | Pictures) and not lacks(block, tables)
    ]
    for block in blocks:
        if isinstance(block, Pictures):
            for picture in block.draw(tables, {words.language: words}):
                yield f"{block.name}-{picture.name}.png", encoded(picture.pixels)
    figures = (block for block in blocks if isinstance(block, Figure))
    yield from drawn_apart(_order(figure, tables, words) for figure in figures)


def _order(figure: Figure, tables: Tables, words: Words) -> Order:
    return Order(figure.name, standing_alone(figure, tables, words), format_locale(words))


def standing_alone(
    figure: Figure, tables: Tables, words: Words, theme: Theme = "light"
) -> dict[str, Any]:
    """Draw a figure with its data and its look in it.

    Returns
    -------
    dict
        A Vega-Lite specification that needs nothing else.
    """
    frames = {name: tables.table(name) for name in figure.tables}
    chosen = starting(tables, figure.controls)
    specification = drawn(figure, frames, words, WIDTHS["wide"], chosen)
    return specification | {
        "datasets": {name: rows(frame, words) for name, frame in frames.items()},
        "config": config(theme, *expressions_of({words.language: words})),
        "background": PALETTES[theme].page,
    }
