"""Exporting: tables, and beside them the codebook, the data package and the R script."""

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

import duckdb

from lakehouse.errors import InputError, UsageError
from lakehouse.exporting import plain, statistical
from lakehouse.exporting.codebook import (
    CREATOR,
    ExportedFile,
    codebook_csv,
    codebook_markdown,
    data_package,
)
from lakehouse.exporting.plain import Decimal
from lakehouse.exporting.r_script import r_script
from lakehouse.exporting.source import (
    Pseudonyms,
    Table,
    draw_pseudonyms,
    export_connection,
    require_no_ids,
    table_of_query,
    tables_named,
)
from lakehouse.files.new import created, write_new
from lakehouse.files.staging import staged
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.sql_text import quoted

ExportFormat = Literal["csv", "parquet", "arrow", "rds", "sav", "dta", "xlsx"]
FORMATS: Final[tuple[ExportFormat, ...]] = get_args(ExportFormat)

PACKAGE: Final = "datapackage.json"
CODEBOOK: Final = "codebook"

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
"""Of a query's file: one that R takes as it is, and that leads to no other folder."""
_NAME_LENGTH: Final = 100


@dataclass(frozen=True)
class ExportSummary:
    """What was written.

    Parameters
    ----------
    folder : Path
    files : tuple of str
        Names of the tables' files.
    rows : tuple of int
        Of each.
    dropped : tuple of str
        Columns left out because they could identify people, as `table.column`.
    """

    folder: Path
    files: tuple[str, ...]
    rows: tuple[int, ...]
    dropped: tuple[str, ...]


def export(
    paths: WarehousePaths,
    folder: Path,
    file_format: ExportFormat,
    *,
    tables: list[str] | None = None,
    query: str | None = None,
    name: str = "query",
    decimal: Decimal = "dot",
    key: bytes | None = None,
    mapping: Path | None = None,
) -> ExportSummary:
    """Write tables for other programs, with what a reader must know to use them.

    Parameters
    ----------
    paths : WarehousePaths
    folder : Path
        Made if it is not there; readable by its owner alone. A previous export in it is replaced
        file by file.
    file_format : str
        One of `FORMATS`.
    tables : list of str, optional
        Relations; by default the tidy set, unless there is a query.
    query : str, optional
        Whose answer is exported as well, as `name`.
    name : str
    decimal : {"dot", "comma"}
        Decimal mark of CSV.
    key : bytes, optional
        Of pseudonyms; with it, ids of participants and photographs are replaced, and columns
        that could identify people are left out.
    mapping : Path, optional
        File for the table of participants and their pseudonyms; written only where it is named.

    Returns
    -------
    ExportSummary

    Raises
    ------
    UsageError
        If options contradict each other, the folder holds other files of these names, or an id
        would get into a pseudonymized export.
    QueryError
        If the warehouse has no such relation, the query cannot be answered, or the format cannot
        hold its columns.
    InputError
        If the folder cannot be written.
    """
    if decimal == "comma" and file_format != "csv":
        raise UsageError("--decimal is for CSV", fix=f"leave it out for {file_format}")
    if query is not None and (
        not _NAME.fullmatch(name) or name in (CODEBOOK, *(tables or [])) or len(name) > _NAME_LENGTH
    ):
        raise UsageError(
            f"{name} is no name for the query's file, or another's",
            fix="give --name letters, digits and underscores",
        )
    with (
        staged(folder, InputError, last=PACKAGE) as staging,
        export_connection(paths, staging) as connection,
    ):
        given = draw_pseudonyms(connection, key) if key is not None else None
        chosen: list[Table] = []
        if tables or query is None:
            chosen += tables_named(connection, tables or [], pseudonymized=key is not None)
        if query is not None:
            chosen.append(table_of_query(connection, name, query, pseudonymized=key is not None))
        exported = []
        for table in chosen:
            if given is not None:
                require_no_ids(connection, table)
            exported.append(_write_table(connection, table, file_format, decimal, staging))
        for file, text in (
            (f"{CODEBOOK}.csv", codebook_csv(exported)),
            (f"{CODEBOOK}.md", codebook_markdown(exported)),
            ("load.R", r_script(exported, file_format, decimal)),
            (PACKAGE, data_package(exported, file_format, decimal, pseudonymized=key is not None)),
        ):
            with created(staging / file) as target:
                target.write(text.encode())
        _require_ours(folder, [file.name for file in staging.iterdir()])
        if given is not None and mapping is not None:
            _write_mapping(given, mapping)
    return ExportSummary(
        folder=folder,
        files=tuple(each.file for each in exported),
        rows=tuple(each.rows for each in exported),
        dropped=tuple(f"{table.name}.{column}" for table in chosen for column in table.dropped),
    )


def _require_ours(folder: Path, names: list[str]) -> None:
    """Refuse to replace what a previous export did not write."""
    there = sorted(name for name in names if (folder / name).exists())
    if not there:
        return
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        ours = any(each.get("title") == CREATOR for each in package["contributors"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        ours = False
    if not ours:
        raise UsageError(
            f"holds {', '.join(there)} already, of no export",
            where=str(folder),
            fix="name another folder with --out",
        )


def _write_table(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    file_format: ExportFormat,
    decimal: Decimal,
    staging: Path,
) -> ExportedFile:
    path = staging / f"{table.name}.{file_format}"
    if file_format == "csv":
        plain.write_csv(connection, table, path, decimal=decimal)
    elif file_format in plain.WRITERS:
        plain.WRITERS[file_format](connection, table, path)
    else:
        columns = ", ".join(
            f"cast({quoted(each.name)} as {statistical.plain_type(each)}) as {quoted(each.name)}"
            for each in table.variables
        )
        frame = connection.sql(f"select {columns} from ({table.query}) as answer").pl()  # noqa: S608
        statistical.WRITERS[file_format](frame, table.variables, path)
    [(rows,)] = connection.execute(f"select count(*) from ({table.query})").fetchall()  # noqa: S608
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ExportedFile(table, path.name, rows, path.stat().st_size, digest)


def _write_mapping(given: Pseudonyms, file: Path) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("participant", "pseudonym"))
    writer.writerows(sorted(given.given["participant"].items()))
    write_new(file, text.getvalue(), InputError)
