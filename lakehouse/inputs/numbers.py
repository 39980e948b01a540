"""Numbers as people and programs write them in tables, missing ones included."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lakehouse.inputs.row_problems import RowProblems
from lakehouse.inputs.shown import short_name, short_value
from lakehouse.inputs.text_tables import Column, TextTable

LARGEST: Final = 1e300
"""No scale reaches it; it keeps 1e999 from becoming infinite."""

MISSING: Final = frozenset({"na", "n/a", "null", "nan", "."})
"""What programs write for a missing value, in lower case; R writes NA."""

_NUMBER: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_POINT: Final = re.compile(r"[+-]?[0-9]*\.[0-9]+")
_DECIMAL_COMMA: Final = re.compile(r"[+-]?[0-9]+,[0-9]+")
_THOUSANDS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+")
_COMMA_SEPARATORS: Final = (";", "\t")


@dataclass(frozen=True, slots=True)
class Written:
    """A value of a column.

    Attributes
    ----------
    row : int
        Its number in a spreadsheet.
    text : str or None
        None where the value is missing, in whatever words.
    """

    row: int
    text: str | None


def written_values(table: TextTable, column: Column, problems: RowProblems) -> list[Written]:
    """Read a column, with None where a program wrote that a value is missing."""
    return [
        Written(row, None if text is None or text.lower() in MISSING else text)
        for row, text in table.values(column, problems)
    ]


def words_for_missing(columns: Sequence[Column]) -> tuple[str, ...]:
    """Tell in which words values are said to be missing.

    Parameters
    ----------
    columns : sequence of Column
        Those that were read.

    Returns
    -------
    tuple of str
        A remark, or nothing.
    """
    counts: dict[str, int] = {}
    for column in columns:
        for text in column.values:
            if text is not None and text.lower() in MISSING:
                counts[text] = counts.get(text, 0) + 1
    if not counts:
        return ()
    said = ", ".join(f"{word} ({count:,})" for word, count in sorted(counts.items())[:10])
    return (f"read as missing: {said}",)


def holds_numbers(values: Sequence[Written]) -> bool:
    """Tell whether any value of a column is a number, with a decimal comma perhaps."""
    return any(_is_number(each.text) or _has_comma(each.text) for each in values if each.text)


def numbers(
    values: Sequence[Written], column: Column, separator: str | None, problems: RowProblems
) -> list[float | None]:
    """Read values as numbers and note what is none.

    Decimal commas are read where semicolons or tabs separate the columns and the whole column
    has them: no value has a point, and not all could be thousands, as 1,234 could.

    Parameters
    ----------
    values : sequence of Written
        Of the column.
    separator : str or None
        Of the table.

    Returns
    -------
    list of float or None
        None where the value is missing or wrong.
    """
    name = short_name(column.name)
    texts = [each.text for each in values if each.text is not None]
    trouble = _trouble_with_commas(texts, separator)
    found: list[float | None] = []
    for row, text in ((each.row, each.text) for each in values):
        number = None
        if text is not None:
            if _has_comma(text) and trouble:
                problems.add(row, f"{name} is {short_value(text)}, {trouble}")
            else:
                number = _number(text)
                if number is None:
                    digits = not text.isascii() and any(map(str.isdigit, text))
                    hint = "; its digits are not 0 to 9" if digits else ""
                    problems.add(row, f"{name} is {short_value(text)}, not a number{hint}")
        found.append(number)
    return found


def _trouble_with_commas(texts: Sequence[str], separator: str | None) -> str | None:
    """Say why the commas of a column cannot be read, or None if they can."""
    commas = [text for text in texts if _has_comma(text)]
    if separator not in _COMMA_SEPARATORS:
        return "not a number, write a decimal point"
    if any(_POINT.fullmatch(text) for text in texts):
        return "with a comma, where others have a decimal point"
    if all(_THOUSANDS.fullmatch(text) for text in commas):
        return "thousands or a decimal comma; write a decimal point"
    return None


def _number(text: str) -> float | None:
    if _has_comma(text):
        text = text.replace(",", ".")
    return float(text) if _is_number(text) else None


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def _has_comma(text: str) -> bool:
    return _DECIMAL_COMMA.fullmatch(text) is not None
