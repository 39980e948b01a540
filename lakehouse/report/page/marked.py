"""Paragraphs as HTML: a head of their own, code, and places where no line may end."""

import re
from typing import Final

from markupsafe import Markup, escape

_SIGN: Final = re.compile(r"(?<=\w) ([<=]) (?=[\d−+–])")
"""Between a name and its value, as in "q < 0.05"."""
_UNIT: Final = re.compile(r"(?<=\d) (?=(?:%|px)(?!\w))")
_INTERVAL: Final = re.compile(r"(?<=\[)([\d−.,]+[,;]) (?=[\d−])")
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"


def marked(paragraph: str) -> Markup:
    """Write a paragraph for HTML.

    Parameters
    ----------
    paragraph : str
        A first line of its own is its head; what stands between grave accents is code.
    """
    head, line, rest = paragraph.partition("\n")
    if not line:
        return _with_code(paragraph)
    return Markup('<strong class="head">{}</strong> {}').format(head, _with_code(rest))


def held_together(text: str) -> str:
    """Write a text so that no line ends between a name and its value, or a number and its unit."""
    signs = _SIGN.sub(rf"{_NO_BREAK}\1{_NO_BREAK}", text)
    return _INTERVAL.sub(rf"\1{_NO_BREAK}", _UNIT.sub(_NO_BREAK, signs))


def _with_code(text: str) -> Markup:
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(held_together(part))
        for place, part in enumerate(text.split("`"))
    )
