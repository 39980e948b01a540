"""What is exported: relations or a query, as SQL whose columns every format takes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

import duckdb
import pyarrow as pa

from lakehouse.errors import QueryError, UsageError
from lakehouse.exporting.pseudonyms import IDENTIFYING, PSEUDONYMIZED, pseudonyms
from lakehouse.exporting.variables import Variable, describe_variables, key_of
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.extras import comments
from lakehouse.warehouse.interrupts import stoppable
from lakehouse.warehouse.models import load_models
from lakehouse.warehouse.query_errors import query_errors
from lakehouse.warehouse.questions import relations_of, require_question
from lakehouse.warehouse.sql_text import quoted, quoted_relation, text_literal

MEMORY: Final = "240MB"
"""Of the engine; what is more goes to the disk."""

_SORTED_ROWS: Final = 1_000_000
"""A longer table is left in the order it is stored in."""


@dataclass(frozen=True)
class Table:
    """A table to be exported.

    Parameters
    ----------
    name : str
        Of its file, without ending.
    query : str
        Gives its rows, with the variables' names as columns.
    variables : tuple of Variable
    key : tuple of str
        Names of the variables that together name a row; empty for a query.
    description : str
        The relation's comment; empty for a query.
    dropped : tuple of str
        Columns that are left out of a pseudonymized export.
    """

    name: str
    query: str
    variables: tuple[Variable, ...]
    key: tuple[str, ...]
    description: str
    dropped: tuple[str, ...]


@dataclass(frozen=True)
class _Wanted:
    """What is to be exported, before anything is known of its columns.

    Parameters
    ----------
    name : str
        Of the table's file, without ending.
    query : str
        Gives the rows, before pseudonyms.
    relations : list of str
        Those that it reads, whose columns are described.
    description : str
        The relation's comment; empty for a query.
    key : list of str
        Columns; empty for a query.
    """

    name: str
    query: str
    relations: list[str]
    description: str
    key: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Pseudonyms:
    """Pseudonyms by kind (participant, photo) and id."""

    given: dict[str, dict[str, str]] = field(default_factory=dict)


@contextmanager
def export_connection(
    paths: WarehousePaths, folder: Path, *, wide: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse so that nothing can be written but into one folder.

    Parameters
    ----------
    wide : bool
        Whether a table of more than a thousand columns is to be written: each thread of the engine
        would hold thousands of its rows in memory.

    Raises
    ------
    QueryError
        As `open_read_only` does, and for whatever the engine reports.
    """
    with (
        open_read_only(
            paths, writable=folder, memory=MEMORY, threads=1 if wide else None
        ) as connection,
        stoppable(connection),
        query_errors(),
    ):
        yield connection


def draw_pseudonyms(connection: duckdb.DuckDBPyConnection, key: bytes) -> Pseudonyms:
    """Give every participant and photograph of the warehouse a pseudonym.

    They are held in the connection as the temporary relations `pseudonyms_participant` and
    `pseudonyms_photo`.
    """
    given = {}
    for kind, query in (
        ("participant", "select participant from participants"),
        ("photo", "select distinct photo from photos"),
    ):
        ids = [value for (value,) in connection.execute(query).fetchall()]
        given[kind] = pseudonyms(ids, key, kind)
        table = pa.table(
            {"id": pa.array(given[kind].keys(), pa.string())}
            | {"pseudonym": pa.array(given[kind].values(), pa.string())}
        )
        connection.register(f"pseudonyms_{kind}", table)
    return Pseudonyms(given)


def exported_by_default() -> list[str]:
    """List the relations that are exported where none is named, as their headers say.

    Returns
    -------
    list of str
        In the order of an export.
    """
    placed = [(model.header.export, model.name) for model in load_models()]
    return [name for place, name in sorted((place or 0, name) for place, name in placed) if place]


def tables_named(
    connection: duckdb.DuckDBPyConnection,
    names: list[str],
    *,
    pseudonymized: bool,
    queries: Mapping[str, str] = MappingProxyType({}),
) -> list[Table]:
    """Prepare relations for export.

    Parameters
    ----------
    names : list of str
        None means those of `exported_by_default` that the warehouse has.
    pseudonymized : bool
        Whether `draw_pseudonyms` was called, and its pseudonyms are to stand for ids.
    queries : mapping of str to str
        What gives the rows of some of them, where that is more than the relation.

    Raises
    ------
    QueryError
        If the warehouse has no such relation.
    """
    known = comments(connection)
    for name in names:
        if name not in known:
            # The engine's own words suggest the nearest name.
            connection.sql(f"select * from {quoted_relation(name)}")  # noqa: S608
            raise QueryError(f"there is no relation {name}")
    wanted = names or [name for name in exported_by_default() if name in known]
    return [
        _table(
            connection,
            _Wanted(
                name.replace(".", "_"),
                queries.get(name, f"select * from {quoted_relation(name)}"),  # noqa: S608
                [name.rpartition(".")[2]],
                known[name] or "",
                key_of(known[name] or ""),
            ),
            pseudonymized=pseudonymized,
        )
        for name in wanted
    ]


