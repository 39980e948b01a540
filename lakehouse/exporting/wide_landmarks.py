"""The landmarks of a photograph as columns, beside its action units and pose."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import duckdb
import numpy as np
import polars as pl

from lakehouse.errors import UsageError
from lakehouse.exporting.tables import Table
from lakehouse.exporting.variables import Variable
from lakehouse.vocabulary import ALL_POINTS
from lakehouse.warehouse.sql_text import quoted

RELATION: Final = "photo_action_units"
"""The relation that the columns are added to."""

NUMBERED: Final = f"""
    select {RELATION}.*, photos.photo_index
    from {RELATION}
    inner join photos using (participant, expression, supervised, photo)
"""  # noqa: S608
"""Its rows with the numbers of their photographs, by which their landmarks are found."""

_NUMBER: Final = "photo_index"
_WIDE: Final = "wide_landmarks"
_LIST: Final = "coordinates"
"""One list for each photograph: in a table of as many columns the engine would need a block of
memory for each, and to sort them more than a gigabyte."""
_AT_ONCE: Final = 512
"""Photographs."""
_AXES: Final = {"x": "to the right", "y": "downwards", "z": "depth, smaller is nearer"}
_COLUMNS: Final = {
    f"{axis}_{point}": f"point {point}, {meaning}"
    for point in range(ALL_POINTS)
    for axis, meaning in _AXES.items()
}


def with_landmarks(connection: duckdb.DuckDBPyConnection, table: Table) -> Table:
    """Add the landmarks to a table of photographs.

    Parameters
    ----------
    table : Table
        Of the query `NUMBERED`, perhaps with pseudonyms.

    Returns
    -------
    Table
        With the columns x_0, y_0, z_0, x_1 and so on, in pixels of the upright photograph; null
        where the landmarks came without a point or without depth. Its rows are held in the
        connection as a temporary table, whose larger part the engine keeps on the disk.

    Raises
    ------
    UsageError
        If the warehouse was built without landmarks.
    """
    if connection.execute("select count(*) from internal.photo_points").fetchall() == [(0,)]:
        raise UsageError(
            "the database holds no landmarks",
            fix="set landmarks = true under [database] in lakehouse.toml and build again, or leave "
            "out --landmarks",
        )
    photos = connection.sql(table.query).pl()
    for number, batch in enumerate(photos.iter_slices(_AT_ONCE)):
        wide = batch.drop(_NUMBER).hstack([_coordinates(connection, batch[_NUMBER].to_list())])
        connection.register("batch", wide)
        into = f"insert into {_WIDE}" if number else f"create temp table {_WIDE} as"
        connection.execute(f"{into} select * from batch")  # noqa: S608
        connection.unregister("batch")
    kept = [each for each in table.variables if each.column != _NUMBER]
    added = [
        Variable(name, name, "DOUBLE", meaning, "px", (), "landmarks")
        for name, meaning in _COLUMNS.items()
    ]
    columns = [
        *(quoted(each.name) for each in kept),
        *(f"{_LIST}[{place}] as {name}" for place, name in enumerate(_COLUMNS, start=1)),
    ]
    query = f"select {', '.join(columns)} from {_WIDE}"  # noqa: S608
    return replace(table, query=query, variables=(*kept, *added))


def _coordinates(connection: duckdb.DuckDBPyConnection, photos: Sequence[int]) -> pl.Series:
    """List the coordinates of some photographs' landmarks, in the order of the columns."""
    found = connection.sql(
        f"select {_NUMBER}, point, x, y, z from internal.photo_points "  # noqa: S608
        f"where {_NUMBER} in (select unnest($1))",
        params=[photos],
    ).pl()
    places = {photo: place for place, photo in enumerate(photos)}
    rows = found[_NUMBER].replace_strict(places, return_dtype=pl.Int64).to_numpy()
    spread = np.full((len(photos), ALL_POINTS, len(_AXES)), np.nan)
    spread[rows, found["point"].to_numpy()] = found.select(*_AXES).to_numpy()
    flat = pl.Series(_LIST, spread.ravel(), nan_to_null=True)
    return flat.reshape((len(photos), len(_COLUMNS)))
