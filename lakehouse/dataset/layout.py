"""Layout patterns: how a photograph's path says what it shows."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from reprlib import Repr
from string import Formatter
from typing import Final

from lakehouse.errors import UsageError

FIELDS: Final = ("participant", "expression", "supervised", "photo", "sequence", "frame", "video")
_REQUIRED: Final = frozenset({"participant", "expression"})
_IGNORED: Final = "_"
"""A field that may be there any number of times, and whose text means nothing."""

_SHORT: Final = "short"
_LONG: Final = "long"
_WIDTH: Final = re.compile(r"[1-9][0-9]{0,2}")
_MANY_OPEN: Final = 3
"""Open fields with which regular expressions are quick on any name."""

_ORDINALS: Final = ("first", "second", "third")

_SHOWN: Final = Repr()
_SHOWN.maxstring = 80


@dataclass(frozen=True, slots=True)
class PathFields:
    """What a path says, as written there.

    Attributes
    ----------
    participant, expression, supervised, photo, sequence, frame, video : str or None
        None where the layout does not hold the field. A frame is a number.
    """

    participant: str | None
    expression: str | None
    supervised: str | None
    photo: str | None
    sequence: str | None = None
    frame: str | None = None
    video: str | None = None


class AmbiguousPathError(UsageError):
    """A path that a layout reads in more than one way."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands before a field, the field, and which texts it may take.

    Attributes
    ----------
    name : str or None
        The field's own: that of a field, or of an ignored one with its place.
    preferred : str or None
        Which of several readings is meant, if the pattern says so.
    width : int or None
        Characters, if the pattern says so.
    """

    literal: str
    field: str | None
    name: str | None
    preferred: str | None
    width: int | None

    @property
    def is_open(self) -> bool:
        """Whether nothing but what follows says where the field ends."""
        closed = self.field in (None, "expression", "supervised")
        return not closed and self.width is None


_Reading = tuple[str, ...]
"""What the fields hold, in the order of the parts, ignored ones left out."""


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
        ``{participant:long}`` the longest participant. ``{participant:3}`` has three characters,
        and ``{_}`` stands for what means nothing; it may be there more than once. ``{frame}``
        is digits.
    required : collection of str
        Fields that the pattern must hold.

    Attributes
    ----------
    fields : frozenset of str
        Those that it holds.

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
        self._parts = parts
        self._codes = codes
        # Field by field from the left, one takes as much as it can and the other as little: they
        # agree if and only if there is a single reading.
        self._longest = _expression(parts, codes, _LONG)
        self._shortest = _expression(parts, codes, _SHORT)
        self._any = _expression(parts, {}, _LONG)
        self.fields = frozenset(part.field for part in parts if part.field)
        self._open = [part for part in parts if part.is_open]
        self._meaning = [part.field for part in parts if part.field and part.field != _IGNORED]

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
        AmbiguousPathError
            If the path can be read in more than one way; it names two. Where only what is ignored
            could be divided otherwise, there is one way.
        """
        if len(self._open) > _MANY_OPEN:
            return self._parse_slowly(path)
        longest, shortest = self._longest.fullmatch(path), self._shortest.fullmatch(path)
        if longest and shortest and longest.groups() != shortest.groups():
            self._refuse_ambiguity(path, longest.groupdict(), shortest.groupdict())
        match = longest or self._any.fullmatch(path)
        if match is None:
            return None
        return _fields(match.groupdict())

    def _parse_slowly(self, path: str) -> PathFields | None:
        """Read a path in time that no name makes long."""
        readings = _readings(path, self._parts, self._codes)
        if len(readings) > 1:
            free = [part for part in self._open if not part.preferred]
            raise self._ambiguous(path, readings, str((free or self._open)[0].name))
        readings = readings or _readings(path, self._parts, {})
        if not readings:
            return None
        return _fields(dict(zip(self._meaning, readings[0], strict=True)))

    def _refuse_ambiguity(
        self, path: str, longest: dict[str, str], shortest: dict[str, str]
    ) -> None:
        """Refuse a path that has two readings; two that ignore different things are one."""
        fields = self._meaning
        readings = {tuple(found[field] for field in fields) for found in (shortest, longest)}
        if len(readings) == 1:
            # The ends may agree where something between them does not.
            readings = set(_readings(path, self._parts, self._codes))
        if len(readings) > 1:
            divided = next(name for name in longest if longest[name] != shortest[name])
            raise self._ambiguous(path, readings, divided)

    def _ambiguous(
        self, path: str, readings: Collection[_Reading], divided: str
    ) -> AmbiguousPathError:
        fields = self._meaning
        shortest_first = sorted(readings, key=lambda reading: [(len(it), it) for it in reading])
        one, other = shortest_first[:2]
        differing = [place for place in range(len(fields)) if one[place] != other[place]]
        first, second = (
            ", ".join(f"{fields[place]} {_SHOWN.repr(reading[place])}" for place in differing)
            for reading in (one, other)
        )
        return AmbiguousPathError(
            f"{_SHOWN.repr(path)} can be read as {first} or as {second}",
            where=f"layout {self.pattern!r}",
            fix=self._words_on_choice(divided, fields[differing[0]]),
        )

    def _words_on_choice(self, divided: str, differing: str) -> str:
        """Say how to choose; what is divided otherwise first may be a field that is ignored."""
        short, long = f"{{{divided}:{_SHORT}}}", f"{{{divided}:{_LONG}}}"
        if divided == differing:
            return f"write {short} for the first or {long} for the second"
        ignored = [part.name for part in self._parts if part.field == _IGNORED]
        if divided not in ignored:
            return f"write {short} or {long}"
        place = ignored.index(divided)
        which = f"the {_ORDINALS[place]} " if place < len(_ORDINALS) else ""
        return f"give {which}{{_}} a width, as in {{_:3}}, or write {{_:{_SHORT}}} or {{_:{_LONG}}}"


