"""Reading large tables piece by piece: text with separators, Parquet, and Arrow's own files."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet as pq

from lakehouse.importing.refused import RefusedError
from lakehouse.inputs.delimited_text import find_separator
from lakehouse.inputs.numbers import MISSING
from lakehouse.inputs.shown import listed, short_name, short_value
from lakehouse.system.regular_files import require_regular

TEXT_ENDINGS: Final = (".csv", ".tsv", ".txt", ".tab")
ARROW_ENDINGS: Final = (".parquet", ".feather", ".arrow", ".ipc")

_BLOCK_BYTES: Final = 2**22
_BATCH_ROWS: Final = {True: 256, False: 2**16}
"""By whether the table is wide."""

_HEAD_BYTES: Final = 2**20
"""No header is longer."""

_WIDE: Final = 100
"""Columns."""

_CANNOT: Final = (OSError, pa.ArrowException, UnicodeDecodeError)
"""What reading a damaged file raises, names of columns that are no text included."""

_PLAIN_COMMA: Final = r"^\s*[+-]?[0-9]+,[0-9]+\s*$"


@dataclass(frozen=True, eq=False)
class Batch:
    """Some rows of a table.

    Attributes
    ----------
    frame : polars.DataFrame
        Text as text; other values as the file has them.
    rows : ndarray of int
        Each row's number in a spreadsheet, where the header is row 1.
    """

    frame: pl.DataFrame
    rows: npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Numbers:
    """Columns of a batch as numbers.

    Attributes
    ----------
    values : ndarray of float64, shape (rows, columns)
        NaN where nothing stands, or a word for a missing value such as NA, or no number.
    faults : dict of int to str
        Of places of rows, what stands there instead of a number; the first of each.
    """

    values: npt.NDArray[np.float64]
    faults: dict[int, str]


class Table:
    """A table in a file, read piece by piece.

    Attributes
    ----------
    columns : tuple of str
        Names in the file's order.
    misfits : list of str
        Rows that were passed over because they have another number of values than the header;
        complete once all batches were read.
    opaque : frozenset of str
        Columns of lists, records or bytes, such as pictures, which are no text.

    Raises
    ------
    RefusedError
        If it is no such table, or a column is there twice.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.misfits: list[str] = []
        try:
            require_regular(path)
            is_text = path.suffix.lower() in TEXT_ENDINGS
            self._text = _TextShape.of(path) if is_text else None
            fields = [] if is_text else [*_schema(path)]
            named = tuple(each.name for each in fields)
            self.columns = self._text.columns if self._text else named
            self.opaque = frozenset(each.name for each in fields if _is_opaque(each.type))
        except _CANNOT as error:
            raise RefusedError(f"cannot be read ({_first_line(error)})") from error
        self._require_single([name for name in self.columns if name])

    def batches(self, columns: Sequence[str]) -> Iterator[Batch]:
        """Read some columns, piece by piece.

        Parameters
        ----------
        columns : sequence of str
            Of `columns`. One that is named twice, since it says two things, is read once.

        Raises
        ------
        RefusedError
            If the file is damaged or no text in UTF-8.
        """
        self.misfits.clear()
        columns = list(dict.fromkeys(columns))
        try:
            if self._text is not None:
                yield from self._text_batches(self._text, columns)
            else:
                yield from self._arrow_batches(columns)
        except _CANNOT as error:
            raise RefusedError(f"cannot be read ({_first_line(error)})") from error

    def _require_single(self, names: Sequence[str]) -> None:
        if len({*names}) < len(names):
            twice = next(name for place, name in enumerate(names) if name in names[:place])
            raise RefusedError(f"has two columns {short_name(twice)}")

    def _text_batches(self, text: "_TextShape", columns: Sequence[str]) -> Iterator[Batch]:
        misfit_rows: list[int] = []
        reader = pyarrow.csv.open_csv(
            self.path,
            read_options=pyarrow.csv.ReadOptions(
                # One thread: otherwise nobody knows the numbers of rows that do not fit.
                use_threads=False,
                block_size=_BLOCK_BYTES,
                skip_rows=text.header_row,
                column_names=_unique(text.columns),
            ),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=text.separator,
                ignore_empty_lines=False,
                invalid_row_handler=partial(self._pass_over, misfit_rows),
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                include_columns=list(columns),
                column_types={name: pa.string() for name in columns},
                strings_can_be_null=False,
            ),
        )
        next_row = text.header_row + 1
        for batch in reader:
            rows = np.arange(next_row, next_row + batch.num_rows + len(misfit_rows))
            rows = rows[~np.isin(rows, misfit_rows)][: batch.num_rows]
            next_row = int(rows[-1]) + 1 if len(rows) else next_row
            yield Batch(_frame(batch), rows)

    def _pass_over(self, rows: list[int], row: Any) -> str:
        if row.text.strip():
            found = f"{row.actual_columns:,} values, not {row.expected_columns:,}"
            self.misfits.append(f"{self.path.name}, row {row.number} ({found})")
        rows.append(row.number)
        return "skip"

    def _arrow_batches(self, columns: Sequence[str]) -> Iterator[Batch]:
        next_row = 2
        for batch in _record_batches(self.path, columns, _BATCH_ROWS[len(self.columns) > _WIDE]):
            # Polars takes it for granted that text is UTF-8.
            batch.validate(full=True)
            frame = _frame(batch)
            yield Batch(frame, np.arange(next_row, next_row + len(frame)))
            next_row += len(frame)


def texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Give ids and paths as text, whatever types a program chose for them.

    Returns
    -------
    polars.DataFrame
        Whole numbers without a fraction; null where nothing stands.
    """
    columns = []
    for column in frame:
        if column.dtype.is_float() and (column.drop_nulls() % 1 == 0).all():
            # Programs make fractions of whole numbers where one is missing.
            column = column.cast(pl.Int64)
        columns.append(column.cast(pl.String, strict=False).str.strip_chars())
    return pl.DataFrame(columns).with_columns(pl.all().replace("", None))


def distinct_texts(table: Table, names: Sequence[str]) -> dict[str, list[str | None]]:
    """Give the combinations of texts that some columns have.

    Raises
    ------
    RefusedError
        If the file is damaged.
    """
    batches = [texts(batch.frame).unique() for batch in table.batches(names)]
    return pl.concat(batches).unique().to_dict(as_series=False) if batches else {}


def numbers(frame: pl.DataFrame, names: Sequence[str]) -> Numbers:
    """Read columns as numbers.

    Parameters
    ----------
    names : sequence of str
        Of the columns.
    """
    chosen = frame.select(names)
    cast = chosen.select(pl.all().cast(pl.Float64, strict=False))
    written = [name for name in names if chosen[name].dtype == pl.String]
    empty = (pl.col(written) == "") | pl.col(written).is_null()
    lost = chosen.select(pl.col(written).cast(pl.Float64, strict=False).is_null() & ~empty)
    faults: dict[int, str] = {}
    for name in (name for name in written if lost[name].any()):
        text = chosen[name].str.strip_chars()
        again = text.cast(pl.Float64, strict=False)
        cast = cast.with_columns(again)
        wrong = again.is_null() & ~text.str.to_lowercase().is_in(["", *MISSING])
        for place in wrong.arg_true():
            faults.setdefault(place, _fault(name, text[place]))
    return Numbers(cast.fill_null(np.nan).to_numpy(), faults)


@dataclass(frozen=True, slots=True)
class _TextShape:
    """How the columns of a text are written; its header's row in a spreadsheet."""

    columns: tuple[str, ...]
    separator: str
    header_row: int

    @classmethod
    def of(cls, path: Path) -> "_TextShape":
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        try:
            text = head.decode("utf-8-sig", "strict" if len(head) < _HEAD_BYTES else "ignore")
        except UnicodeDecodeError as error:
            raise RefusedError("is not UTF-8 text; save it as CSV in UTF-8") from error
        separator, start = find_separator(text)
        lines = text[start:].splitlines()
        blank = next((place for place, line in enumerate(lines) if line.strip()), None)
        if blank is None or "\0" in text:
            raise RefusedError("is empty" if blank is None else "is no text")
        try:
            header = next(csv.reader([lines[blank]], delimiter=separator))
        except csv.Error as error:
            raise RefusedError(f"is not valid CSV ({error})") from error
        columns = tuple(name.strip() for name in header)
        return cls(columns, separator, blank + 1 + (start > 0))


def _unique(columns: Sequence[str]) -> list[str]:
    """Name the columns without a name, which are never asked for."""
    return [name or f"\0{place}" for place, name in enumerate(columns)]


def _schema(path: Path) -> pa.Schema:
    if path.suffix.lower() == ".parquet":
        with pq.ParquetFile(path) as file:
            return file.schema_arrow
    with path.open("rb") as file, pa.ipc.open_file(file) as reader:
        return reader.schema


def _is_opaque(kind: pa.DataType) -> bool:
    is_bytes = (
        *(pa.types.is_binary(kind), pa.types.is_large_binary(kind)),
        *(pa.types.is_fixed_size_binary(kind), pa.types.is_binary_view(kind)),
    )
    return any(is_bytes) or pa.types.is_nested(kind) or isinstance(kind, pa.BaseExtensionType)


def _record_batches(path: Path, columns: Sequence[str], rows: int) -> Iterator[pa.RecordBatch]:
    if path.suffix.lower() == ".parquet":
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(rows, columns=list(columns), use_threads=False)
        return
    with path.open("rb") as file, pa.ipc.open_file(file) as reader:
        for place in range(reader.num_record_batches):
            yield reader.get_batch(place).select(list(columns))


def _frame(batch: pa.RecordBatch) -> pl.DataFrame:
    frame = pl.from_arrow(batch)
    if not isinstance(frame, pl.DataFrame):
        raise TypeError("a batch of rows is a frame")
    return frame


def _fault(name: str, text: str | None) -> str:
    text = text or ""
    hint = ""
    if pl.Series([text]).str.contains(_PLAIN_COMMA).item():
        hint = "; write a decimal point"
    return f"{listed([name])} is {short_value(text)}, not a number{hint}"


def _first_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return (str(error).splitlines() or [""])[0][:120]
