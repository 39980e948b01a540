"""Exporting: tables, and beside them the codebook, the data package and the R script."""

import csv
import hashlib
import io
import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb

from lakehouse.errors import InputError, UsageError
from lakehouse.exporting.beside import columns_that_tell, files_that_tell, mapping_that_tells
from lakehouse.exporting.choices import DecimalMark, ExportFormat
from lakehouse.exporting.codebook import (
    CREATOR,
    PACKAGE,
    codebook_csv,
    codebook_markdown,
    data_package,
)
from lakehouse.exporting.file_format import Book, ExportedFile, FileFormat
from lakehouse.exporting.formats import format_of
from lakehouse.exporting.r_script import r_script
from lakehouse.exporting.tables import (
    Pseudonyms,
    Table,
    draw_pseudonyms,
    export_connection,
    require_no_ids,
    table_of_query,
    tables_named,
)
from lakehouse.exporting.wide_landmarks import NUMBERED, RELATION, with_landmarks
from lakehouse.files.new import created, write_new
from lakehouse.files.staging import staged
from lakehouse.paths import WarehousePaths
from lakehouse.system.regular_files import TABLE_BYTES, read_regular

CODEBOOK: Final = "codebook"

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
"""Of a query's file: one that R takes as it is, and that leads to no other folder."""
_NAME_LENGTH: Final = 100


@dataclass(frozen=True)
class NamedQuery:
    """A query whose answer is exported.

    Parameters
    ----------
    sql : str
        A question that reads the warehouse only.
    name : str
        Of its file, without ending: letters, digits and underscores.
    """

    sql: str
    name: str = "query"


@dataclass(frozen=True)
class Pseudonymization:
    """How ids are replaced; columns that could identify people are left out as well.

    Parameters
    ----------
    key : bytes
        The same key gives the same pseudonyms.
    mapping : Path, optional
        File for the table of participants and their pseudonyms; written only where it is named,
        and never over another.
    """

    key: bytes = field(repr=False)
    mapping: Path | None = None


@dataclass(frozen=True)
class ExportRequest:
    """What is exported, and as what.

    Parameters
    ----------
    tables : tuple of str
        Relations; by default the tidy set, unless there is a query.
    query : NamedQuery, optional
        Exported as well.
    file_format : ExportFormat
        Of every table.
    decimal : DecimalMark
        In numbers of text files.
    pseudonyms : Pseudonymization, optional
    landmarks : bool
        Whether photo_action_units has the landmarks as columns too.
    """

    tables: tuple[str, ...] = ()
    query: NamedQuery | None = None
    file_format: ExportFormat = ExportFormat.CSV
    decimal: DecimalMark = DecimalMark.DOT
    pseudonyms: Pseudonymization | None = None
    landmarks: bool = False


@dataclass(frozen=True)
class ExportSummary:
    """What was written.

    Parameters
    ----------
    folder : Path
        Where all files lie.
    files : tuple of str
        Names of the tables' files; all of one name where one file holds them all.
    rows : tuple of int
        Of each table.
    dropped : tuple of str
        Columns left out because they could identify people, as `table.column`.
    sheets : tuple of str
        Of a workbook, those of the tables; empty for other kinds of files.
    warnings : tuple of str
        Where real ids may lie beside pseudonyms, a line for each place.
    """

    folder: Path
    files: tuple[str, ...]
    rows: tuple[int, ...]
    dropped: tuple[str, ...]
    sheets: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def export(paths: WarehousePaths, folder: Path, request: ExportRequest) -> ExportSummary:
    """Write tables for other programs, with what a reader must know to use them.

    Parameters
    ----------
    folder : Path
        Made if it is not there; readable by its owner alone. A previous export in it is replaced
        file by file.

    Raises
    ------
    UsageError
        If parts of the request contradict each other, the folder holds other files of these names,
        landmarks are wanted that were not built, or an id would get into a pseudonymized export.
    QueryError
        If the warehouse has no such relation, the query cannot be answered, or the format cannot
        hold its columns.
    InputError
        If the folder cannot be written.
    """
    file_format = format_of(request.file_format, request.decimal)
    _require_own_name(request)
    pseudonyms = request.pseudonyms
    with (
        staged(folder, InputError, last=PACKAGE) as staging,
        export_connection(paths, staging, wide=request.landmarks) as connection,
    ):
        given = draw_pseudonyms(connection, pseudonyms.key) if pseudonyms else None
        chosen = _chosen(connection, request)
        warnings: list[str] = []
        for table in chosen if given is not None else ():
            require_no_ids(connection, table)
            warnings += columns_that_tell(connection, table)
        exported = _written(connection, chosen, staging, file_format, request.file_format)
        for file, text in (
            (f"{CODEBOOK}.csv", codebook_csv(exported)),
            (f"{CODEBOOK}.md", codebook_markdown(exported)),
            ("load.R", r_script(exported, file_format.in_r)),
            (PACKAGE, data_package(exported, file_format, pseudonymized=given is not None)),
        ):
            with created(staging / file) as target:
                target.write(text.encode())
        names = [file.name for file in staging.iterdir()]
        _require_ours(folder, names)
        if given is not None and pseudonyms:
            warnings += files_that_tell(folder, staging, given, pseudonyms.key)
            if pseudonyms.mapping is not None:
                warnings += mapping_that_tells(folder, pseudonyms.mapping)
                _write_mapping(given, pseudonyms.mapping)
    return ExportSummary(
        folder=folder,
        files=tuple(each.file for each in exported),
        rows=tuple(each.rows for each in exported),
        dropped=tuple(f"{table.name}.{column}" for table in chosen for column in table.dropped),
        sheets=tuple(each.sheet for each in exported if each.sheet),
        warnings=tuple(warnings),
    )


