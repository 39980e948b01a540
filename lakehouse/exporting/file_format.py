"""What the export must know of a kind of files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lakehouse.exporting.tables import Table


@dataclass(frozen=True)
class ExportedFile:
    """A table that was written.

    Parameters
    ----------
    table : Table
        What the file holds.
    file : str
        Name in the export's folder.
    rows : int
        Without the header.
    bytes : int
        Size of the file.
    sha256 : str
        Of the file's content, in hexadecimal.
    sheet : str
        Where in the file the table stands; empty where it has the file for itself.
    """

    table: Table
    file: str
    rows: int
    bytes: int
    sha256: str
    sheet: str = ""


@dataclass(frozen=True)
class InR:
    """How R reads the files of a kind.

    Parameters
    ----------
    read : callable
        Spells the expression that gives a written table's data frame.
    package : str
        The R package that the expression needs.
    helpers : str
        R functions that the expression needs beside it.
    is_finished : bool
        Whether the data frame has its factors and labels already.
    has_codes : bool
        Whether R finds numbers for levels and flags, instead of words and truth values.
    """

    read: Callable[[ExportedFile], str]
    package: str = ""
    helpers: str = ""
    is_finished: bool = False
    has_codes: bool = False


@dataclass(frozen=True)
class Dialect:
    """How text is taken apart into cells and numbers.

    Parameters
    ----------
    separator : str
        Between cells.
    decimal_mark : str
        The character itself.
    """

    separator: str
    decimal_mark: str


@dataclass(frozen=True)
class Book:
    """How all tables are written into one file.

    Parameters
    ----------
    name : str
        Of the file, without ending.
    write : callable
        Given a connection that answers the tables' queries, the tables, and the file to make.
        Gives the names of the sheets that hold them. Raises QueryError before it writes anything
        where they do not fit.
    """

    name: str
    write: Callable[[duckdb.DuckDBPyConnection, Sequence[Table], Path], list[str]]


@dataclass(frozen=True)
class FileFormat:
    """A kind of files.

    Parameters
    ----------
    media_type : str
        As the data package names it.
    write : callable or Book
        Given a connection that answers the table's query, the table, and the file to make.
        Raises QueryError where the format cannot hold the table.
    in_r : InR
        How R reads it.
    dialect : Dialect, optional
        Of text; other files have none.
    with_decimal_comma : FileFormat, optional
        The same with commas in numbers, where that can be chosen.
    """

    media_type: str
    write: Callable[[duckdb.DuckDBPyConnection, Table, Path], None] | Book
    in_r: InR
    dialect: Dialect | None = None
    with_decimal_comma: "FileFormat | None" = None
