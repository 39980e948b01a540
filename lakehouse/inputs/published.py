"""Reading a published list of points above average and their groups."""

import re
from pathlib import Path
from typing import Final

import polars as pl

from lakehouse.errors import InputError
from lakehouse.inputs.shown import short_value
from lakehouse.inputs.text_tables import read_text_table

POINT_COLUMNS: Final = ("points_above_average", "point")
"""Names of the points' column, most wanted first, in whatever case."""

GROUP_COLUMNS: Final = ("kmean_group", "group_id")
"""Names of the groups' column, which may be absent."""

POINTS: Final = 468
"""Of the face mesh."""

_SCHEMA: Final = {"point": pl.Int16, "group_id": pl.Int32}
# Spreadsheets and data frames write whole numbers with a fraction of zero.
_WHOLE: Final = re.compile(r"([0-9]{1,9})(\.0*)?")


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
    table = read_text_table(file)
    column, group_column = table.find(POINT_COLUMNS), table.find(GROUP_COLUMNS)
    if column is None:
        raise InputError(
            f"has no column {' or '.join(POINT_COLUMNS)}",
            where=file.name,
            fix=table.columns_there,
        )
    problems, found = table.problems(), list[tuple[int, int, int | None]]()
    groups = group_column.values if group_column else (None,) * len(table.rows)
    for row, point, group in zip(table.rows, column.values, groups, strict=True):
        number, group_id = _whole(point), _whole(group)
        if number is None or number >= POINTS:
            said = (
                "no point"
                if point is None
                else f"{column.key} is {short_value(point)}, not a point"
            )
            problems.add(row, f"{said} from 0 to {POINTS - 1}")
        elif group_column and group is not None and group_id is None:
            problems.add(
                row, f"{group_column.key} is {short_value(group)}, not a whole number from 0"
            )
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
