"""Reading a published list of points above average and their groups."""

import re
from pathlib import Path
from typing import Final

import polars as pl

from lakehouse.errors import InputError
from lakehouse.inputs.text_tables import RowProblems, find_column, read_csv_as_text

POINT_COLUMNS: Final = ("points_above_average", "point")
"""Names of the points' column, most wanted first, in whatever case."""

GROUP_COLUMNS: Final = ("kmean_group", "group_id")
"""Names of the groups' column, which may be absent."""

POINTS: Final = 468
"""Of the face mesh."""

_SCHEMA: Final = {"point": pl.Int16, "group_id": pl.Int32}
# Spreadsheets and data frames write whole numbers with a fraction of zero.
_WHOLE: Final = re.compile(r"(\d{1,9})(\.0*)?")


def read_published(file: Path) -> pl.DataFrame:
    """Read a list of points.

    Parameters
    ----------
    file : Path
        CSV (comma, semicolon or tab) with a row per point.

    Returns
    -------
    polars.DataFrame
        Columns point, each once, and group_id, null where the file has none; by point.

    Raises
    ------
    InputError
        If the file cannot be read or has no column of points, or a row has no point of the mesh,
        one that an earlier row has, or a group that is no whole number.
    """
    frame = read_csv_as_text(file)
    column = find_column(frame.columns, POINT_COLUMNS)
    if column is None:
        raise InputError(
            f"has no column {' or '.join(POINT_COLUMNS)}",
            where=file.name,
            fix=f"its columns are {', '.join(frame.columns)}",
        )
    group_column = find_column(frame.columns, GROUP_COLUMNS)
    problems, found = RowProblems(file.name), list[tuple[int, int, int | None]]()
    for row, values in enumerate(frame.iter_rows(named=True)):
        if all(value is None for value in values.values()):
            continue
        point, group = values[column], values[group_column] if group_column else None
        number, group_id = _whole(point), _whole(group)
        if number is None or number >= POINTS:
            said = "no point" if point is None else f"{column} is {point!r}, not a point"
            problems.add(row, f"{said} from 0 to {POINTS - 1}")
        elif group is not None and group_id is None:
            problems.add(row, f"{group_column} is {group!r}, not a whole number from 0")
        else:
            found.append((row, number, group_id))
    problems.add_duplicates(((row, number) for row, number, _ in found), "its point")
    problems.refuse("correct the file")
    if not found:
        raise InputError("holds no point", where=file.name)
    listed = [(number, group_id) for _, number, group_id in found]
    return pl.DataFrame(listed, schema=_SCHEMA, orient="row").sort("point")


def _whole(text: str | None) -> int | None:
    match = _WHOLE.fullmatch(text) if text is not None else None
    return int(match[1]) if match else None
