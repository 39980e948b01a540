"""What the warehouse holds, read from the database's own catalogue."""

import difflib
import re
from dataclasses import dataclass

import duckdb
import polars as pl

from lakehouse.errors import QueryError
from lakehouse.warehouse.extras import LISTED, not_built
from lakehouse.warehouse.query import fetch_by
from lakehouse.warehouse.sql_text import quoted_relation, text_literal

SUBJECTS = {
    "lake": "The lake's contents, and what the build used",
    "quality": "Who and what enters the results",
    "masks": "Faces",
    "units": "Muscles and action units",
    "distances": "How far points move",
    "pairs": "Every point with every other point",
    "clusters": "Groups of points",
    "measures": "Measures of one's own",
    "dynamics": "Movement through time, in videos",
    "features": "Features",
    "correlations": "Correlations and distributions",
    "multiverse": "The same analysis in other ways",
    "reliability": "Reliability and noise",
    "evidence": "What tests say for and against",
    "cue": "The effect of the cue",
    "prediction": "Scores foretold from all movement",
    "expressions": "Expressions: regularity and confusion",
    "smile": "Eyes and mouth in a smile",
}
"""Headings by folder of `sql/`; folders that are not listed come last."""

_COLUMNS = """
    select
        case schema_name when 'main' then '' else schema_name || '.' end || table_name as relation,
        column_name as "column",
        data_type as type,
        comment
    from duckdb_columns()
    where database_name = current_database() and not internal
    order by schema_name, table_name, column_index
"""

_MACROS = """
    select
        case schema_name when 'main' then '' else schema_name || '.' end || function_name as name,
        name || '(' || array_to_string(parameters, ', ') || ')' as call,
        parameters,
        comment as description
    from duckdb_functions()
    where database_name = current_database() and not internal
    order by name
"""

# As `Model.comment` and `Model.column_comment` write them.
_KEY = re.compile(r" Key: ([^.]+)\.")
_UNIT = r"^(.*) \[(.*)\]$"


