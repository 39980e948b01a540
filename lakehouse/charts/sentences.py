"""Sentences that a chart puts together from the numbers of a row."""

from collections.abc import Mapping
from string import Formatter
from typing import Final

from lakehouse.charts.literals import literal

_ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"


def shortened(text: str, most: int) -> str:
    """Cut a text down to so many letters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + _ELLIPSIS


def sentence_expr(sentence: str, values: Mapping[str, str]) -> str:
    """Write the Vega expression that fills a sentence's places.

    Parameters
    ----------
    sentence : str
        With places such as {r}.
    values : mapping of str to str
        Expression of each place.

    Raises
    ------
    KeyError
        If a place has no value.
    """
    parts = []
    for text, place, _, _ in Formatter().parse(sentence):
        if text:
            parts.append(literal(text))
        if place is not None:
            parts.append(f"({values[place]})")
    return " + ".join(parts)


def number_expr(column: str, form: str) -> str:
    """Write the Vega expression of a column's number, a dash where there is none.

    Parameters
    ----------
    form : str
        As D3 has it.
    """
    return f"isValid(datum.{column}) ? format(datum.{column}, '{form}') : '\N{EN DASH}'"
