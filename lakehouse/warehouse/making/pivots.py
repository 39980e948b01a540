"""Tables with a column for each name that a query's rows hold."""

import duckdb

from lakehouse.warehouse.models import Model, Pivot
from lakehouse.warehouse.sql_text import quoted, quoted_relation

_LONG, _NUMBERS, _TEXTS = "rows_to_spread", "spread_numbers", "spread_texts"


def spread(connection: duckdb.DuckDBPyConnection, model: Model, pivot: Pivot) -> None:
    """Make a table with a column per name, of numbers or of texts, in the order of their places."""
    named, text = quoted(pivot.name), quoted(pivot.text)
    key = ", ".join(map(quoted, model.header.key))
    connection.execute(f"create temp table {_LONG} as {model.query}")
    for table, kind, rows in (
        (_NUMBERS, quoted(pivot.value), _LONG),
        (_TEXTS, text, f"(from {_LONG} where {text} is not null)"),
    ):
        connection.execute(
            f"create temp table {table} as pivot {rows} on {named} using first({kind}) "
            f"group by {key}"
        )
    columns = [
        f"{_TEXTS if is_text else _NUMBERS}.{quoted(column)}"
        for column, is_text in connection.execute(
            f"select {named}, bool_or({text} is not null) from {_LONG} "  # noqa: S608
            f"group by all order by min({quoted(pivot.place)}), {named}"
        ).fetchall()
    ]
    connection.execute(
        f"create table {quoted_relation(model.relation)} as select {', '.join([key, *columns])} "  # noqa: S608
        f"from {_NUMBERS} left join {_TEXTS} using ({key})"
    )
    for table in (_NUMBERS, _TEXTS):
        connection.execute(f"drop table {table}")


def labelled(connection: duckdb.DuckDBPyConnection, model: Model) -> Model:
    """Describe each column of a pivot as its rows do, and forget the rows."""
    header, pivot = model.header, model.header.pivot
    if pivot is None:
        return model
    described = connection.execute(
        f"select {quoted(pivot.name)}, first({quoted(pivot.unit)}), first({quoted(pivot.label)}) "  # noqa: S608
        f"from {_LONG} group by all"
    ).fetchall()
    connection.execute(f"drop table {_LONG}")
    columns = header.columns | {column: (unit, label) for column, unit, label in described}
    return model.model_copy(update={"header": header.model_copy(update={"columns": columns})})