def _require_own_name(request: ExportRequest) -> None:
    """Refuse names of the query's file that R would not take, or that are another's."""
    if request.query is None:
        return
    name = request.query.name
    if not _NAME.fullmatch(name) or name in (CODEBOOK, *request.tables) or len(name) > _NAME_LENGTH:
        raise UsageError(
            f"the query's file cannot be named {name}",
            fix="choose a --name of letters, digits and underscores that no other file has",
        )


def _chosen(connection: duckdb.DuckDBPyConnection, request: ExportRequest) -> list[Table]:
    pseudonymized = request.pseudonyms is not None
    chosen: list[Table] = []
    if request.tables or request.query is None:
        names, queries = list(request.tables), {RELATION: NUMBERED} if request.landmarks else {}
        chosen += tables_named(connection, names, pseudonymized=pseudonymized, queries=queries)
    if request.landmarks:
        if RELATION not in [table.name for table in chosen]:
            raise UsageError(
                f"landmarks are columns of {RELATION}, which is not among the tables",
                fix=f"name {RELATION} too, or leave out --landmarks",
            )
        chosen = [
            with_landmarks(connection, table) if table.name == RELATION else table
            for table in chosen
        ]
    if request.query is not None:
        name, sql = request.query.name, request.query.sql
        chosen.append(table_of_query(connection, name, sql, pseudonymized=pseudonymized))
    return chosen


def _require_ours(folder: Path, names: list[str]) -> None:
    """Refuse to replace what a previous export did not write."""
    there = sorted(name for name in names if (folder / name).exists())
    if not there:
        return
    try:
        package = json.loads(read_regular(folder / PACKAGE, at_most=TABLE_BYTES))
        ours = any(each.get("title") == CREATOR for each in package["contributors"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        ours = False
    if not ours:
        raise UsageError(
            f"already holds {', '.join(there)}, which no export wrote",
            where=str(folder),
            fix="name another folder with --out",
        )


def _written(
    connection: duckdb.DuckDBPyConnection,
    tables: list[Table],
    folder: Path,
    file_format: FileFormat,
    ending: str,
) -> list[ExportedFile]:
    """Write the tables, each into a file or all into one."""
    if isinstance(file_format.write, Book):
        path = folder / f"{file_format.write.name}.{ending}"
        sheets = file_format.write.write(connection, tables, path)
        return [
            _exported(connection, table, path, sheet)
            for table, sheet in zip(tables, sheets, strict=True)
        ]
    exported = []
    for table in tables:
        path = folder / f"{table.name}.{ending}"
        file_format.write(connection, table, path)
        exported.append(_exported(connection, table, path))
    return exported


def _exported(
    connection: duckdb.DuckDBPyConnection, table: Table, path: Path, sheet: str = ""
) -> ExportedFile:
    [(rows,)] = connection.execute(f"select count(*) from ({table.query})").fetchall()  # noqa: S608
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ExportedFile(table, path.name, rows, path.stat().st_size, digest, sheet)


def _write_mapping(given: Pseudonyms, file: Path) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("participant", "pseudonym"))
    writer.writerows(sorted(given.given["participant"].items()))
    written = text.getvalue()
    # A killed export may have come to write it.
    with suppress(OSError):
        if file.read_bytes() == written.encode():
            return
    write_new(file, written, InputError)
