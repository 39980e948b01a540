"""Which relations belong to a part of the warehouse that was not built."""

from collections.abc import Collection

import duckdb

from lakehouse.warehouse.models import load_models


def not_built(connection: duckdb.DuckDBPyConnection, names: Collection[str]) -> str | None:
    """Say what makes relations that a database lacks because their part was not asked for.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of the database.
    names : collection of str
        Relations, in upper or lower case.

    Returns
    -------
    str or None
        A sentence on the first of them; None where all that belong to a part are there.
    """
    wanted = {name.lower() for name in names}
    optional = {
        model.name: model.header.part
        for model in load_models()
        if model.header.part is not None and model.name in wanted
    }
    if not optional:
        return None
    built = connection.execute(
        "select table_name from duckdb_tables() union all select view_name from duckdb_views()"
    ).fetchall()
    for name, part in optional.items():
        if (name,) not in built:
            return f"{name} is made by `{part.command}`"
    return None
