"""The file of an analyst's own views, tables and macros: reading it, checking it, running it."""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

import duckdb

from lakehouse.errors import BuildError, LakehouseError, QueryError
from lakehouse.files.listing import present
from lakehouse.paths import WarehousePaths
from lakehouse.system.regular_files import read_regular
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.models import SOURCE_PREFIX, relations_read
from lakehouse.warehouse.query_errors import explained
from lakehouse.warehouse.questions import require_no_change, require_question, require_text
from lakehouse.warehouse.sql_text import quoted, text_literal

OWN: Final = "own"
"""The schema of what analysts add."""

_FORM: Final = re.compile(
    rf'create\s+(?:or\s+replace\s+)?(view|table|macro)\s+{OWN}\s*\.\s*("(?:[^"]|"")+"|\w+)',
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(r"(?:\s+|--[^\n]*(?:\n|$)|/\*.*?\*/)*", re.DOTALL)
"""Blanks and comments before a statement."""

_AS: Final = re.compile(r"\bas\b(\s+table\b)?", re.IGNORECASE)
"""Between the name and what is called so."""

_COMMENT: Final = "Made by own.sql."
"""In the catalogue, of what the file made."""

_LARGEST: Final = 1_000_000
"""Bytes; far more than anybody writes."""

_UNCHANGED: Final = "the previous database, if any, is unchanged"


@dataclass(frozen=True)
class OwnStatement:
    """A statement of the file.

    Parameters
    ----------
    line : int
        On which it begins, from 1.
    kind : str
        "view", "table" or "macro".
    name : str
        Without schema.
    text : str
        Without the comments before it.
    """

    line: int
    kind: str
    name: str
    text: str


def own_digest(paths: WarehousePaths) -> str | None:
    """Hash the file, to tell whether it has changed.

    Returns
    -------
    str or None
        64 hexadecimal digits; None where there is no file, or it cannot be read, which is for the
        build to refuse.
    """
    try:
        return hashlib.sha256(read_regular(paths.own, at_most=_LARGEST)).hexdigest()
    except OSError:
        return None


def read_own(paths: WarehousePaths) -> tuple[OwnStatement, ...]:
    """Read the file and make sure that it makes nothing but views, tables and macros in `own`.

    Returns
    -------
    tuple of OwnStatement
        In the file's order; empty where there is no file.

    Raises
    ------
    BuildError
        If it cannot be read, is no SQL, or holds another statement.
    """
    if not present(paths.own):
        return ()
    try:
        text = read_regular(paths.own, at_most=_LARGEST).decode("utf-8-sig")
    except OSError as error:
        raise _refused(paths, None, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise _refused(paths, None, "is not UTF-8") from error
    try:
        require_text(text)
        statements = duckdb.extract_statements(text)
    except duckdb.Error as error:
        said = explained(str(error))
        raise _refused(paths, _line(said.where), said.what) from error
    except LakehouseError as error:
        raise _refused(paths, None, error.what) from error
    found, place = [], 0
    for statement in statements:
        place = text.index(statement.query, place)
        begin = _after_aside(text, place)
        place += len(statement.query)
        found.append(_checked(paths, text, begin, text[begin:place].rstrip()))
    return tuple(found)


def make_own(
    connection: duckdb.DuckDBPyConnection,
    paths: WarehousePaths,
    statements: tuple[OwnStatement, ...],
) -> None:
    """Run the statements. The connection can then read and write no other file any more.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of the database that holds all that a build makes.

    Raises
    ------
    BuildError
        If one fails; it names the line and what the statement was to make.
    """
    if not statements:
        return
    connection.execute("set enable_external_access = false")
    connection.execute("set python_enable_replacements = false")
    connection.execute(f"create schema {OWN}")
    for statement in statements:
        try:
            connection.execute(statement.text)
            kind = statement.kind
            if kind == "macro":
                kind = _kind_of_macro(connection, statement.name)
            connection.execute(
                f"comment on {kind} {OWN}.{quoted(statement.name)} is {text_literal(_COMMENT)}"
            )
        except duckdb.Error as error:
            raise _failed(paths, statement, error) from error
    for statement in {statement.name.lower(): statement for statement in statements}.values():
        # A later `create or replace` may have taken from a view what it reads, or made it read
        # itself.
        if statement.kind == "view":
            try:
                connection.execute(f"describe {OWN}.{quoted(statement.name)}")
            except duckdb.Error as error:
                raise _failed(paths, statement, error) from error


def _failed(paths: WarehousePaths, statement: OwnStatement, error: duckdb.Error) -> BuildError:
    said = explained(str(error))
    line = statement.line + (_line(said.where) or 1) - 1
    fix = f"{said.fix} " if said.fix else ""
    what = f"{OWN}.{statement.name}: {said.what.rstrip('.')}"
    return _refused(paths, line, what, f"{fix}{_UNCHANGED}")


def require_own_stays(paths: WarehousePaths) -> None:
    """Refuse to build anew where that would lose what somebody made in `own` by other means.

    Raises
    ------
    BuildError
        If the present database has relations or macros there that the file did not make.
    """
    try:
        with open_read_only(paths) as connection:
            made = connection.execute(_OTHERS, [OWN, _COMMENT]).fetchall()
    except (LakehouseError, duckdb.Error):
        return
    if made:
        names = ", ".join(f"{OWN}.{name}" for (name,) in made)
        raise BuildError(
            f"holds {names}, which a new build would not have",
            where=str(paths.database),
            fix=f"write what makes it into {paths.own}, which every build runs, or build with "
            "--force",
        )


_OTHERS: Final = """
    select name from (
        select schema_name, table_name as name, comment from duckdb_tables()
        union all select schema_name, view_name, comment from duckdb_views()
        union all select schema_name, function_name, comment from duckdb_functions()
    )
    where schema_name = $1 and comment is distinct from $2
    order by name
"""


def _checked(paths: WarehousePaths, text: str, begin: int, statement: str) -> OwnStatement:
    line = text.count("\n", 0, begin) + 1
    form = _FORM.match(statement)
    if form is None:
        words = " ".join(statement.rstrip("; \n").split()[:4])
        raise _refused(
            paths,
            line,
            f"{words} … is not allowed",
            f"each statement is a create view, table or macro {OWN}.NAME",
        )
    kind, name = form[1].lower(), form[2]
    name = name[1:-1].replace('""', '"') if name.startswith('"') else name
    problem = _problem(kind, statement[form.end() :])
    if problem:
        raise _refused(paths, line, f"{OWN}.{name}: {problem}")
    return OwnStatement(line, kind, name, statement)


def _problem(kind: str, rest: str) -> str | None:
    """Say why what a statement makes is no question, or not one that can be asked later."""
    found = _AS.search(rest)
    asked = rest[found.end() :] if found else ""
    if kind == "macro" and not (found and found[1]):
        asked = f"select {asked}"
    with duckdb.connect() as connection:
        try:
            require_question(connection, asked)
            require_no_change(asked)
            read = relations_read(connection, asked)
        except QueryError as error:
            return f"{error.what}; {error.fix}" if error.fix else error.what
        except duckdb.Error:
            # The engine says why when the statement is run; of a pivot it cannot tell.
            return None
    passing = sorted(each for each in read if each.startswith((SOURCE_PREFIX, "temp.")))
    return f"reads {passing[0]}, which is there during a build only" if passing else None


def _kind_of_macro(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    kinds = connection.execute(
        "select distinct function_type from duckdb_functions() "
        "where schema_name = $1 and function_name = $2",
        [OWN, name],
    ).fetchall()
    return "macro table" if kinds == [("table_macro",)] else "macro"


def _after_aside(text: str, place: int) -> int:
    found = _ASIDE.match(text, place)
    return found.end() if found else place


def _line(where: str | None) -> int | None:
    return int(where.removeprefix("line ")) if where else None


def _refused(
    paths: WarehousePaths, line: int | None, what: str, fix: str = _UNCHANGED
) -> BuildError:
    return BuildError(what, where=f"{paths.own}{f', line {line}' if line else ''}", fix=fix)
