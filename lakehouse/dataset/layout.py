"""Layout patterns: how a photograph's path says what it shows."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise
from reprlib import Repr
from string import Formatter
from typing import Final

from lakehouse.errors import UsageError

FIELDS: Final = ("participant", "expression", "supervised", "photo")
_REQUIRED: Final = frozenset({"participant", "expression"})
_SHORT: Final = "short"
_LONG: Final = "long"

_SHOWN: Final = Repr()
_SHOWN.maxstring = 80


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


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands before a field, the field, and which of several readings of it is meant."""

    literal: str
    field: str | None
    preferred: str | None


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
        Where more than one reading is left, ``{participant:short}`` takes the shortest and
        ``{participant:long}`` the longest participant.
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
        # Field by field from the left, one takes as much as it can and the other as little: they
        # agree if and only if there is a single reading.
        self._longest = _expression(parts, codes, _LONG)
        self._shortest = _expression(parts, codes, _SHORT)
        self._any = _expression(parts, {}, _LONG)

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

        Raises
        ------
        UsageError
            If the path can be read in more than one way; it names two.
        """
        longest, shortest = self._longest.fullmatch(path), self._shortest.fullmatch(path)
        if longest and shortest and longest.groups() != shortest.groups():
            raise self._ambiguous(path, longest.groupdict(), shortest.groupdict())
        match = longest or self._any.fullmatch(path)
        if match is None:
            return None
        found = match.groupdict()
        return PathFields(
            found.get("participant"),
            found["expression"],
            found.get("supervised"),
            found.get("photo"),
        )

    def _ambiguous(
        self, path: str, longest: dict[str, str], shortest: dict[str, str]
    ) -> UsageError:
        differing = [field for field in longest if longest[field] != shortest[field]]
        first, second = (
            ", ".join(f"{field} {_SHOWN.repr(reading[field])}" for field in differing)
            for reading in (shortest, longest)
        )
        return UsageError(
            f"{_SHOWN.repr(path)} can be read as {first} or as {second}",
            where=f"layout {self.pattern!r}",
            fix=f"write {{{differing[0]}:{_SHORT}}} for the first or {{{differing[0]}:{_LONG}}} "
            "for the second",
        )


def _parsed(pattern: str, required: Collection[str]) -> list[_Part]:
    """Split a pattern into its parts, and refuse what cannot mean anything."""
    where = f"layout {pattern!r}"
    try:
        raw = list(Formatter().parse(pattern))
    except ValueError as error:
        raise UsageError(f"is not well formed ({error})", where=where) from error
    if any(conversion or (spec or _LONG) not in (_SHORT, _LONG) for _, _, spec, conversion in raw):
        raise UsageError(
            f"fields cannot have a format but {_SHORT} and {_LONG}",
            where=where,
            fix="write {photo} alone",
        )
    parts = [_Part(literal, field, spec or None) for literal, field, spec, _ in raw]
    _require_fields([part.field for part in parts if part.field is not None], required, where)
    if not all(pattern.split("/")):
        raise UsageError("has an empty folder name", where=where, fix="remove the extra slash")
    for before, after in pairwise(parts):
        if not after.literal and {before.field, after.field} == {"participant", "photo"}:
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


def _expression(parts: list[_Part], codes: dict[str, list[str]], preferred: str) -> re.Pattern[str]:
    """Write a pattern that tries what is preferred first, field by field."""
    text = ""
    for part in parts:
        text += re.escape(part.literal)
        if part.field is not None:
            long = (part.preferred or preferred) == _LONG
            listed = sorted(codes.get(part.field, ()), key=len, reverse=long)
            any_text = "[^/]+" if long else "[^/]+?"
            text += f"(?P<{part.field}>{'|'.join(map(re.escape, listed)) or any_text})"
    return re.compile(text)
