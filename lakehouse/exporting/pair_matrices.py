"""The matrices of pairs, a file per mask and measure, as in the paper."""

from pathlib import Path
from typing import BinaryIO, Final

import polars as pl

from lakehouse.errors import UsageError
from lakehouse.exporting.choices import DecimalMark, ExportFormat
from lakehouse.exporting.export import ExportSummary
from lakehouse.exporting.file_format import FileFormat
from lakehouse.exporting.formats import format_of
from lakehouse.files.folders import make_private
from lakehouse.files.parquet import write_table
from lakehouse.files.replace import replaced_file
from lakehouse.files.safe_names import safe_name
from lakehouse.paths import WarehousePaths
from lakehouse.vocabulary import MESH_POINTS
from lakehouse.warehouse.query import fetch
from lakehouse.warehouse.sql_text import text_literal

FORMATS: Final = (ExportFormat.CSV, ExportFormat.PARQUET)

MEASURES: Final = ("mean_change", "mean_abs_change", "sd_change")

_MASKS: Final = "select distinct mask from pair_changes order by mask"
_MATRIX: Final = """
    select point_a, point_b, mean_change, mean_abs_change, sd_change
    from pair_changes
    where mask = {mask}
    order by point_a, point_b
"""


def export_pair_matrices(
    paths: WarehousePaths,
    folder: Path,
    file_format: ExportFormat = ExportFormat.CSV,
    *,
    decimal: DecimalMark = DecimalMark.DOT,
) -> ExportSummary:
    """Write each mask's 468 × 468 matrices of changes.

    Parameters
    ----------
    folder : Path
        Made if it is not there. Files of these names are replaced; they are readable by their
        owner alone.
    file_format : ExportFormat
        One of `FORMATS`.

    Raises
    ------
    QueryError
        If the pairs were not built.
    UsageError
        If there are none, or the format is no such.
    LakeError
        If a file cannot be written.
    """
    if file_format not in FORMATS:
        raise UsageError("matrices are CSV or Parquet", fix="choose --format csv or parquet")
    known = format_of(file_format, decimal)
    masks = fetch(paths, _MASKS)["mask"].to_list()
    if not masks:
        raise UsageError(
            "the warehouse has no masks to compare with a neutral one",
            where=str(paths.database),
            fix="see `lakehouse status`",
        )
    make_private(folder)
    written = []
    for mask in masks:
        rows = fetch(paths, _MATRIX.format(mask=text_literal(mask)))
        for measure in MEASURES:
            file = f"{safe_name(mask)}_{measure}.{file_format}"
            with replaced_file(folder / file) as target:
                _write(_matrix(rows, measure), target, known)
            written.append(file)
    return ExportSummary(folder, tuple(written), (MESH_POINTS,) * len(written), ())


def _matrix(rows: pl.DataFrame, measure: str) -> pl.DataFrame:
    """Lay a measure out: a row per point, and a column per point beside its number."""
    values = rows[measure].to_numpy().reshape(MESH_POINTS, MESH_POINTS)
    points = pl.Series("point", range(MESH_POINTS), dtype=pl.Int16)
    columns = pl.DataFrame(
        values, schema=[str(point) for point in range(MESH_POINTS)], nan_to_null=True
    )
    return pl.DataFrame([points]).hstack(columns)


def _write(matrix: pl.DataFrame, target: BinaryIO, file_format: FileFormat) -> None:
    if file_format.dialect is None:
        write_table(matrix.to_arrow(), target)
        return
    matrix.write_csv(
        target,
        separator=file_format.dialect.separator,
        decimal_comma=file_format.dialect.decimal_mark == ",",
        null_value="",
    )