def table_of_query(
    connection: duckdb.DuckDBPyConnection, name: str, query: str, *, pseudonymized: bool
) -> Table:
    """Prepare a query's answer for export.

    Parameters
    ----------
    name : str
        Of its file.
    pseudonymized : bool
        As in `tables_named`.

    Raises
    ------
    QueryError
        If it is not one question, or cannot be answered.
    """
    require_question(connection, query)
    text = query.strip().rstrip(";")
    # A query can name people.
    description = "The answer to a query." if pseudonymized else f"The answer to: {text}"
    wanted = _Wanted(name, text, sorted(relations_of(connection, text)), description)
    return _table(connection, wanted, pseudonymized=pseudonymized)


def require_no_ids(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make sure that no id of a participant stands in a pseudonymized table.

    Raises
    ------
    UsageError
        If a text column still holds one, or a column is called by one; it names the table.
    """
    known = connection.execute("select id from pseudonyms_participant").fetchall()
    if {each.column for each in table.variables} & {participant for (participant,) in known}:
        raise UsageError(
            f"{table.name} has columns named after participants' ids",
            fix="change the query so that each participant is a row",
        )
    text = [each for each in table.variables if each.type == "VARCHAR"]
    for each in text:
        column = quoted(each.name)
        [(found,)] = connection.execute(
            f"select count(*) from ({table.query}) as exported "  # noqa: S608
            f"inner join pseudonyms_participant on exported.{column} = pseudonyms_participant.id"
        ).fetchall()
        if found:
            raise UsageError(
                f"column {each.column} of {table.name} holds ids of participants",
                fix="name it participant, so that the ids are replaced, or leave it out",
            )


def _table(connection: duckdb.DuckDBPyConnection, wanted: _Wanted, *, pseudonymized: bool) -> Table:
    relation = connection.sql(wanted.query)
    types = {
        column: str(kind) for column, kind in zip(relation.columns, relation.types, strict=True)
    }
    if len(types) < len(relation.columns):
        raise QueryError("several columns have the same name", fix="name them apart with `as`")
    dropped = tuple(column for column in types if pseudonymized and column in IDENTIFYING)
    kept = {column: kind for column, kind in types.items() if column not in dropped}
    variables = describe_variables(connection, kept, wanted.relations)
    if not variables:
        raise UsageError(
            f"every column of {wanted.name} could identify people, so nothing is left to export"
        )
    variables = [_with_complete_levels(connection, wanted.query, each) for each in variables]
    names = {each.column: each.name for each in variables}
    projection = ", ".join(_column(each, pseudonymized) for each in variables)
    answer = f"select {projection} from ({wanted.query}) as exported"  # noqa: S608
    listed = [names[column] for column in wanted.key if column in names]
    key = tuple(listed) if len(listed) == len(wanted.key) else ()
    if key and (pseudonymized or _rows(connection, wanted.query) <= _SORTED_ROWS):
        # By the pseudonyms, not by the ids they stand for: the order would give those away.
        order = ", ".join(quoted(column) for column in key)
        answer = f"select * from ({answer}) as answer order by {order}"  # noqa: S608
    return Table(wanted.name, answer, tuple(variables), key, wanted.description, dropped)


def _column(variable: Variable, pseudonymized: bool) -> str:
    column, name = f"exported.{quoted(variable.column)}", quoted(variable.name)
    if pseudonymized and variable.column in PSEUDONYMIZED and variable.type == "VARCHAR":
        listed = f"pseudonyms_{variable.column}"
        column = f"(select pseudonym from {listed} where id = {column})"  # noqa: S608
    return f"{column} as {name}"


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    [(rows,)] = connection.execute(f"select count(*) from ({query})").fetchall()  # noqa: S608
    return int(rows)


def _with_complete_levels(
    connection: duckdb.DuckDBPyConnection, query: str, variable: Variable
) -> Variable:
    """Take a variable's levels away where it has other values too, such as `all expressions`."""
    words = [level.value for level in variable.levels if isinstance(level.value, str)]
    if not words:
        return variable
    column, listed = quoted(variable.column), ", ".join(map(text_literal, words))
    [(others,)] = connection.execute(
        f"select count({column}) from ({query}) as exported where {column} not in ({listed})"  # noqa: S608
    ).fetchall()
    return replace(variable, levels=()) if others else variable
