"""What ELAN exports as tab-delimited text or CSV, usually without header.

A row is an annotation: tier, participant, begin, end and duration, each in up to four formats, the
annotation, and perhaps the names of files. With a column per tier there is a header, whose names
for times end in their format in whatever language ELAN speaks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from lakehouse.errors import InputError
from lakehouse.events.sources import Note, Source
from lakehouse.events.times import CLOCK, Unit, lengths, seconds
from lakehouse.events.written import EventFile, WrittenEvent
from lakehouse.ids import folded
from lakehouse.inputs.row_problems import RowProblems
from lakehouse.inputs.text_tables import Column, TextTable

_TIME: Final = re.compile(
    r"(?P<what>.+?) - (?:(?P<clock>hh:mm:ss\.ms)|(?P<s>ss\.msec)|(?P<ms>msec)|(?P<frames>\S.*))"
)
_DURATIONS: Final = frozenset(
    map(folded, ("duration", "durée", "Dauer", "duración", "duração", "duur", "durata", "durada"))
)
_FILES: Final = frozenset(map(folded, ("File Name", "File Path")))
_TIER: Final = "tier"
_PARTICIPANT: Final = "participant"
_NUMBER: Final = re.compile(r"[0-9]+(?P<point>\.[0-9]+)?")
_FRAMES: Final = re.compile(r"[0-9]+:[0-9]+:[0-9]+[:;][0-9]+")
_IS_FILE: Final = re.compile(r".*\.(eaf|pfsx)", re.IGNORECASE)
_ID: Final = re.compile(r"\s*\[a[0-9]+\]$")
_MEDIUM: Final = re.compile(r"(?P<path>.*?) -- offset: (?P<offset>-?[0-9]+).*")
_FINEST: Final = ("ms", "s", "clock")
_Found = TypeVar("_Found")


@dataclass(frozen=True, eq=False)
class _Time:
    """A column of times, and how they are written."""

    column: Column
    form: str

    @property
    def unit(self) -> Unit:
        return "ms" if self.form == "ms" else "s"


@dataclass(frozen=True, eq=False)
class _Layout:
    """Which column holds what."""

    begin: _Time
    end: _Time | None
    duration: _Time | None
    values: tuple[Column, ...]
    tier: Column | None = None
    participant: Column | None = None
    files: tuple[Column, ...] = ()


def read_elan(source: Source) -> EventFile | None:
    """Read what ELAN has exported; None if it is something else.

    Raises
    ------
    InputError
        If no column tells when annotations begin in a format that is read.
    """
    layout = _with_header(source.table) if source.has_header else _without_header(source.table)
    if layout is None:
        return None
    table = source.table
    problems = table.problems()
    onsets = seconds(table, layout.begin.column, layout.begin.unit, problems)
    nothing: list[float | None] = [None] * len(table.rows)
    times = layout.duration or layout.end
    others = seconds(table, times.column, times.unit, problems) if times else nothing
    durations = others if layout.duration else lengths(onsets, others)
    events = []
    for place, row in enumerate(table.rows):
        videos = _videos(layout, place, source, problems)
        for words in _annotations(layout, place):
            who = layout.participant.values[place] if layout.participant else None
            events.append(
                WrittenEvent(
                    row=row,
                    participants=(who,) if who else (),
                    videos=videos,
                    onset_s=onsets[place],
                    duration_s=durations[place],
                    words=words,
                )
            )
    return EventFile(table.name, "ELAN", tuple(events), problems, annotated=True, told=table.told)


def _annotations(layout: _Layout, place: int) -> Iterator[tuple[str, ...]]:
    """Give what each annotation of a row may say: its value, or else its tier."""
    tier = layout.tier.values[place] if layout.tier else None
    for column in layout.values:
        if value := column.values[place]:
            yield _ID.sub("", value), tier or (column.name if len(layout.values) > 1 else value)


def _videos(layout: _Layout, place: int, source: Source, problems: RowProblems) -> tuple[str, ...]:
    """Tell what may name the video of a row: its files, lines before it, the file's own name."""
    row = source.table.rows[place]
    named = [each.values[place] for each in layout.files]
    before = [] if any(named) else _block(source.notes, row)
    for note in before:
        medium = _MEDIUM.fullmatch(note.text)
        if medium and int(medium["offset"]) and note is before[0]:
            problems.add(
                row,
                f"its video has an offset of {medium['offset']} ms in ELAN; set it to 0 and "
                "export again, so that times are those of the video",
            )
        named.append(medium["path"] if medium else note.text)
    return tuple(each for each in (*named, source.stem) if each)


