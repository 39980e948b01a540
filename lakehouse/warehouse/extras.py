"""Which relations a database has, and which it lacks because their extra was not built."""

from collections.abc import Collection

import duckdb

LISTED = """
    select
        schema_name as schema,
        case schema_name when 'main' then '' else schema_name || '.' end || table_name as name,
        'table' as kind,
        comment as description
    from duckdb_tables()
    where database_name = current_database()
    union all
    select
        schema_name as schema,
        case schema_name when 'main' then '' else schema_name || '.' end || view_name as name,
        'view' as kind,
        comment as description
    from duckdb_views()
    where database_name = current_database() and not internal
    order by name
"""
"""Asks for all relations, by their names as queries have them."""


def comments(connection: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    """Read the comments of all relations.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of the database.

    Returns
    -------
    dict of str to str or None
        By the name as queries have it: with its schema, unless that is `main`.
    """
    return dict(
        connection.execute(f"select name, description from ({LISTED})").fetchall()  # noqa: S608
    )


def not_built(connection: duckdb.DuckDBPyConnection, names: Collection[str]) -> str | None:
    """Say what makes relations that a database lacks because their extra was not asked for.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of the database.
    names : collection of str
        Relations, in upper or lower case, with or without their schema.

    Returns
    -------
    str or None
        A sentence on the first of them; None where all that belong to an extra are there.
    """
    # Late: a query that finds its relations needs no models.
    from lakehouse.warehouse.models import load_models

    wanted = {name.lower() for name in names}
    optional = {
        model.relation: model.header.extra
        for model in load_models()
        if model.header.extra is not None and {model.name, model.relation} & wanted
    }
    if not optional:
        return None
    built = comments(connection)
    for name, extra in optional.items():
        if name not in built:
            return f"{name} is made by `{extra.command}`"
    return None
