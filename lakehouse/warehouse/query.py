"""Answering a query on the warehouse, as a stream of rows or as one table."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import duckdb
import polars as pl
import pyarrow as pa

from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.extras import not_built
from lakehouse.warehouse.interrupts import NO_LIMITS, Limits, stoppable
from lakehouse.warehouse.query_errors import query_errors
from lakehouse.warehouse.questions import relations_of, require_question

BATCH_ROWS = 100_000

_ENGINES_SHARE = 0.6
"""Of a query's memory; what the engine does not count, such as long texts, needs the rest."""

Parameters = Mapping[str, Any]
"""Values for the places in a query that are written `$name`."""

NO_PARAMETERS: Final[Parameters] = {}


@contextmanager
def answered(
    paths: WarehousePaths, query: str, limits: Limits = NO_LIMITS
) -> Iterator[pa.RecordBatchReader]:
    """Answer a query as a stream of Arrow batches, so that memory stays small.

    Parameters
    ----------
    query : str
        One question in DuckDB's SQL: `select`, `from`, `with`, `describe`, `summarize`, `pivot`,
        `explain`. Nothing else is run, and no other file than the database is read.
    limits : Limits
        Nothing, by default, but what the engine allows itself.

    Yields
    ------
    pyarrow.RecordBatchReader
        Columns have different names.

    Raises
    ------
    QueryError
        If there is no database, the query is not one question, it cannot be answered, it is
        interrupted, or exceeds its limits.
    """
    memory = None if limits.memory is None else f"{limits.memory * _ENGINES_SHARE // 1024:.0f}KiB"
    with (
        open_read_only(paths, memory=memory) as connection,
        answered_by(connection, query, limits) as reader,
    ):
        yield reader


@contextmanager
def answered_by(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    limits: Limits = NO_LIMITS,
    parameters: Parameters = NO_PARAMETERS,
) -> Iterator[pa.RecordBatchReader]:
    """Answer a query on a database that is open, as `answered` does.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of the warehouse.
    query : str
        As `answered` takes it.
    limits : Limits
        The memory is what the query may take in all; the engine's own limit is the connection's.

    Yields
    ------
    pyarrow.RecordBatchReader
        Columns have different names.

    Raises
    ------
    QueryError
        As `answered` does, or if a parameter is missing or is not in the query.
    """
    with stoppable(connection, limits), query_errors():
        require_question(connection, query)
        relation = _asked(connection, query, parameters)
        if relation is None:
            raise QueryError("the statement gives no rows", fix="use select or describe")
        _require_names_apart(relation.columns)
        reader = relation.to_arrow_reader(BATCH_ROWS)
        try:
            yield reader
        finally:
            # An answer left unread would keep the database open, and block who opens it next.
            reader.close()


def fetch(paths: WarehousePaths, query: str) -> pl.DataFrame:
    """Answer a query as one table.

    Raises
    ------
    QueryError
        As `answered` does.
    """
    with answered(paths, query) as reader:
        return pl.concat(frames(reader))


def fetch_by(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Parameters = NO_PARAMETERS
) -> pl.DataFrame:
    """Answer a query on a database that is open, as one table.

    Raises
    ------
    QueryError
        As `answered_by` does.
    """
    with answered_by(connection, query, parameters=parameters) as reader:
        return pl.concat(frames(reader))


def frames(reader: pa.RecordBatchReader) -> Iterator[pl.DataFrame]:
    """Give an answer's batches as frames.

    Yields
    ------
    polars.DataFrame
        At least one, empty where the answer is.

    Raises
    ------
    QueryError
        If the query fails half-way.
    """
    empty = True
    for batch in batches(reader):
        empty = False
        yield _frame(pa.Table.from_batches([batch]))
    if empty:
        # Made in another way, an empty table has Arrow load pandas, where that is installed.
        yield _frame(pa.Table.from_batches([], reader.schema))


def batches(reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    """Read an answer on.

    Raises
    ------
    QueryError
        If the query fails half-way, which Arrow reports as an error of reading.
    """
    with query_errors(OSError):
        while True:
            try:
                batch = reader.read_next_batch()
            except StopIteration:
                return
            yield batch


def _asked(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Parameters
) -> duckdb.DuckDBPyRelation | None:
    _require_values(connection, query, parameters)
    try:
        return connection.sql(query, params=dict(parameters) or None)
    except duckdb.CatalogException as error:
        if missing := not_built(connection, relations_of(connection, query)):
            raise QueryError(missing) from error
        raise


def _require_values(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Parameters
) -> None:
    [statement] = connection.extract_statements(query)
    places = set(statement.named_parameters)
    if missing := sorted(places - {*parameters}):
        raise QueryError(
            f"the query has a place ${missing[0]}, and no value for it",
            fix="places are written as $name, and take their values in Python: "
            "study.sql(query, name=…)",
        )
    if idle := sorted({*parameters} - places):
        raise QueryError(
            f"a value is given for {idle[0]}, and the query has no place for it",
            fix=f"write ${idle[0]} where it belongs",
        )


def _require_names_apart(names: list[str]) -> None:
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise QueryError(
            f"several columns are called {', '.join(twice)}", fix="name them apart with `as`"
        )


def _frame(table: pa.Table) -> pl.DataFrame:
    try:
        frame = pl.from_arrow(table)
    except pl.exceptions.PolarsError as error:
        raise QueryError(
            "the answer holds a type that only --format parquet and arrow can give",
            fix="cast it to varchar in the query",
        ) from error
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - a table, never a series
    return frame