def _block(notes: Sequence[Note], row: int) -> list[Note]:
    """Give the lines that stand together before a row, the nearest such block."""
    block: list[Note] = []
    for note in reversed([each for each in notes if each.row < row]):
        if block and block[0].row - note.row > 1:
            break
        block.insert(0, note)
    # Media say more than the name of the annotations' file.
    return sorted(block, key=lambda note: _MEDIUM.fullmatch(note.text) is None)


def _with_header(table: TextTable) -> _Layout | None:
    times: dict[str, list[_Time]] = {}
    rest: list[Column] = []
    for column in table.columns:
        if (found := _TIME.fullmatch(column.name)) is None:
            rest.append(column)
            continue
        form = next(each for each in (*_FINEST, "frames") if found[each])
        times.setdefault(folded(found["what"]), []).append(_Time(column, form))
    if not any(time.form != "frames" for each in times.values() for time in each):
        return None
    spans = [name for name in times if name not in _DURATIONS]
    durations = [name for name in times if name in _DURATIONS]
    if not spans:
        raise InputError(
            "has no column that tells when annotations begin",
            where=table.name,
            fix="choose the begin time when exporting from ELAN",
        )
    begin, *ends = (_finest(table, times[each]) for each in spans)
    lasting = [_finest(table, times[each]) for each in durations]
    known = {each.key: each for each in rest}
    files = tuple(each for each in rest if folded(each.name) in _FILES)
    tier, who = known.get(_TIER), known.get(_PARTICIPANT)
    values = tuple(each for each in rest if each not in (tier, who, *files))
    return _Layout(begin, _first(ends), _first(lasting), values, tier, who, files)


def _finest(table: TextTable, times: Sequence[_Time]) -> _Time:
    for form in _FINEST:
        for time in times:
            if time.form == form:
                return time
    raise InputError(
        "counts times in frames",
        where=table.name,
        fix="choose hh:mm:ss.ms, ss.msec or msec when exporting from ELAN",
    )


def _without_header(table: TextTable) -> _Layout | None:
    forms = [_form(column) for column in table.columns]
    first = next((place for place, form in enumerate(forms) if form), None)
    if first is None or first > 2:
        return None
    last = first
    while last < len(forms) and forms[last]:
        last += 1
    times = [
        _Time(column, form or "")
        for column, form in zip(table.columns[first:last], forms[first:last], strict=True)
    ]
    after = table.columns[last:]
    files = tuple(each for each in after if any(map(_is_file, each.cells)))
    values = tuple(each for each in after if each not in files)[:1]
    form = next((each for each in _FINEST if any(time.form == each for time in times)), None)
    if form is None or not values:
        return None
    # Times come in this order, and each in the same formats.
    begin, *others = (each for each in times if each.form == form)
    before = table.columns[:first]
    return _Layout(
        begin,
        _first(others),
        _first(others[1:]),
        values,
        _first(before),
        _first(before[1:]),
        files,
    )


def _first(found: Sequence[_Found]) -> _Found | None:
    return found[0] if found else None


def _form(column: Column) -> str | None:
    """Tell how a column's times are written; None if it holds other things."""
    cells = [cell for cell in column.cells if cell]
    if not cells:
        return None
    if all(map(CLOCK.fullmatch, cells)):
        return "clock"
    if all(map(_FRAMES.fullmatch, cells)):
        return "frames"
    found = [_NUMBER.fullmatch(cell) for cell in cells]
    if not all(found):
        return None
    # ELAN writes seconds with a point, whole ones too, and milliseconds without.
    points = [each["point"] is not None for each in found if each]
    return "s" if all(points) else "ms" if not any(points) else None


def _is_file(cell: str | None) -> bool:
    return cell is not None and _IS_FILE.fullmatch(cell) is not None
