"""The file in which users assign points of the mesh to muscles, in place of the built-in atlas."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

import pyarrow as pa

from lakehouse.errors import InputError
from lakehouse.inputs.decoding import read_content
from lakehouse.inputs.row_problems import RowProblems
from lakehouse.inputs.shown import short_text, short_value
from lakehouse.inputs.text_tables import TextTable, read_text_table
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.system.names_below import NamesBelow
from lakehouse.system.regular_files import require_regular
from lakehouse.vocabulary import MESH_POINTS

MUSCLES: Final = pa.schema(
    [
        ("muscle", pa.string()),
        ("point", pa.int16()),
        ("side", pa.string()),
        ("muscle_group", pa.string()),
        ("action_unit", pa.string()),
    ]
)
"""Columns of the file and of `source_muscles`."""

SIDES: Final = ("left", "right", "midline")
"""The participant's own."""

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_POINT: Final = re.compile(r"[0-9]{1,9}")
_UNITS: Final = re.compile(r"(AU|AD|M)[0-9]+( (AU|AD|M)[0-9]+)*")
_BLANKS: Final = re.compile(r"\s+")
_ONE_DIGIT: Final = re.compile(r"(AU|AD|M)([0-9])(?![0-9])")

_SETTING: Final = "file in [muscles] of lakehouse.toml"
_FIX: Final = f"correct the file, or remove {_SETTING} to use the built-in atlas"

_Row = dict[str, str | None]


def muscles_file(paths: WarehousePaths, settings: Settings) -> Path | None:
    """Tell where the user's muscles are.

    Returns
    -------
    Path or None
        None where the settings name no file.
    """
    name = settings.muscles.file
    if name is None:
        return None
    try:
        # The settings may spell accents otherwise than the file system does.
        found = NamesBelow(paths.root).find(PurePosixPath(name))
    except OSError:
        # Whoever opens the file says why it cannot be.
        found = None
    return paths.root / (found or name)


def muscles_digest(paths: WarehousePaths, settings: Settings) -> str | None:
    """Hash the user's muscles, to tell whether they have changed.

    Returns
    -------
    str or None
        64 hexadecimal digits; None where the settings name no file, or it cannot be read, which
        is for the build to refuse.
    """
    file = muscles_file(paths, settings)
    try:
        return None if file is None else hashlib.sha256(read_content(file)).hexdigest()
    except InputError:
        return None


def read_muscles(file: Path, sides: Mapping[int, str]) -> pa.Table:
    """Read the user's muscles and refuse what cannot be right.

    Parameters
    ----------
    file : Path
        CSV with the columns of `MUSCLES`, in any order; others are ignored. One row for each
        point of each muscle.
    sides : mapping of int to str
        The side that each point of the mesh lies on.

    Returns
    -------
    pyarrow.Table
        Of the schema `MUSCLES`, in the file's order; units have two digits at least.

    Raises
    ------
    InputError
        If the file is not there, holds no row or lacks a column, or a row has no muscle or
        group, a point that is not of the mesh or lies on another side, a muscle and point that an
        earlier row has, or another group or unit than its muscle has in an earlier row. The
        message names the rows as a spreadsheet numbers them.
    """
    try:
        require_regular(file)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})",
            where=str(file),
            fix=f"correct {_SETTING}, or remove it",
        ) from error
    table = read_text_table(file)
    rows, problems = _rows(table), table.problems()
    for place, row in rows:
        for problem in _problems(row, sides):
            problems.add(place, problem)
    problems.add_duplicates(
        ((place, _key(row)) for place, row in rows), "its muscle with this point"
    )
    for column in ("muscle_group", "action_unit"):
        _add_contradictions(rows, column, problems)
    problems.refuse(_FIX)
    return pa.Table.from_pylist(
        [{**row, "point": int(row["point"] or "")} for _, row in rows], schema=MUSCLES
    )


def _rows(table: TextTable) -> list[tuple[int, _Row]]:
    """Give the rows that hold anything in these columns, with their numbers in the file."""
    found = {name: table.find([name]) for name in MUSCLES.names}
    if missing := [name for name, column in found.items() if column is None]:
        raise InputError(
            f"has no column {', '.join(missing)}",
            where=table.name,
            fix=f"{table.columns_there}; required are {', '.join(found)}",
        )
    values = zip(*(column.values for column in found.values() if column), strict=True)
    rows: list[tuple[int, _Row]] = [
        (number, dict(zip(found, row, strict=True)))
        for number, row in zip(table.rows, values, strict=True)
        if any(row)
    ]
    if not rows:
        raise InputError("holds no muscles, only a header", where=table.name, fix=_FIX)
    for _, row in rows:
        units = _BLANKS.sub(" ", row["action_unit"] or "") or None
        if units is not None and _UNITS.fullmatch(units):
            units = _ONE_DIGIT.sub(r"\g<1>0\2", units)
        row["action_unit"] = units
    return rows


def _problems(row: _Row, sides: Mapping[int, str]) -> list[str]:
    """Say what is wrong with a row by itself."""
    problems = []
    for column in ("muscle", "muscle_group"):
        name = row[column]
        if name is None:
            problems.append(f"no {column}")
        elif not _NAME.fullmatch(name):
            problems.append(
                f"{column} is {short_value(name)}, not lower-case letters, digits and _ after a "
                "letter"
            )
    units = row["action_unit"]
    if units is not None and not _UNITS.fullmatch(units):
        problems.append(f"action_unit is {short_value(units)}, not like AU12 or AU25 AU26")
    return [*problems, *_misplaced(row, sides)]


def _misplaced(row: _Row, sides: Mapping[int, str]) -> list[str]:
    """Say what is wrong with a row's point and side."""
    point, side = row["point"], row["side"]
    problems = []
    if side not in SIDES:
        said = f"side is {short_value(side)}, not left, right or midline" if side else "no side"
        problems.append(said)
    if point is None:
        problems.append("no point")
    elif not _POINT.fullmatch(point) or int(point) >= MESH_POINTS:
        problems.append(
            f"point is {short_value(point)}, not a whole number from 0 to {MESH_POINTS - 1}"
        )
    elif side in SIDES and side != sides[int(point)]:
        problems.append(
            f"side of point {point} is {side}, but it is {sides[int(point)]}, the participant's own"
        )
    return problems


def _key(row: _Row) -> tuple[str, int] | None:
    muscle, point = row["muscle"], row["point"]
    if muscle is None or point is None or not _POINT.fullmatch(point):
        return None
    return muscle, int(point)


def _add_contradictions(rows: list[tuple[int, _Row]], column: str, problems: RowProblems) -> None:
    """Note rows that give a muscle another group or unit than its first row does."""
    first: dict[str, str | None] = {}
    for place, row in rows:
        muscle = row["muscle"]
        if muscle is not None and first.setdefault(muscle, row[column]) != row[column]:
            now, before = (short_text(each or "missing") for each in (row[column], first[muscle]))
            problems.add(
                place, f"{column} of {short_text(muscle)} is {now}, but {before} further up"
            )
