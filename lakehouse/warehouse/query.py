"""Answering a query on the warehouse, in a format to read or to save."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.parts import not_built

FileFormat = Literal["csv", "json", "parquet"]

_BATCH_ROWS = 100_000


@contextmanager
def answered(paths: WarehousePaths, query: str) -> Iterator[pa.RecordBatchReader]:
    """Answer a query as a stream of Arrow batches, so that memory stays small.

    Parameters
    ----------
    paths : WarehousePaths
    query : str
        One statement of DuckDB's SQL. It can read the warehouse and change nothing.

    Yields
    ------
    pyarrow.RecordBatchReader

    Raises
    ------
    QueryError
        If there is no database or the query cannot be answered.
    """
    with open_read_only(paths) as connection, _query_errors(connection, query):
        relation = connection.sql(query)
        if relation is None:
            raise QueryError("the statement gives no rows", fix="ask with select or describe")
        reader = relation.to_arrow_reader(_BATCH_ROWS)
        try:
            yield reader
        finally:
            # An answer left unread would keep the database open, and block who opens it next.
            reader.close()


@contextmanager
def _query_errors(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[None]:
    """Turn what goes wrong in the engine into one line; while rows stream, Arrow reports it."""
    try:
        yield
    except duckdb.CatalogException as error:
        raise QueryError(_not_built(connection, query) or str(error)) from error
    except (duckdb.Error, pa.ArrowException) as error:
        raise QueryError(str(error)) from error


def _not_built(connection: duckdb.DuckDBPyConnection, query: str) -> str | None:
    """Say whether a query names what belongs to a part that was not built."""
    try:
        return not_built(connection, connection.get_table_names(query))
    except duckdb.Error:  # something else is wrong with the query
        return None


def fetch(paths: WarehousePaths, query: str) -> pl.DataFrame:
    """Answer a query as one table.

    Parameters
    ----------
    paths : WarehousePaths
    query : str

    Returns
    -------
    polars.DataFrame

    Raises
    ------
    QueryError
        As `answered` does.
    """
    with answered(paths, query) as reader:
        return pl.concat(_frames(reader))


def write_answer(reader: pa.RecordBatchReader, file_format: FileFormat, output: Path | None) -> int:
    """Write an answer to a file or to standard output.

    Parameters
    ----------
    reader : pyarrow.RecordBatchReader
    file_format : {"csv", "json", "parquet"}
    output : Path or None
        None for standard output.

    Returns
    -------
    int
        Rows written.

    Raises
    ------
    QueryError
        If the file cannot be written, or the format cannot hold the answer's types.
    """
    write = _WRITERS[file_format]
    try:
        if output is None:
            rows = write(reader, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return rows
        with _written_whole(output) as target:
            return write(reader, target)
    except pl.exceptions.PolarsError as error:
        raise QueryError(
            f"{file_format} cannot hold this answer ({error})", fix="choose --format parquet"
        ) from error


@contextmanager
def _written_whole(output: Path) -> Iterator[BinaryIO]:
    """Write a file under a temporary name; it gets its own once it is complete."""
    temporary = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("xb") as target:
            yield target
        temporary.replace(output)
    except OSError as error:
        raise QueryError(f"cannot be written ({error.strerror})", where=str(output)) from error
    finally:
        temporary.unlink(missing_ok=True)


def _csv(reader: pa.RecordBatchReader, target: BinaryIO) -> int:
    rows = 0
    frames = _frames(reader)
    for number, frame in enumerate(frames):
        frame.write_csv(target, include_header=number == 0)
        rows += len(frame)
    return rows


def _json(reader: pa.RecordBatchReader, target: BinaryIO) -> int:
    """Write one array of objects, a batch at a time."""
    rows = 0
    for frame in _frames(reader):
        if len(frame):
            numbers = frame.with_columns(pl.col(pl.Decimal).cast(pl.Float64))
            whole = [
                name
                for name, kind in frame.schema.items()
                if isinstance(kind, pl.Decimal) and kind.scale == 0
            ]
            # A sum of integers is a decimal to the engine; it stays a whole number here.
            numbers = numbers.with_columns(frame.select(pl.col(whole).cast(pl.Int128)))
            objects = numbers.write_json().removeprefix("[").removesuffix("]")
            target.write((",\n" if rows else "[").encode() + objects.encode())
            rows += len(frame)
    target.write(b"]\n" if rows else b"[]\n")
    return rows


def _parquet(reader: pa.RecordBatchReader, target: BinaryIO) -> int:
    rows = 0
    with pq.ParquetWriter(target, reader.schema, compression="zstd") as writer:
        for batch in _batches(reader):
            writer.write_batch(batch)
            rows += batch.num_rows
    return rows


def _frames(reader: pa.RecordBatchReader) -> Iterator[pl.DataFrame]:
    """Give the batches as frames; at least one, empty where the answer is."""
    empty = True
    for batch in _batches(reader):
        empty = False
        yield _frame(pa.Table.from_batches([batch]))
    if empty:
        yield _frame(reader.schema.empty_table())


def _batches(reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    """Read on; that the query fails half-way comes from Arrow as an OSError."""
    while True:
        try:
            batch = reader.read_next_batch()
        except StopIteration:
            return
        except OSError as error:
            raise QueryError(str(error)) from error
        yield batch


def _frame(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - a table, never a series
    return frame


_WRITERS: dict[str, Callable[[pa.RecordBatchReader, BinaryIO], int]] = {
    "csv": _csv,
    "json": _json,
    "parquet": _parquet,
}
