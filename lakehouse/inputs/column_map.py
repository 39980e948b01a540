"""What users say of their tables' columns with the option `--map`."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final, TypeVar

from lakehouse.errors import UsageError
from lakehouse.ids import canonical
from lakehouse.inputs.shown import short_name

_OPTION: Final = "--map"
_QUOTED: Final = r'"(?:[^"]|"")*"'
_ITEM: Final = re.compile(rf"((?:{_QUOTED}|[^,])*)(?:,|$)")
_WHOLE: Final = re.compile(rf"\s*({_QUOTED})\s*")

_Field = TypeVar("_Field", bound=str)


def parsed_columns(
    options: Iterable[str], fields: Collection[_Field], optional: Collection[_Field]
) -> dict[_Field, str]:
    """Read what was given with `--map`.

    Parameters
    ----------
    options : iterable of str
        Each ``FIELD=COLUMN``, or several with commas between them. Quotation marks around a
        column, or around the whole, keep its commas, as in CSV; so does a piece without an equals
        sign, which goes on with the column before it.
    fields : collection of str
        What a table may say.
    optional : collection of str
        Those of which no column need be named.

    Returns
    -------
    dict of str to str
        Field = name of its column.

    Raises
    ------
    UsageError
        If a field is unknown, there twice, or without column though it is needed.
    """
    found: dict[_Field, str] = {}
    for option in options:
        for given, column in _pairs(option):
            known = next((each for each in fields if each == given.lower()), None)
            if known is None:
                raise UsageError(
                    f"names no field {short_name(given)}",
                    where=_OPTION,
                    fix=f"fields are {', '.join(fields)}",
                )
            if known in found:
                raise UsageError(
                    f"names two columns for {known}, {short_name(found[known])} and "
                    f"{short_name(column)}",
                    where=_OPTION,
                    fix="name one",
                )
            if not column and known not in optional:
                raise UsageError(
                    f"names no column for {known}", where=_OPTION, fix=f"give {known}=COLUMN"
                )
            found[known] = column
    return found


def _pairs(option: str) -> Iterator[tuple[str, str]]:
    items: list[str] = []
    for piece in _pieces(option):
        if "=" in piece or not items:
            items.append(piece)
        else:
            items[-1] += f",{piece}"
    for item in items:
        name, equals, column = item.partition("=")
        if not equals:
            raise UsageError(
                f"is {short_name(item)}, which names no field",
                where=_OPTION,
                fix="give FIELD=COLUMN",
            )
        yield canonical(name), canonical(_unquoted(column))


def _pieces(option: str) -> list[str]:
    """Divide an option at the commas that do not stand in quotation marks."""
    pieces = [_unquoted(found[1]) for found in _ITEM.finditer(option)]
    # The end of the text is an item of its own.
    return pieces[:-1] if len(pieces) > 1 and not pieces[-1] else pieces


def _unquoted(text: str) -> str:
    found = _WHOLE.fullmatch(text)
    return found[1][1:-1].replace('""', '"') if found else text
