"""What the warehouse holds, read from the database's own catalogue."""

import difflib
import re
from dataclasses import dataclass

import duckdb
import polars as pl

from lakehouse.errors import QueryError
from lakehouse.warehouse.extras import not_built
from lakehouse.warehouse.query import fetch_by
from lakehouse.warehouse.sql_text import quoted, text_literal

_RELATIONS = """
    select table_name as name, 'table' as kind, comment as description from duckdb_tables()
    union all
    select view_name as name, 'view' as kind, comment as description from duckdb_views()
    where not internal
    order by name
"""

# As `Model.comment` and `Model.column_comment` write them.
_KEY = re.compile(r" Key: ([^.]+)\.")
_UNIT = r"^(.*) \[(.*)\]$"


def relations(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """List the warehouse's relations.

    Returns
    -------
    polars.DataFrame
        Columns name, kind ("table" or "view"), rows, key, description; by name.
    """
    listed = fetch_by(connection, _RELATIONS)
    counted = " union all ".join(
        f"select {text_literal(name)} as name, count(*) as rows from {quoted(name)}"  # noqa: S608
        for name in listed["name"]
    )
    rows = fetch_by(connection, counted)
    return listed.join(rows, on="name", maintain_order="left").select(
        "name",
        "kind",
        "rows",
        pl.col("description").str.extract(_KEY.pattern, 1).alias("key"),
        pl.col("description").str.replace(_KEY.pattern, ""),
    )


def macros(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """List the warehouse's macros.

    Returns
    -------
    polars.DataFrame
        Columns name, call (as it is written in a query), description; by name.
    """
    return fetch_by(
        connection,
        "select function_name as name, "
        "function_name || '(' || array_to_string(parameters, ', ') || ')' as call, "
        "comment as description from duckdb_functions() where not internal order by name",
    )


@dataclass(frozen=True, eq=False)
class Description:
    """A relation as the catalogue describes it.

    Parameters
    ----------
    name : str
        Of the relation.
    kind : str
        "table" or "view".
    rows : int
        How many it has; of a view they are counted now.
    description : str
        What a row is, and its source.
    key : tuple of str
        Columns that together name a row.
    columns : polars.DataFrame
        Columns column, type, unit, description; in the relation's order.
    """

    name: str
    kind: str
    rows: int
    description: str
    key: tuple[str, ...]
    columns: pl.DataFrame


def described(connection: duckdb.DuckDBPyConnection, name: str) -> Description:
    """Describe a relation.

    Raises
    ------
    QueryError
        If there is no such relation; the message suggests near names, or what makes it.
    """
    listed = fetch_by(connection, _RELATIONS)
    found = listed.filter(pl.col("name") == name)
    if found.is_empty():
        if missing := not_built(connection, [name]):
            raise QueryError(missing)
        near = difflib.get_close_matches(name, listed["name"].to_list())
        raise QueryError(
            f"there is no relation {name}",
            fix=f"did you mean {', '.join(near)}?" if near else "`lakehouse tables` lists them",
        )
    columns = fetch_by(
        connection,
        "select column_name as column, data_type as type, comment "  # noqa: S608
        f"from duckdb_columns() where table_name = {text_literal(name)} order by column_index",
    ).select(
        "column",
        "type",
        pl.col("comment").str.extract(_UNIT, 2).alias("unit"),
        pl.col("comment").str.extract(_UNIT, 1).alias("description"),
    )
    comment = found["description"].item() or ""
    key = _KEY.search(comment)
    return Description(
        name=name,
        kind=found["kind"].item(),
        rows=fetch_by(connection, f"select count(*) from {quoted(name)}").item(),  # noqa: S608
        description=_KEY.sub("", comment),
        key=tuple(key[1].split(", ")) if key else (),
        columns=columns,
    )
