"""Telling a question from what would write, change or hide something."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import duckdb

from lakehouse.errors import QueryError
from lakehouse.paths import is_utf8

_BEGINNINGS: Final = frozenset(
    {"select", "from", "with", "values", "table", "(", "describe", "summarize", "show"}
    | {"pivot", "pivot_wider", "unpivot"}
)
_WRITES: Final = "copy"
"""Allowed by the engine even inside `with … as (…)`, read-only or not. All other words that
change something are none of a question's, or need a database that can be written to."""

_OPENING: Final = frozenset("([{")
_CLOSING: Final = frozenset(")]}")
_DEEPEST: Final = 1000
"""Brackets in each other, as many as the engine takes around a value; around queries it takes
any number, until its stack is full."""

_HIDING: Final = frozenset({"query", "json_execute_serialized_sql"})
"""Functions that run a text in which nobody has looked for those words."""

_OLD_NAME: Final = re.compile(rb"(?:\.|(?<![\w.]))([0-9]{2})-(0[01])_([0-9]{1,3})(?![\w.])")
"""How features were called before they had names that are identifiers."""

_CHANGING: Final = frozenset({"delete", "insert", "merge", "update"})
"""Words of what may stand between the brackets of a `with`."""

# A blank or a comment, any number of times.
_BLANK: Final = r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)*"
_EXPLAIN: Final = re.compile(
    rf"{_BLANK}explain\b{_BLANK}(?:analyze\b|\([\w\s,]*\))?", re.IGNORECASE | re.DOTALL
)


def require_question(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Make sure that a text is one question, and writes nothing.

    Raises
    ------
    QueryError
    """
    require_text(query)
    require_new_names(query)
    kind = _kind(connection, query)
    # `explain analyze` runs what it explains.
    if explain := _EXPLAIN.match(query):
        query = query[explain.end() :]
        kind = _kind(connection, query)
    words = list(_words(query))
    # Of several parts is a pivot, which first looks up its columns, and what is made of one.
    if kind not in {"select", "multi"} or words[0] not in _BEGINNINGS:
        raise _refused(f"{words[0] if kind == 'multi' else kind} statements are")
    for word, after in pairwise([*words, ""]):
        if word == _WRITES:
            raise _refused(f"{word} statements are")
        if word.strip('"') in _HIDING and after == "(":
            raise _refused(f"the function {word} is")


def require_no_change(query: str) -> None:
    """Refuse a question that changes rows on its way.

    It does no harm to a database that is open for reading only.

    Raises
    ------
    QueryError
    """
    for word in _words(query):
        if word in _CHANGING:
            raise QueryError(
                f"{word} is not allowed", fix=f'put a column of this name in quotes: "{word}"'
            )


def require_new_names(query: str) -> None:
    """Refuse a feature's old name, which is arithmetic where it stands without quotes.

    Parameters
    ----------
    query : str
        Texts, comments and names in quotes are left alone.

    Raises
    ------
    QueryError
        If it holds one, such as 05-00_5, which is 0 to the engine.
    """
    text = query.encode()  # places are counted in bytes
    starts = {
        start for start, kind in duckdb.tokenize(query) if kind == duckdb.token_type.numeric_const
    }
    for found in _OLD_NAME.finditer(text):
        if found.start() in starts:
            parts = [part.decode() for part in found.groups()]
            raise QueryError(
                "{}-{}_{} without quotes is arithmetic and no feature".format(*parts),
                fix="write m{}_{}_{}".format(*parts),
            )


def require_text(query: str) -> None:
    """Refuse what the engine's parser cannot take, or would end the process over.

    Raises
    ------
    QueryError
    """
    if not is_utf8(query):
        raise QueryError("the query is not UTF-8", fix="save or type it as UTF-8")
    depth = deepest = 0
    for word in _words(query):
        depth += (word in _OPENING) - (word in _CLOSING)
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise QueryError(
            f"the query has more than {_DEEPEST:,} brackets in each other", fix="make it simpler"
        )


def relations_of(connection: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    """Name the relations that a question is about.

    Returns
    -------
    set of str
        Empty for a pivot that first looks up its columns, of which the engine cannot tell.
    """
    [statement] = connection.extract_statements(query)
    if statement.type is duckdb.StatementType.MULTI:
        return set()
    return connection.get_table_names(query)


def _kind(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """Name the kind of the only statement of a text."""
    statements = connection.extract_statements(query)
    if len(statements) != 1:
        raise QueryError(
            f"one statement at a time, not {len(statements)}",
            fix="use select; `lakehouse tables` lists the tables",
        )
    return str(statements[0].type.name.lower().replace("_", " "))


def _words(query: str) -> Iterator[str]:
    """Give the words and signs of a query in lower case, without texts and comments."""
    text = query.encode()  # places are counted in bytes
    tokens = [*duckdb.tokenize(query), (len(text), None)]
    for (start, kind), (end, _) in pairwise(tokens):
        if kind not in {duckdb.token_type.string_const, duckdb.token_type.comment}:
            yield text[start:end].decode().strip().lower()


def _refused(what: str) -> QueryError:
    return QueryError(
        f"{what} not allowed: queries may only read the warehouse",
        fix="use select, describe, summarize, pivot or explain",
    )
