"""Layout patterns: how a photograph's path says what it shows."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise
from string import Formatter
from typing import Final

from lakehouse.errors import UsageError

FIELDS: Final = ("participant", "expression", "supervised", "photo")
_REQUIRED: Final = frozenset({"participant", "expression"})


@dataclass(frozen=True, slots=True)
class PathFields:
    """What a path says, as written there.

    Attributes
    ----------
    expression : str
        Word, as the settings translate the path.
    participant, supervised, photo : str or None
        None where the layout does not hold the field.
    """

    participant: str | None
    expression: str
    supervised: str | None
    photo: str | None


class Layout:
    """A compiled layout pattern.

    Parameters
    ----------
    pattern : str
        Of the path relative to the dataset's root, without its ending:
        ``{expression}/{supervised}/{participant}/{photo}``, ``subject{participant}.{expression}``.
    expressions, supervised : iterable of str
        The codes that paths may hold. They settle what a pattern leaves open: in
        ``{participant}_{expression}_{photo}`` a participant may then hold an underscore.
    required : collection of str
        Fields that the pattern must hold.

    Raises
    ------
    UsageError
        If a field is unknown, twice there or missing, or the pattern is not well formed.
    """

    def __init__(
        self,
        pattern: str,
        *,
        expressions: Iterable[str] = (),
        supervised: Iterable[str] = (),
        required: Collection[str] = _REQUIRED,
    ) -> None:
        parts = _parsed(pattern, required)
        codes = {"expression": list(expressions), "supervised": list(supervised)}
        self.pattern = pattern
        self._listed = _expression(parts, codes)
        self._any = _expression(parts, {})

    def parse(self, path: str) -> PathFields | None:
        """Read a path.

        Parameters
        ----------
        path : str
            Relative to the root, with ``/``, without ending.

        Returns
        -------
        PathFields or None
            None if the path does not fit the pattern.
        """
        match = self._listed.fullmatch(path) or self._any.fullmatch(path)
        if match is None:
            return None
        found = match.groupdict()
        return PathFields(
            found.get("participant"),
            found["expression"],
            found.get("supervised"),
            found.get("photo"),
        )


def _parsed(pattern: str, required: Collection[str]) -> list[tuple[str, str | None]]:
    """Split a pattern into (literal, field) pairs, and refuse what cannot mean anything."""
    where = f"layout {pattern!r}"
    try:
        raw = list(Formatter().parse(pattern))
    except ValueError as error:
        raise UsageError(f"is not well formed ({error})", where=where) from error
    if any(spec or conversion for _, _, spec, conversion in raw):
        raise UsageError("fields cannot have a format", where=where, fix="write {photo} alone")
    parts = [(literal, field) for literal, field, _, _ in raw]
    _require_fields([field for _, field in parts if field is not None], required, where)
    if not all(pattern.split("/")):
        raise UsageError("has an empty folder name", where=where, fix="remove the extra slash")
    for (_, before), (literal, after) in pairwise(parts):
        if not literal and {before, after} == {"participant", "photo"}:
            raise UsageError("nothing separates {participant} from {photo}", where=where)
    return parts


def _require_fields(fields: list[str], required: Collection[str], where: str) -> None:
    known = " ".join(f"{{{field}}}" for field in FIELDS)
    for field in fields:
        if field not in FIELDS:
            raise UsageError(f"unknown field {{{field}}}", where=where, fix=f"known: {known}")
        if fields.count(field) > 1:
            raise UsageError(f"{{{field}}} occurs twice", where=where)
    for field in FIELDS:
        if field in required and field not in fields:
            raise UsageError(f"{{{field}}} is missing", where=where, fix="add it")


def _expression(
    parts: list[tuple[str, str | None]], codes: dict[str, list[str]]
) -> re.Pattern[str]:
    text = ""
    for literal, field in parts:
        text += re.escape(literal)
        if field is not None:
            listed = "|".join(re.escape(code) for code in codes.get(field, ()))
            text += f"(?P<{field}>{listed or '[^/]+'})"
    return re.compile(text)
