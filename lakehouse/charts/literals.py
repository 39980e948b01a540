"""Texts in Vega's expressions, where any text of a dataset stays a text."""

import json
from collections.abc import Mapping
from typing import Any, Final

_TAKEN_FOR_OPERATORS: Final = frozenset(
    {
        *("constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toString"),
        *("toLocaleString", "valueOf", "__proto__", "__defineGetter__", "__defineSetter__"),
        *("__lookupGetter__", "__lookupSetter__"),
    }
)
"""What every object of JavaScript has; Vega looks for it among its operators, and finds it."""
_ORDERS: Final = ("sort", "domain")
"""Properties with which Vega-Lite compares, value by value."""
_TEXTS: Final = ("text", "subtitle")
"""Properties of titles and marks that show what they hold."""
_WITHOUT_THEM: Final = '"__proto__": null'
"""Makes an object that has only what is written in it."""


def literal(value: Any) -> str:
    """Write a value as a Vega expression.

    Parameters
    ----------
    value : str, bool, int, float, None, or sequence or mapping of such
        Of a mapping each key's text finds its value, and any other finds none.
    """
    if isinstance(value, str):
        if value in _TAKEN_FOR_OPERATORS:
            return f"({json.dumps(value[0])} + {json.dumps(value[1:])})"
        return json.dumps(value)
    if isinstance(value, Mapping):
        pairs = [f"{json.dumps(str(key))}: {literal(each)}" for key, each in value.items()]
        return f"{{{', '.join([_WITHOUT_THEM, *pairs])}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(literal, value))}]"
    return json.dumps(value)


def readable(specification: Any) -> Any:
    """Give a specification whose orders and titles Vega can read, whatever they hold.

    Parameters
    ----------
    specification : dict, list or value
        Of Vega-Lite, or a part of one.
    """
    if isinstance(specification, list):
        return [readable(each) for each in specification]
    if not isinstance(specification, dict):
        return specification
    return {name: _readable(name, part) for name, part in specification.items()}


def _readable(name: str, part: Any) -> Any:
    if name in _ORDERS and isinstance(part, list):
        return _order(part)
    if name in _TEXTS:
        lines = part if isinstance(part, list) else [part]
        if any(isinstance(line, str) and line in _TAKEN_FOR_OPERATORS for line in lines):
            return {"expr": literal(part)}
    return readable(part)


def _order(values: list[Any]) -> list[Any]:
    return [
        {"expr": literal(value)}
        if isinstance(value, str) and value in _TAKEN_FOR_OPERATORS
        else value
        for value in values
    ]
