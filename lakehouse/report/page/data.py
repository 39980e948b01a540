"""What the page's script reads: texts, tables, and every figure's specification."""

import base64
import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from lakehouse.charts.drawing import condition_labels
from lakehouse.charts.words import MINUS, Words
from lakehouse.report.controls import CONTROLS, starting
from lakehouse.report.figure import Figure, Listing, Section, drawn
from lakehouse.report.languages import Languages
from lakehouse.report.look.colours import THEMES
from lakehouse.report.look.fonts import FONT
from lakehouse.report.look.vega import config
from lakehouse.report.page.blocks import lacks
from lakehouse.report.page.columns import columns
from lakehouse.report.tables.tables import Tables

WIDTHS: Final[Mapping[str, int]] = {"wide": 1080, "narrow": 348}
"""CSS pixels of a figure on a screen, and on a telephone of 390."""
BREAKPOINT: Final = 820
"""Width of a window, CSS pixels, below which figures are drawn narrow."""

_SCRIPT_TEXTS: Final = "page."
_HARDEST: Final = 9
"""Of the levels of compression."""


def page_data(sections: Iterable[Section], tables: Tables, languages: Languages) -> dict[str, Any]:
    """Gather what the page's script reads.

    Returns
    -------
    dict
        To be written as JSON: languages, themes, tables, figures, specifications, controls.
    """
    blocks = [block for section in sections for block in section.blocks]
    figures = [block for block in blocks if isinstance(block, Figure) and not lacks(block, tables)]
    listings = [
        block for block in blocks if isinstance(block, Listing) and not lacks(block, tables)
    ]
    names = [name for figure in figures for name in figure.tables]
    names += [listing.table for listing in listings]
    chosen = tuple(dict.fromkeys(name for figure in figures for name in figure.controls))
    return {
        "languages": {name: _language(words) for name, words in languages.items()},
        "themes": {theme: config(theme, *expressions_of(languages)) for theme in THEMES},
        "fonts": [f"{style} 12px '{FONT}'" for style in ("400", "600", "italic 400")],
        "breakpoint": BREAKPOINT,
        "tables": {name: columns(tables.table(name)) for name in dict.fromkeys(names)},
        "figures": {figure.name: _figure(figure, tables, languages) for figure in figures},
        "specifications": packed(
            {figure.name: _specifications(figure, tables, languages) for figure in figures}
        ),
        "controls": _controls(chosen, tables, languages),
    }


def expressions_of(languages: Languages) -> tuple[list[str], str]:
    """Give the dataset's expressions in its order, and which is the neutral face."""
    [words, *_] = languages.values()
    expressions = list(words.labels.expressions)
    return expressions, expressions[0]


def as_json(data: Any) -> str:
    """Write data so that no text in it can end the element it stands in."""
    written = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def packed(data: Any) -> str:
    """Write data as JSON, compressed, in Base64: charts in two languages and widths are alike.

    Tables lie in the page as they are, for whoever reads the file without the page.
    """
    written = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(written.encode(), _HARDEST)).decode()


def _figure(figure: Figure, tables: Tables, languages: Languages) -> dict[str, Any]:
    frames = {name: tables.table(name) for name in figure.tables}
    data: dict[str, Any] = {
        "tables": figure.tables,
        "controls": figure.controls,
        "readout": figure.readout,
        "descriptions": {},
        "sentences": {},
    }
    for name, words in languages.items():
        numbers = figure.numbers(frames, words)
        data["descriptions"][name] = words(f"figures.{figure.name}.description", **numbers)
        if figure.readout:
            data["sentences"][name] = words.texts[f"figures.{figure.name}.readout"]
    return data


def _specifications(figure: Figure, tables: Tables, languages: Languages) -> dict[str, Any]:
    frames = {name: tables.table(name) for name in figure.tables}
    chosen = starting(tables, figure.controls)
    return {
        name: {
            shape: drawn(figure, frames, words, width, chosen) for shape, width in WIDTHS.items()
        }
        for name, words in languages.items()
    }


def _language(words: Words) -> dict[str, Any]:
    labels = words.labels
    return {
        "code": words.language,
        "formatLocale": format_locale(words),
        "texts": _below(words, _SCRIPT_TEXTS),
        "columns": _below(words, "column."),
        "labels": {
            **{column: words.values(column) for column in _coded(words)},
            "feature": labels.features,
            **{kind: _below(words, f"{kind}.") for kind in ("muscle", "muscle_group")},
            "expression": words.values("expression") | dict(labels.expressions),
            "predicted": labels.expressions,
            "mistaken_for": labels.expressions,
            "measure": {code: words.measure(code) for code in labels.measures},
            "instrument": labels.instruments,
            "part": labels.parts,
            "moving_part": labels.moving_parts,
            "group_a": labels.moving_parts,
            "group_b": labels.moving_parts,
            "supervised": {
                str(flag).lower(): label for flag, label in condition_labels(words).items()
            },
        },
    }


def _below(words: Words, start: str) -> dict[str, str]:
    """Give the texts of which the keys start so, by the rest of their keys."""
    texts = words.texts.items()
    return {key.removeprefix(start): text for key, text in texts if key.startswith(start)}


def _coded(words: Words) -> list[str]:
    """Name the columns of which the codes have texts."""
    keys = (key.split(".") for key in words.texts)
    return list(dict.fromkeys(key[1] for key in keys if key[0] == "value"))


def format_locale(words: Words) -> dict[str, Any]:
    """Give the marks of numbers as d3-format takes them."""
    return {
        "decimal": words("number.decimal"),
        "thousands": words("number.thousands"),
        "grouping": [3],
        "currency": ["", ""],
        "minus": MINUS,
        "percent": "\N{NO-BREAK SPACE}%",
    }


def _controls(
    names: tuple[str, ...], tables: Tables, languages: Languages
) -> dict[str, dict[str, Any]]:
    controls: dict[str, dict[str, Any]] = {}
    starts = starting(tables, names)
    for name, start in starts.items():
        control = CONTROLS[name]
        values = control.options(tables)
        controls[name] = {
            "values": values,
            "start": start,
            "labels": {
                language: [control.label(words, value) for value in values]
                for language, words in languages.items()
            },
        }
    return controls
