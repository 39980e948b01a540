"""Writing an answer, a batch at a time, in a format for people or programs."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import polars as pl
import pyarrow as pa

from lakehouse.errors import QueryError
from lakehouse.files.replace import replaced_file
from lakehouse.warehouse.choices import AnswerFormat
from lakehouse.warehouse.query import batches, frames


def write_answer(
    reader: pa.RecordBatchReader, file_format: AnswerFormat, output: Path | BinaryIO
) -> int:
    """Write an answer to a file.

    Parameters
    ----------
    file_format : AnswerFormat
        Any but TABLE. CSV and TSV are UTF-8 with a header; JSON is one array of objects,
        JSONL an object a line; Arrow is the IPC file format (Feather 2).
    output : Path or binary file
        What has a path becomes readable by its owner alone.

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
        if not isinstance(output, Path):
            rows = write(reader, output)
            output.flush()
            return rows
        with replaced_file(output, QueryError) as target:
            return write(reader, target)
    except pl.exceptions.PolarsError as error:
        raise QueryError(
            f"{file_format} cannot hold this answer ({error})", fix="choose --format parquet"
        ) from error


def _separated(separator: str) -> Callable[[pa.RecordBatchReader, BinaryIO], int]:
    def write(reader: pa.RecordBatchReader, target: BinaryIO) -> int:
        rows = 0
        for number, frame in enumerate(frames(reader)):
            # Polars makes an error of its own of one that the target raises.
            text = io.BytesIO()
            frame.write_csv(text, include_header=number == 0, separator=separator)
            # Of a view, Python 3.13 complains on the screen where writing fails.
            target.write(text.getvalue())
            rows += len(frame)
        return rows

    return write


def _json(reader: pa.RecordBatchReader, target: BinaryIO) -> int:
    """Write one array of objects, a batch at a time."""
    rows = 0
    for frame in frames(reader):
        if len(frame):
            objects = _plain_numbers(frame).write_json().removeprefix("[").removesuffix("]")
            target.write((",\n" if rows else "[").encode() + objects.encode())
            rows += len(frame)
    target.write(b"]\n" if rows else b"[]\n")
    return rows


def _json_lines(reader: pa.RecordBatchReader, target: BinaryIO) -> int:
    rows = 0
    for frame in frames(reader):
        target.write(_plain_numbers(frame).write_ndjson().encode())
        rows += len(frame)
    return rows


def _plain_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """Make numbers of decimals, which JSON would hold as text."""
    # A sum of integers is a decimal to the engine; it stays a whole number here.
    return frame.with_columns(
        pl.col(name).cast(pl.Float64 if kind.scale else pl.Int128)
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.Decimal)
    )


def _markdown(reader: pa.RecordBatchReader, target: BinaryIO) -> int:
    rows = 0
    for number, frame in enumerate(frames(reader)):
        if number == 0:
            rule = ["---:" if kind.is_numeric() else "---" for kind in frame.schema.values()]
            target.write(_markdown_row([_markdown_cell(name) for name in frame.columns]))
            target.write(_markdown_row(rule))
        for row in frame.iter_rows():
            target.write(_markdown_row([_markdown_cell(value) for value in row]))
        rows += len(frame)
    return rows


def _markdown_row(cells: list[str]) -> bytes:
    return f"| {' | '.join(cells)} |\n".encode()


def _markdown_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    # A line break would end the row, a bar the cell.
    text = " ".join(str(value).splitlines())
    return text.replace("\\", "\\\\").replace("|", "\\|")


def _parquet(reader: pa.RecordBatchReader, target: BinaryIO) -> int:
    # Late: no other format needs it.
    import pyarrow.parquet as pq

    rows = 0
    with pq.ParquetWriter(target, reader.schema, compression="zstd") as writer:
        for batch in batches(reader):
            writer.write_batch(batch)
            rows += batch.num_rows
    return rows


def write_arrow(reader: pa.RecordBatchReader, target: BinaryIO) -> int:
    """Write an Arrow file, a batch at a time.

    Returns
    -------
    int
        Rows written.
    """
    rows = 0
    with pa.ipc.new_file(target, reader.schema) as writer:
        for batch in batches(reader):
            writer.write_batch(batch)
            rows += batch.num_rows
    return rows


_WRITERS: dict[AnswerFormat, Callable[[pa.RecordBatchReader, BinaryIO], int]] = {
    AnswerFormat.CSV: _separated(","),
    AnswerFormat.TSV: _separated("\t"),
    AnswerFormat.JSON: _json,
    AnswerFormat.JSONL: _json_lines,
    AnswerFormat.MARKDOWN: _markdown,
    AnswerFormat.PARQUET: _parquet,
    AnswerFormat.ARROW: write_arrow,
}