def _fields(found: dict[str, str]) -> PathFields:
    return PathFields(*(found.get(field) for field in FIELDS))


def _parsed(pattern: str, required: Collection[str]) -> list[_Part]:
    """Split a pattern into its parts, and refuse what cannot mean anything."""
    where = f"layout {pattern!r}"
    try:
        raw = list(Formatter().parse(pattern))
    except ValueError as error:
        raise UsageError(f"is not well formed ({error})", where=where) from error
    parts = [
        _part(literal, field, spec or "", conversion, where)
        for literal, field, spec, conversion in raw
    ]
    # Several fields are ignored; a pattern's groups need a name each.
    parts = [
        replace(part, name=f"{_IGNORED}{place}") if part.field == _IGNORED else part
        for place, part in enumerate(parts)
    ]
    _require_fields([part.field for part in parts if part.field is not None], required, where)
    if not all(pattern.split("/")):
        raise UsageError("has an empty folder name", where=where, fix="remove the extra slash")
    for before, after in pairwise(parts):
        if not after.literal and before.is_open and after.is_open:
            raise UsageError(
                f"nothing separates {{{before.field}}} from {{{after.field}}}",
                where=where,
                fix=f"give one a width, such as {{{before.field}:3}}",
            )
    return parts


def _part(literal: str, field: str | None, spec: str, conversion: str | None, where: str) -> _Part:
    is_width = _WIDTH.fullmatch(spec) is not None
    if conversion or not (is_width or spec in ("", _SHORT, _LONG)):
        raise UsageError(
            f"fields cannot have a format but a width, {_SHORT} and {_LONG}",
            where=where,
            fix="write {photo} alone, or {photo:3} for three characters",
        )
    preferred = None if is_width else spec or None
    return _Part(literal, field, field, preferred, int(spec) if is_width else None)


def _require_fields(fields: list[str], required: Collection[str], where: str) -> None:
    known = " ".join(f"{{{field}}}" for field in (*FIELDS, _IGNORED))
    for field in fields:
        if field == _IGNORED:
            continue
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
            listed = sorted(_listed(part, codes), key=len, reverse=long)
            letter = _letter(part)
            any_text = f"{letter}+" if long else f"{letter}+?"
            if part.width:
                any_text = f"{letter}{{{part.width}}}"
            text += f"(?P<{part.name}>{'|'.join(map(re.escape, listed)) or any_text})"
    return re.compile(text)


def _letter(part: _Part) -> str:
    """Write a pattern of a character that a field may hold."""
    return "[0-9]" if part.field == "frame" else "[^/]"


def _listed(part: _Part, codes: dict[str, list[str]]) -> list[str]:
    """Give the codes that a field may hold; none where it may hold any text."""
    listed = codes.get(part.field or "", [])
    return [code for code in listed if part.width in (None, len(code))]


def _readings(path: str, parts: list[_Part], codes: dict[str, list[str]]) -> tuple[_Reading, ...]:
    """Give readings of a path that differ in what is not ignored: all of them, or some two.

    The first takes as much as it can, field by field from the left.
    """

    @cache
    def from_here(place: int, start: int) -> tuple[_Reading, ...]:
        if place == len(parts):
            return ((),) if start == len(path) else ()
        part = parts[place]
        if not path.startswith(part.literal, start):
            return ()
        start += len(part.literal)
        if part.field is None:
            return from_here(place + 1, start)
        found: dict[_Reading, None] = {}
        for end in _ends(path, start, part, _listed(part, codes)):
            own = () if part.field == _IGNORED else (path[start:end],)
            found.update(dict.fromkeys((*own, *rest) for rest in from_here(place + 1, end)))
            if len(found) > 1 or (found and part.preferred):
                break
        return tuple(found)[:2]

    return from_here(0, 0)


def _ends(path: str, start: int, part: _Part, listed: list[str]) -> Iterator[int]:
    """Give where a field may end, what is preferred first."""
    run = re.compile(f"{_letter(part)}*").match(path, start)
    last = run.end() if run else start
    if listed:
        ends = sorted(start + len(code) for code in listed if path.startswith(code, start))
    elif part.width:
        ends = [start + part.width] if start + part.width <= last else []
    else:
        ends = list(range(start + 1, last + 1))
    return iter(ends if part.preferred == _SHORT else ends[::-1])
