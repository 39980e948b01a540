"""The columns of an exported table: names that every format takes, labels, units, values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import duckdb

from lakehouse.warehouse.sql_text import text_literal

LONGEST_NAME: Final = 32
"""Characters; Stata's limit, the lowest."""

# Words that SPSS, Stata or R keep for themselves, in lower case.
_RESERVED: Final = frozenset(
    (
        *("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"),
        *("byte", "double", "float", "if", "in", "int", "long", "using", "break", "else", "for"),
        *("function", "next", "repeat", "while", "true", "false", "null", "na", "nan", "inf"),
    )
)
_UNIT: Final = re.compile(r"^(.*) \[(.*)\]$", re.DOTALL)
_KEY: Final = re.compile(r" Key: ([^.]+)\.")

WHOLE: Final = frozenset({"TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT"})
LARGE: Final = frozenset({"BIGINT", "HUGEINT", "UINTEGER", "UBIGINT", "UHUGEINT"})
REAL: Final = frozenset({"DOUBLE", "FLOAT"})


@dataclass(frozen=True)
class Level:
    """A value that a variable can have.

    Parameters
    ----------
    value : str or bool
        As in the database.
    label : str
        The column's comment, for people.
    code : int
        Its place in the study's order, from 0.
    """

    value: str | bool
    label: str
    code: int


@dataclass(frozen=True)
class Variable:
    """A column of an exported table.

    Parameters
    ----------
    column : str
        Its name in the database or the query.
    name : str
        Its name in the file: letters, digits and underscores, at most 32.
    type : str
        DuckDB's.
    label : str
        What it holds.
    unit : str
        Empty where nothing is known.
    levels : tuple of Level
        The values it can have, in the study's order; empty where it can have any.
    source : str
        The relation it comes from; empty for a computed column.
    """

    column: str
    name: str
    type: str
    label: str
    unit: str
    levels: tuple[Level, ...]
    source: str


def legal_names(columns: Iterable[str]) -> list[str]:
    """Give columns names that R, SPSS, Stata and spreadsheets take as they are.

    Parameters
    ----------
    columns : iterable of str

    Returns
    -------
    list of str
        Different, also without regard to case.
    """
    taken: set[str] = set()
    names = []
    for column in columns:
        plain = re.sub(r"[^0-9A-Za-z_]", "_", column)
        if not plain[:1].isalpha():
            plain = "v" + plain if plain[:1] == "_" else "v_" + plain
        plain = plain[:LONGEST_NAME]
        if plain.lower() in _RESERVED:
            plain += "_"
        name, number = plain, 1
        while name.lower() in taken:
            number += 1
            end = f"_{number}"
            name = plain[: LONGEST_NAME - len(end)] + end
        taken.add(name.lower())
        names.append(name)
    return names


def describe_variables(
    connection: duckdb.DuckDBPyConnection, columns: dict[str, str], relations: list[str]
) -> list[Variable]:
    """Find what the catalogue knows of columns.

    Parameters
    ----------
    columns : dict of str to str
        Type of each column, in order.
    relations : list of str
        Where they may come from. A column is described where all of these that have a column of
        its name say the same of it.
    """
    comments = _comments(connection, relations)
    levels = _levels(connection)
    described = []
    for (column, kind), name in zip(columns.items(), legal_names(columns), strict=True):
        sources = comments.get(column, {})
        label, unit, source = column, "", ""
        if len(set(sources.values())) == 1:
            source, comment = next(iter(sources.items()))
            if found := _UNIT.match(comment):
                label, unit = found[1], found[2]
        described.append(
            Variable(column, name, kind, label, unit, levels.get((column, kind), ()), source)
        )
    return described


def key_of(comment: str) -> list[str]:
    """Read a relation's key from its comment.

    Returns
    -------
    list of str
        Columns; empty where the comment names none.
    """
    found = _KEY.search(comment)
    return found[1].split(", ") if found else []


def _comments(
    connection: duckdb.DuckDBPyConnection, relations: list[str]
) -> dict[str, dict[str, str]]:
    """Comments by column, then by relation."""
    listed = ", ".join(map(text_literal, relations)) or "''"
    found: dict[str, dict[str, str]] = {}
    for relation, column, comment in connection.execute(
        "select table_name, column_name, comment from duckdb_columns() "  # noqa: S608
        f"where table_name in ({listed}) and comment is not null order by table_name"
    ).fetchall():
        found.setdefault(column, {})[relation] = comment
    return found


def _levels(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], tuple[Level, ...]]:
    """Values in the study's order, by a column's name and type."""
    expressions = connection.execute(
        "select expression, label_en from expressions order by code"
    ).fetchall()
    return {
        ("expression", "VARCHAR"): tuple(
            Level(value, label, code) for code, (value, label) in enumerate(expressions)
        ),
        ("supervised", "BOOLEAN"): (
            Level(False, "unsupervised", 0),
            Level(True, "supervised", 1),
        ),
    }
