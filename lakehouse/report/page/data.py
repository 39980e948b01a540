"""What the page's script reads: texts, tables, and every figure's specification."""

import json
from collections.abc import Iterable
from typing import Any, Final

from lakehouse.charts.drawing import condition_labels
from lakehouse.charts.words import MINUS, Words
from lakehouse.report.controls import CONTROLS, starting
from lakehouse.report.figure import Figure, Listing, Section
from lakehouse.report.languages import Languages
from lakehouse.report.look.fonts import FONT
from lakehouse.report.page.blocks import lacks
from lakehouse.report.page.columns import columns
from lakehouse.report.page.specifications import charts
from lakehouse.report.tables.tables import Tables

BREAKPOINT: Final = 820
"""Width of a window, CSS pixels, below which figures are drawn narrow."""

_SCRIPT_TEXTS: Final = "page."


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
        **charts(figures, tables, languages)._asdict(),
        "fonts": [f"{style} 12px '{FONT}'" for style in ("400", "600", "italic 400")],
        "breakpoint": BREAKPOINT,
        "tables": {name: columns(tables.table(name)) for name in dict.fromkeys(names)},
        "figures": {figure.name: _figure(figure, tables, languages) for figure in figures},
        "controls": _controls(chosen, tables, languages),
    }


def as_json(data: Any) -> str:
    """Write data so that no text in it can end the element it stands in."""
    written = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


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
