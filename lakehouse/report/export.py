"""Figures as files for a manuscript: SVG, PDF, and PNG of 300 dots per inch; pictures as PNG."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import vl_convert

from lakehouse.charts.words import Words
from lakehouse.figures.encode import encoded
from lakehouse.report.controls import starting
from lakehouse.report.figure import Figure, Pictures, Section, drawn
from lakehouse.report.look.colours import PALETTES, Theme
from lakehouse.report.look.fonts import font_folder
from lakehouse.report.look.vega import config
from lakehouse.report.page.blocks import lacks, offered
from lakehouse.report.page.data import WIDTHS, expressions_of, format_locale
from lakehouse.report.page.rows import rows
from lakehouse.report.tables.tables import Tables

VEGA_LITE: Final = "6.4"
"""Version that the page's bundle has too."""
DOTS: Final = 300
"""Per inch."""


def written_figures(
    sections: tuple[Section, ...], tables: Tables, words: Words
) -> Iterator[tuple[str, bytes]]:
    """Draw every figure that the warehouse has the numbers for, as files.

    Yields
    ------
    tuple of str and bytes
        A file's name, and what is in it.
    """
    use_fonts()
    for block in (block for section in sections for block in offered(section, tables)):
        if isinstance(block, Figure | Pictures) and not lacks(block, tables):
            yield from _files(block, tables, words)


def _files(block: Figure | Pictures, tables: Tables, words: Words) -> Iterator[tuple[str, bytes]]:
    if isinstance(block, Pictures):
        for picture in block.draw(tables, {words.language: words}):
            yield f"{block.name}-{picture.name}.png", encoded(picture.pixels)
        return
    svg = as_svg(standing_alone(block, tables, words), words)
    yield f"{block.name}.svg", svg.encode()
    yield f"{block.name}.pdf", vl_convert.svg_to_pdf(svg)
    yield f"{block.name}.png", vl_convert.svg_to_png(svg, ppi=DOTS)


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
        "datasets": {name: rows(frame) for name, frame in frames.items()},
        "config": config(theme, *expressions_of({words.language: words})),
        "background": PALETTES[theme].page,
    }


def as_svg(specification: dict[str, Any], words: Words) -> str:
    """Draw a specification; the other files are made of this one, as drawing is what takes long."""
    svg: str = vl_convert.vegalite_to_svg(
        specification, vl_version=VEGA_LITE, format_locale=format_locale(words)
    )
    return svg


@cache
def use_fonts() -> None:
    """Have whatever this process draws as a file written in the report's typeface."""
    vl_convert.register_font_directory(str(font_folder()))
