"""`lakehouse export`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.errors import UsageError
from lakehouse.exporting.choices import DecimalMark, ExportFormat
from lakehouse.exporting.export import ExportRequest, ExportSummary, NamedQuery, Pseudonymization
from lakehouse.exporting.export import export as export_tables
from lakehouse.exporting.pair_matrices import export_pair_matrices
from lakehouse.exporting.pseudonyms import KEY_VARIABLE, read_key
from lakehouse.exporting.tables import exported_by_default
from lakehouse.warehouse.catalogue import subjects

from .options import AsJson, foreign, warehouse
from .output import say, say_json, tell


def _default_set() -> str:
    """Tell what is exported where nothing is named: a sentence for each subject."""
    headings = subjects()
    listed: dict[str, list[str]] = {}
    for name in exported_by_default():
        listed.setdefault(headings[name], []).append(name)
    return " ".join(f"{heading}: {', '.join(names)}." for heading, names in listed.items())


def export(
    context: typer.Context,
    out: Annotated[
        Path,
        typer.Option("--out", help="Folder to write to.", file_okay=False, callback=foreign),
    ],
    tables: Annotated[
        list[str] | None,
        typer.Argument(
            help="Tables and views. Default: those that an analysis needs, as far as they were "
            f"built. {_default_set()}"
        ),
    ] = None,
    format: Annotated[ExportFormat, typer.Option(help="Kind of files.")] = ExportFormat.CSV,
    query: Annotated[str | None, typer.Option(help="A query whose result to export.")] = None,
    name: Annotated[str, typer.Option(help="Name of the query's file.")] = "query",
    decimal: Annotated[DecimalMark, typer.Option(help="Decimal mark of CSV.")] = DecimalMark.DOT,
    pair_matrices: Annotated[
        bool,
        typer.Option(
            "--pair-matrices",
            help="Write only the 468 × 468 matrices of pair_changes, two files per mask.",
        ),
    ] = False,
    landmarks: Annotated[
        bool,
        typer.Option(
            "--landmarks",
            help="Add the landmarks to photo_action_units as columns: x_0, y_0, z_0, x_1 …",
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
        typer.Option(
            help="File for the list of participants and their pseudonyms.", callback=foreign
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write tables for R, SPSS, Stata, spreadsheets and other programs.

    The folder also gets a codebook, a data package and an R script that loads everything with
    the right types. Only their owner can read the files. With xlsx, all tables and the codebook
    are sheets of one workbook, lakehouse.xlsx.

    Example:

        lakehouse export --out tables

        lakehouse export --format rds --out for-r

        lakehouse export --format xlsx --out for-excel

        lakehouse export scores features_wide --decimal comma --out for-a-spreadsheet

        lakehouse export --query "select * from pav_mask_means" --name means --out means

        lakehouse export photo_action_units --landmarks --format parquet --out for-python

        lakehouse export --pair-matrices --format parquet --out matrices

        lakehouse export --pseudonymize --key-file ../secret.key --out to-share
    """
    if not pseudonymize and (key_file is not None or mapping is not None):
        raise UsageError("--key-file and --mapping need --pseudonymize", fix="add --pseudonymize")
    if pair_matrices:
        if tables or query is not None or pseudonymize or landmarks:
            raise UsageError(
                "--pair-matrices writes matrices only, which hold no ids",
                fix="leave out tables, --query, --landmarks and --pseudonymize, or leave out "
                "--pair-matrices",
            )
        matrices = export_pair_matrices(warehouse(context), out, format, decimal=decimal)
        _show_files(matrices, as_json=as_json)
        return
    request = ExportRequest(
        tables=tuple(tables or ()),
        query=None if query is None else NamedQuery(query, name),
        file_format=format,
        decimal=decimal,
        pseudonyms=Pseudonymization(read_key(key_file), mapping) if pseudonymize else None,
        landmarks=landmarks,
    )
    summary = export_tables(warehouse(context), out, request)
    _show_files(summary, as_json=as_json)
    for warning in summary.warnings:
        tell(f"warning: {warning}")
    if as_json:
        return
    if pseudonymize:
        say("participants and photographs have pseudonyms; the key is in none of the files")
        say(f"columns removed: {', '.join(summary.dropped) or 'none'}")
    if mapping is not None:
        say(f"{mapping} identifies the participants: keep it apart from the export")
    place = out / summary.files[0] if summary.sheets else out
    say(
        f"wrote {len(summary.rows)} tables to {place}; codebook.md describes them, load.R loads "
        "them"
    )


def _show_files(summary: ExportSummary, *, as_json: bool) -> None:
    if as_json:
        say_json(asdict(summary))
        return
    # What one file holds is told by its sheets.
    names = summary.sheets or summary.files
    for name, rows in zip(names, summary.rows, strict=True):
        say(f"{name:34}{rows:>13,} rows")
