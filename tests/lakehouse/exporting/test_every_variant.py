"""Whatever a warehouse holds, every format takes all of it, and gives it back.

A table that is in a variant what it is in the full or in the empty warehouse is tried there only.
"""

import re
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl
import pyreadstat
import pytest
import rdata

from lakehouse.exporting.choices import ExportFormat
from lakehouse.exporting.export import ExportRequest, export
from lakehouse.exporting.tables import exported_by_default
from lakehouse.exporting.variables import legal_names
from lakehouse.paths import WarehousePaths
from tests.lakehouse.exporting.variants import VARIANTS
from tests.once import Once
from tests.tools import require_r

MANY_ROWS: Final = 1000
"""Larger tables are left out where they are not exported by default."""

MORE: Final = [pytest.param(name, marks=pytest.mark.exhaustive) for name in VARIANTS]
STUDIES: Final = ["everything", "nothing", *MORE]


def labelled(read: Callable[..., Any], file: Path) -> pl.DataFrame:
    frame, _ = read(file, apply_value_formats=True, output_format="polars")
    assert isinstance(frame, pl.DataFrame)
    return frame


def sheet(file: Path) -> pl.DataFrame:
    return pl.read_excel(
        file.with_name("lakehouse.xlsx"), sheet_name=file.stem, raise_if_empty=False
    )


READERS: Final[dict[ExportFormat, Callable[[Path], pl.DataFrame]]] = {
    ExportFormat.CSV: partial(pl.read_csv, infer_schema=False),
    ExportFormat.PARQUET: pl.read_parquet,
    ExportFormat.ARROW: pl.read_ipc,
    ExportFormat.RDS: lambda file: pl.from_pandas(rdata.read_rds(file)),
    ExportFormat.SAV: partial(labelled, pyreadstat.read_sav),
    ExportFormat.DTA: partial(labelled, pyreadstat.read_dta),
    ExportFormat.XLSX: sheet,
}


@pytest.fixture
def study(
    request: pytest.FixtureRequest,
    small_warehouse: WarehousePaths,
    empty_warehouse: WarehousePaths,
    once: Once,
) -> WarehousePaths:
    """A warehouse by its name; read only."""
    if request.param in VARIANTS:
        return once(f"variant {request.param}", VARIANTS[request.param].make)
    return {"everything": small_warehouse, "nothing": empty_warehouse}[request.param]


def tables_of(paths: WarehousePaths) -> dict[str, pl.DataFrame]:
    """Give the tables that are exported by default, and all others that are not large."""
    with duckdb.connect(str(paths.database), read_only=True) as connection:
        sizes = connection.execute(
            "select table_name, estimated_size from duckdb_tables() "
            "where schema_name = 'main' order by 1"
        ).fetchall()
        by_default = exported_by_default()
        return {
            name: connection.sql(f'select * from "{name}"').pl()
            for name, rows in sizes
            if name in by_default or rows <= MANY_ROWS
        }


@pytest.fixture(scope="session")
def everywhere(
    small_warehouse: WarehousePaths, empty_warehouse: WarehousePaths
) -> dict[WarehousePaths, dict[str, pl.DataFrame]]:
    """The tables of the two warehouses of which all are tried."""
    return {paths: tables_of(paths) for paths in (small_warehouse, empty_warehouse)}


@pytest.fixture
def tables(
    study: WarehousePaths, everywhere: dict[WarehousePaths, dict[str, pl.DataFrame]]
) -> dict[str, pl.DataFrame]:
    """What is exported of the study, by name."""
    if study in everywhere:
        return everywhere[study]
    own = {
        name: frame
        for name, frame in tables_of(study).items()
        if not any(name in each and alike(frame, each[name]) for each in everywhere.values())
    }
    assert "build_info" in own
    return own


def alike(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    return one.schema == other.schema and one.equals(other)


def known(column: pl.Series) -> pl.Series:
    """Give what there is: programs differ in what an empty text is, and a NaN."""
    column = column.fill_nan(None) if column.dtype.is_float() else column
    texts = column.cast(pl.String).drop_nulls()
    return texts.filter(texts.str.strip_chars(" ") != "")


def in_one_piece(found: pl.DataFrame) -> pl.DataFrame:
    """Put the settings together, which Stata takes in pieces where they are long."""
    pieces = [column for column in found.columns if re.fullmatch(r"settings(_\d+)?", column)]
    whole = found.with_columns(pl.concat_str(pieces).alias("settings"))
    return whole.drop(pieces[1:])


@pytest.mark.slow
@pytest.mark.parametrize("file_format", ExportFormat)
@pytest.mark.parametrize("study", STUDIES, indirect=True)
def test_every_table_comes_back(
    study: WarehousePaths,
    tables: dict[str, pl.DataFrame],
    file_format: ExportFormat,
    tmp_path: Path,
) -> None:
    export(study, tmp_path / "out", ExportRequest(tuple(tables), file_format=file_format))

    for name, expected in tables.items():
        found = READERS[file_format](tmp_path / "out" / f"{name}.{file_format}")
        if file_format == ExportFormat.DTA and name == "build_info":
            found = in_one_piece(found)
        assert found.columns == legal_names(expected.columns), name
        if expected.is_empty():
            assert found.is_empty()
            continue
        assert len(found) == len(expected), name
        for ours, theirs in zip(expected, found, strict=True):
            assert len(known(theirs)) == len(known(ours)), f"{name}.{ours.name}: other gaps"
            if ours.dtype in (pl.String, pl.Boolean):
                levels = known(theirs).n_unique(), known(ours).n_unique()
                assert levels[0] == levels[1], f"{name}.{ours.name}: other values"


COUNT: Final = """
args <- commandArgs(TRUE)
source(file.path(args[1], "load.R"), chdir = TRUE)
for (name in names(tables)) for (column in names(tables[[name]])) {
  values <- tables[[name]][[column]]
  text <- trimws(as.character(values), whitespace = " ")
  there <- !is.na(text) & text != "" & text != "NaN"
  cat(name, column, length(values), sum(there), "\\n")
}
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("study", "file_format"),
    [
        *((study, "csv") for study in ("everything", "nothing")),
        *(pytest.param(study, "csv", marks=pytest.mark.exhaustive) for study in VARIANTS),
        *(("everything", file_format) for file_format in ("rds", "sav", "dta")),
    ],
    indirect=["study"],
)
def test_r_loses_nothing(
    study: WarehousePaths, tables: dict[str, pl.DataFrame], file_format: str, tmp_path: Path
) -> None:
    rscript = require_r(*(["haven"] if file_format in {"sav", "dta"} else []))
    request = ExportRequest(tuple(tables), file_format=ExportFormat(file_format))
    export(study, tmp_path / "out", request)

    counted = subprocess.run(
        [rscript, "-e", COUNT, tmp_path / "out"], capture_output=True, text=True, check=False
    )

    assert counted.returncode == 0, counted.stderr
    found = {
        (table, column): (int(rows), int(there))
        for table, column, rows, there in map(str.split, counted.stdout.splitlines())
    }
    expected = {
        (name, column): (len(values), len(known(values)))
        for name, frame in tables.items()
        for column, values in zip(legal_names(frame.columns), frame, strict=True)
    }
    assert found == expected
