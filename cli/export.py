"""`lakehouse export`."""

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.errors import UsageError
from lakehouse.exporting.export import ExportSummary
from lakehouse.exporting.export import export as export_tables
from lakehouse.exporting.pair_matrices import MatrixFormat, export_pair_matrices
from lakehouse.exporting.pseudonyms import KEY_VARIABLE, read_key
from lakehouse.paths import WarehousePaths

from .options import AsJson, warehouse
from .output import say, say_json


class Format(StrEnum):
    """Kinds of files."""

    CSV = "csv"
    PARQUET = "parquet"
    ARROW = "arrow"
    RDS = "rds"
    SAV = "sav"
    DTA = "dta"
    XLSX = "xlsx"


class Mark(StrEnum):
    """Decimal marks."""

    DOT = "dot"
    COMMA = "comma"


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="Folder to write to.", file_okay=False)],
    tables: Annotated[
        list[str] | None,
        typer.Argument(help="Tables and views. Default: those that an analysis needs."),
    ] = None,
    format: Annotated[Format, typer.Option(help="Kind of files.")] = Format.CSV,
    query: Annotated[str | None, typer.Option(help="A query whose result to export.")] = None,
    name: Annotated[str, typer.Option(help="Name of the query's file.")] = "query",
    decimal: Annotated[Mark, typer.Option(help="Decimal mark of CSV.")] = Mark.DOT,
    pair_matrices: Annotated[
        bool,
        typer.Option(
            "--pair-matrices",
            help="Write only the 468 × 468 matrices of pair_changes, two files per mask.",
        ),
    ] = False,
    pseudonymize: Annotated[
        bool,
        typer.Option(
            "--pseudonymize",
            help="Replace ids by keyed hashes; remove paths, dates and other traces of the files.",
        ),
    ] = False,
    key_file: Annotated[
        Path | None,
        typer.Option(help=f"File with the key of the pseudonyms. Default: ${KEY_VARIABLE}."),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(help="File for the list of participants and their pseudonyms."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write tables for R, SPSS, Stata, spreadsheets and other programs.

    The folder also gets a codebook, a data package and an R script that loads everything with
    the right types. Only their owner can read the files.

    Example:

        lakehouse export --out tables

        lakehouse export --format rds --out for-r

        lakehouse export scores features_wide --decimal comma --out for-a-spreadsheet

        lakehouse export --query "select * from pav_mask_means" --name means --out means

        lakehouse export --pair-matrices --format parquet --out matrices

        lakehouse export --pseudonymize --key-file ../secret.key --out to-share
    """
    if not pseudonymize and (key_file is not None or mapping is not None):
        raise UsageError("--key-file and --mapping need --pseudonymize", fix="add --pseudonymize")
    if pair_matrices:
        if tables or query is not None or pseudonymize:
            raise UsageError(
                "--pair-matrices writes matrices only, which hold no ids",
                fix="leave out tables, --query and --pseudonymize, or leave out --pair-matrices",
            )
        _show_files(_matrices(warehouse(context), out, format, decimal), as_json=as_json)
        return
    summary = export_tables(
        warehouse(context),
        out,
        format.value,
        tables=tables,
        query=query,
        name=name,
        decimal=decimal.value,
        key=read_key(key_file) if pseudonymize else None,
        mapping=mapping,
    )
    _show_files(summary, as_json=as_json)
    if as_json:
        return
    if pseudonymize:
        say("participants and photographs have pseudonyms; the key is in none of the files")
        say(f"columns removed: {', '.join(summary.dropped) or 'none'}")
    if mapping is not None:
        say(f"{mapping} identifies the participants: keep it apart from the export")
    say(
        f"wrote {len(summary.files)} tables to {out}; codebook.md describes them, load.R loads them"
    )


def _matrices(
    paths: WarehousePaths, folder: Path, file_format: Format, decimal: Mark
) -> ExportSummary:
    if file_format not in (Format.CSV, Format.PARQUET):
        raise UsageError("matrices are CSV or Parquet", fix="choose --format csv or parquet")
    if decimal is Mark.COMMA and file_format is not Format.CSV:
        raise UsageError("--decimal is for CSV", fix=f"leave it out for {file_format}")
    ending: MatrixFormat = "csv" if file_format is Format.CSV else "parquet"
    return export_pair_matrices(paths, folder, ending, decimal=decimal.value)


def _show_files(summary: ExportSummary, *, as_json: bool) -> None:
    if as_json:
        say_json(asdict(summary))
        return
    for file, rows in zip(summary.files, summary.rows, strict=True):
        say(f"{file:34}{rows:>13,} rows")
