"""Every figure's charts, as the page's script draws them: as Vega, without colours and data.

A browser would take a fifth of its time to translate them from Vega-Lite, whenever it opens the
page, and the page would have to hold the program for it.
"""

import base64
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from lakehouse.charts.words import Words
from lakehouse.report.controls import starting
from lakehouse.report.engine.processes import translating
from lakehouse.report.figure import Figure, drawn
from lakehouse.report.languages import Languages
from lakehouse.report.look.colours import THEMES, colours_of
from lakehouse.report.look.vega import config, config_of_roles
from lakehouse.report.tables.tables import Tables

WIDTHS: Final = {"wide": 1080, "narrow": 348}
"""CSS pixels of a figure on a screen, and on a telephone of 390."""

_HARDEST: Final = 9
"""Of the levels of compression."""


class Charts(NamedTuple):
    """What the page needs in order to draw.

    Parameters
    ----------
    themes : dict
        Of each theme Vega's configuration, and the colours that stand in charts by their roles.
    specifications : str
        Lines, compressed, in Base64. Each has the names of a figure, a language and a width, and
        the specification as JSON.
    """

    themes: dict[str, Any]
    specifications: str


def charts(figures: Iterable[Figure], tables: Tables, languages: Languages) -> Charts:
    """Draw all figures in every language and width.

    Raises
    ------
    LakehouseError
        If one cannot be translated for the browser.
    """
    look, in_roles = expressions_of(languages), undescribed(config_of_roles())
    lines: list[str] = []
    with translating() as ask:
        themes: dict[str, Any] = {
            theme: {
                "config": ask("of the look", "config", undescribed(config(theme, *look))),
                "colours": colours_of(theme),
            }
            for theme in THEMES
        }
        for figure in figures:
            names, specifications = zip(*_of(figure, tables, languages), strict=True)
            translated = ask(figure.name, "vega", specifications, in_roles)
            lines += [f"{name}{one}" for name, one in zip(names, translated, strict=True)]
    return Charts(themes, packed("\n".join(lines)))


def expressions_of(languages: Languages) -> tuple[list[str], str]:
    """Give the dataset's expressions in its order, and which is the neutral face."""
    [words, *_] = languages.values()
    expressions = list(words.labels.expressions)
    return expressions, expressions[0]


def undescribed(configuration: dict[str, Any]) -> dict[str, Any]:
    """Have Vega write no description of each mark, as on a canvas nothing reads it."""
    return configuration | {"mark": configuration["mark"] | {"aria": False}}


def packed(text: str) -> str:
    """Compress what is alike in two languages and widths.

    Tables lie in the page as they are, for whoever reads the file without the page.
    """
    return base64.b64encode(zlib.compress(text.encode(), _HARDEST)).decode()


def _of(
    figure: Figure, tables: Tables, languages: Languages
) -> Iterator[tuple[str, dict[str, Any]]]:
    frames = {name: tables.table(name) for name in figure.tables}
    chosen = starting(tables, figure.controls)

    def one(words: Words, width: int) -> dict[str, Any]:
        return drawn(figure, frames, words, width, chosen)

    for language, words in languages.items():
        for shape, width in WIDTHS.items():
            yield f"{figure.name} {language} {shape} ", one(words, width)