def relations(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """List the warehouse's relations.

    Returns
    -------
    polars.DataFrame
        Columns name (with its schema, unless that is `main`), kind ("table" or "view"), rows, key,
        description; by name. An analyst's own views are not counted, since any of them may fail or
        never end: their rows are null.
    """
    listed = fetch_by(connection, LISTED)
    own_view = pl.col("name").str.starts_with("own.") & (pl.col("kind") == "view")
    counted = " union all ".join(
        f"select {text_literal(name)} as name, count(*) as rows from {quoted_relation(name)}"  # noqa: S608
        for name in listed.filter(~own_view)["name"]
    )
    rows = fetch_by(connection, counted)
    return listed.join(rows, on="name", how="left", maintain_order="left").select(
        "name",
        "kind",
        "rows",
        pl.col("description").str.extract(_KEY.pattern, 1).alias("key"),
        pl.col("description").str.replace(_KEY.pattern, ""),
    )


def macros(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """List the warehouse's macros.

    Returns
    -------
    polars.DataFrame
        Columns name, call (as it is written in a query), description; by name.
    """
    return fetch_by(connection, f"select name, call, description from ({_MACROS})")  # noqa: S608


def subjects() -> dict[str, str]:
    """Give the subject of each relation that a build makes and that is not internal.

    Returns
    -------
    dict of str to str
        Headings by relation, in the order of `SUBJECTS`.
    """
    # Late: what describes one relation needs no models.
    from lakehouse.warehouse.models import load_models

    order = list(SUBJECTS)
    models = [model for model in load_models() if not model.header.internal]
    models.sort(key=lambda model: order.index(model.folder) if model.folder in order else 99)
    return {
        model.relation: SUBJECTS.get(model.folder, model.folder.capitalize()) for model in models
    }


def about(connection: duckdb.DuckDBPyConnection, words: str) -> pl.DataFrame:
    """Find relations and macros by what is said of them.

    Parameters
    ----------
    words : str
        Each must stand in the name, the comment, or a column's name or comment, in upper or lower
        case.

    Returns
    -------
    polars.DataFrame
        Columns name, kind ("table", "view" or "macro"), columns (those that hold a word, with
        commas between), description; those first whose names hold a word, then those of `main`.
    """
    listed = fetch_by(
        connection,
        f"select name, kind, description, schema <> 'main' as aside from ({LISTED}) union all "  # noqa: S608
        f"select name, 'macro', description, false from ({_MACROS})",
    )
    columns = fetch_by(connection, _COLUMNS)
    wanted = words.lower().split()
    found = []
    for name, kind, description, aside in listed.iter_rows():
        of_it = columns.filter(pl.col("relation") == name).select("column", "comment").rows()
        texts = [name, description or "", *(f"{column} {comment}" for column, comment in of_it)]
        whole = "\n".join(texts).lower()
        if all(word in whole for word in wanted):
            shown = [
                column
                for column, comment in of_it
                if any(word in f"{column} {comment}".lower() for word in wanted)
            ]
            named = any(word in name.lower() for word in wanted)
            row = (name, kind, ", ".join(shown), _KEY.sub("", description or ""))
            found.append((not named, aside, row))
    schema = ["name", "kind", "columns", "description"]
    types = dict.fromkeys(schema, pl.String)
    return pl.DataFrame([row for *_, row in sorted(found)], types, orient="row")


@dataclass(frozen=True, eq=False)
class Description:
    """A relation or a macro as the catalogue describes it.

    Parameters
    ----------
    name : str
        As queries have it.
    kind : str
        "table", "view" or "macro".
    rows : int or None
        How many it has; of a view they are counted now, of a macro they are not known.
    description : str
        What a row is, and its source; or what a macro gives.
    key : tuple of str
        Columns that together name a row; empty for a macro.
    columns : polars.DataFrame
        Columns column, type, unit, description; in the relation's order. Of a macro they are the
        parameters, which have no type.
    call : str or None
        How a macro is called.
    example : str or None
        A query that uses the macro.
    """

    name: str
    kind: str
    rows: int | None
    description: str
    key: tuple[str, ...]
    columns: pl.DataFrame
    call: str | None = None
    example: str | None = None


def described(connection: duckdb.DuckDBPyConnection, name: str) -> Description:
    """Describe a relation or a macro.

    Parameters
    ----------
    name : str
        With its schema, unless that is `main`.

    Raises
    ------
    QueryError
        If there is neither; the message suggests near names, or what makes it.
    """
    listed = fetch_by(connection, LISTED)
    found = listed.filter(pl.col("name") == name)
    if found.is_empty():
        return _described_macro(connection, name, listed["name"].to_list())
    columns = fetch_by(connection, _COLUMNS).filter(pl.col("relation") == name)
    comment = found["description"].item() or ""
    key = _KEY.search(comment)
    return Description(
        name=name,
        kind=found["kind"].item(),
        rows=fetch_by(connection, f"select count(*) from {quoted_relation(name)}").item(),  # noqa: S608
        description=_KEY.sub("", comment),
        key=tuple(key[1].split(", ")) if key else (),
        columns=columns.select(
            "column",
            "type",
            pl.col("comment").str.extract(_UNIT, 2).alias("unit"),
            pl.col("comment").str.extract(_UNIT, 1).alias("description"),
        ),
    )


def _described_macro(
    connection: duckdb.DuckDBPyConnection, name: str, relations: list[str]
) -> Description:
    found = fetch_by(connection, _MACROS).filter(pl.col("name") == name.partition("(")[0])
    if found.is_empty():
        raise _unknown(connection, name, [*relations, *fetch_by(connection, _MACROS)["name"]])
    [row] = found.to_dicts()
    said, _, example = (row["description"] or "").partition(" Example: ")
    # As `Macro.comment` writes them.
    described = {
        parameter: re.search(rf" {re.escape(parameter)}: (.*?) \[(.*?)\]\.", said)
        for parameter in row["parameters"]
    }
    for each in filter(None, described.values()):
        said = said.replace(each[0], "")
    columns = [
        (parameter, None, each and each[2], each and each[1])
        for parameter, each in described.items()
    ]
    names = ("column", "type", "unit", "description")
    return Description(
        name=row["name"],
        kind="macro",
        rows=None,
        description=said,
        key=(),
        columns=pl.DataFrame(columns, dict.fromkeys(names, pl.String), orient="row"),
        call=row["call"],
        example=example or None,
    )


def _unknown(connection: duckdb.DuckDBPyConnection, name: str, known: list[str]) -> QueryError:
    """Say that there is no such relation, and which was perhaps meant."""
    if missing := not_built(connection, [name]):
        return QueryError(missing)
    near = [each for each in known if each.partition(".")[2] == name]
    near = near or difflib.get_close_matches(name, known)
    return QueryError(
        f"there is no relation {name}",
        fix=f"did you mean {', '.join(near)}?" if near else "`lakehouse tables` lists them",
    )
