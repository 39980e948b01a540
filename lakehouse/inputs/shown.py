"""Showing a little of what somebody handed over, and never more."""

from collections.abc import Iterable
from typing import Final

NAMES: Final = 10
"""Names that a message lists."""

_NAME: Final = 24
_VALUE: Final = 13
_LISTED: Final = 190
_PATH: Final = 40


def short_name(name: str) -> str:
    """Give a column's name, an id or the like, cut where it is long."""
    return cut(name, _NAME)


def short_path(path: str) -> str:
    """Give a path, of a long one the end, which tells more than its beginning."""
    return path if len(path) <= _PATH else f"…{path[1 - _PATH :]}"


def short_value(value: str) -> str:
    """Give a value in quotes, cut where it is long."""
    return repr(cut(value, _VALUE))


def short_text(text: str) -> str:
    """Give a value without quotes, cut where it is long."""
    return cut(text, _VALUE)


def listed(names: Iterable[str]) -> str:
    """List names, ten at most, and say how many more there are.

    Returns
    -------
    str
        Names with commas between them, in less than 200 characters of theirs.
    """
    names = list(names)
    shown: list[str] = []
    for name in names[:NAMES]:
        part = short_name(name)
        if len(", ".join([*shown, part])) > _LISTED:
            break
        shown.append(part)
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")


def cut(text: str, most: int) -> str:
    """Cut a text that is longer than so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
