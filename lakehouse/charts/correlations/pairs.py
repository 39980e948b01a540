"""A feature beside a questionnaire: what both are called, and what is said of them."""

import re
import textwrap
from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import polars as pl

from lakehouse.charts.drawing import label_expr
from lakehouse.charts.literals import literal
from lakehouse.charts.words import Words

_LETTER: Final = 6
"""Width of a letter, pixels."""
FLUSH: Final = alt.Axis(labelFlush=True)
"""An axis whose ends stay within the panel, so that titles of neighbours are of one height."""


def in_order(values: pl.Series, order: list[str]) -> list[str]:
    """Give each value once, those of an order first and in it."""
    found = set(values.to_list())
    return [value for value in order if value in found] + sorted(found - set(order))


def pair_labels(words: Words, frame: pl.DataFrame) -> dict[str, str]:
    """Give the expressions of a pair's names: `feature_label` and `instrument_label`.

    Parameters
    ----------
    frame : polars.DataFrame
        Has the features of which there are names.
    """
    named = words.labels.features
    features = {code: named.get(code, code) for code in frame["feature"].unique().sort()}
    return {
        "feature_label": label_expr(features, "datum.feature"),
        "instrument_label": label_expr(words.labels.instruments, "datum.instrument"),
    }


def pair(words: Words) -> list[Any]:
    """Give what a tooltip says of both, where `pair_labels` are there."""
    return [
        alt.Tooltip("feature_label:N", title=words("column.feature")),
        alt.Tooltip("instrument_label:N", title=words("column.instrument")),
    ]


def numbers(words: Words, *names: str) -> list[Any]:
    """Give what a tooltip says of columns of numbers, in two digits."""
    return [
        alt.Tooltip(f"{name}:Q", title=words(f"column.{name}"), format=".2~g") for name in names
    ]


def filled(words: Words, key: str, values: Mapping[str, str]) -> str:
    """Write a Vega expression that fills a text's places.

    Parameters
    ----------
    key : str
        Of a text such as "r = {r}".
    values : mapping of str to str
        An expression for each place.
    """
    template = words(key, **{name: f"{{{name}}}" for name in values})
    parts = re.split(r"\{(\w+)\}", template)
    return " + ".join(
        values[part] if place % 2 else literal(part) for place, part in enumerate(parts) if part
    )


def title_of(text: str, beneath: str, width: int) -> alt.Title:
    """Give a panel's title, with what is said beneath it in lines that fit.

    Parameters
    ----------
    width : int
        Of the panel, pixels.
    """
    return alt.Title(text=text, subtitle=textwrap.wrap(beneath, width // _LETTER))
