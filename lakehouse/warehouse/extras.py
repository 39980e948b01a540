"""Which relations belong to an extra that was not built."""

from collections.abc import Collection

import duckdb


def not_built(connection: duckdb.DuckDBPyConnection, names: Collection[str]) -> str | None:
    """Say what makes relations that a database lacks because their extra was not asked for.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of the database.
    names : collection of str
        Relations, in upper or lower case.

    Returns
    -------
    str or None
        A sentence on the first of them; None where all that belong to an extra are there.
    """
    # Late: a query that finds its relations needs no models.
    from lakehouse.warehouse.models import load_models

    wanted = {name.lower() for name in names}
    optional = {
        model.name: model.header.extra
        for model in load_models()
        if model.header.extra is not None and model.name in wanted
    }
    if not optional:
        return None
    built = connection.execute(
        "select table_name from duckdb_tables() union all select view_name from duckdb_views()"
    ).fetchall()
    for name, extra in optional.items():
        if (name,) not in built:
            return f"{name} is made by `{extra.command}`"
    return None
