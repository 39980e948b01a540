"""Which table lists the photographs, and what its columns are called."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lakehouse.errors import UsageError
from lakehouse.ids import canonical
from lakehouse.inputs.shown import short_name
from lakehouse.settings.manifest_columns import MANIFEST_FIELDS, OPTIONAL_FIELDS, ManifestField

_OPTION: Final = "--map"
_QUOTED: Final = r'"(?:[^"]|"")*"'
_ITEM: Final = re.compile(rf"((?:{_QUOTED}|[^,])*)(?:,|$)")
_WHOLE: Final = re.compile(rf"\s*({_QUOTED})\s*")


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """A table that lists photographs, and how it is to be read.

    Attributes
    ----------
    file : Path
        Text with separators, or a workbook.
    columns : dict of str to str
        Field = name of its column, where it is not recognised; goes before the settings.
    sheet : str or None
        Of a workbook; see `lakehouse.inputs.text_tables.read_text_table`.
    """

    file: Path
    columns: dict[ManifestField, str] = field(default_factory=dict)
    sheet: str | None = None


def parsed_map(options: Iterable[str]) -> dict[ManifestField, str]:
    """Read what was given with `--map`.

    Parameters
    ----------
    options : iterable of str
        Each ``FIELD=COLUMN``, or several with commas between them. Quotation marks around a
        column, or around the whole, keep its commas, as in CSV; so does a piece without an equals
        sign, which goes on with the column before it.

    Returns
    -------
    dict of str to str

    Raises
    ------
    UsageError
        If a field is unknown, there twice, or without column though it is needed.
    """
    found: dict[ManifestField, str] = {}
    for option in options:
        for given, column in _pairs(option):
            known = next((each for each in MANIFEST_FIELDS if each == given.lower()), None)
            if known is None:
                raise UsageError(
                    f"names no field {short_name(given)}",
                    where=_OPTION,
                    fix=f"fields are {', '.join(MANIFEST_FIELDS)}",
                )
            if known in found:
                raise UsageError(
                    f"names two columns for {known}, {short_name(found[known])} and "
                    f"{short_name(column)}",
                    where=_OPTION,
                    fix="name one",
                )
            if not column and known not in OPTIONAL_FIELDS:
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
