"""Relations of videos where there are none: made of their columns, their queries left alone.

To plan a query that finds nothing costs more than all else that such a relation needs.
"""

import tomllib
from functools import cache
from importlib.resources import files

import duckdb
from pydantic import TypeAdapter

from lakehouse.warehouse.models import Model
from lakehouse.warehouse.sql_text import quoted, quoted_relation

ANY_VIDEO = "select 1 from source_videos limit 1"
"""Gives a row where the lake has a video."""

_TYPES = TypeAdapter(dict[str, dict[str, str]])


@cache
def types_of_videos() -> dict[str, dict[str, str]]:
    """Read the types of columns of relations whose headers say `videos`.

    Returns
    -------
    dict of str to dict
        DuckDB's types by column, in the relation's order, by the relation's name, with its schema
        unless that is `main`. `python -m tests.types_of_videos` writes them anew.
    """
    text = (files("lakehouse.sql") / "videos.toml").read_text(encoding="utf-8")
    return _TYPES.validate_python(tomllib.loads(text))


def create_empty(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make the table of a model that is about videos, without rows."""
    types = types_of_videos()[model.relation]
    columns = ", ".join(f"{quoted(name)} {kind}" for name, kind in types.items())
    connection.execute(f"create table {quoted_relation(model.relation)} ({columns})")
