"""Opening the warehouse's database for reading."""

import duckdb

from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths


def open_read_only(paths: WarehousePaths) -> duckdb.DuckDBPyConnection:
    """Open the database so that nothing in it, and no other file, can be changed or read.

    Parameters
    ----------
    paths : WarehousePaths

    Returns
    -------
    duckdb.DuckDBPyConnection
        To be closed by the caller; usable in a `with` block.

    Raises
    ------
    QueryError
        If there is no database, or it cannot be opened.
    """
    if not paths.database.exists():
        raise QueryError(
            "there is no warehouse yet",
            where=str(paths.database),
            fix="run `lakehouse build`, or name another folder with --warehouse",
        )
    try:
        return duckdb.connect(
            str(paths.database),
            read_only=True,
            config={
                "enable_external_access": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "lock_configuration": True,
            },
        )
    except duckdb.Error as error:
        raise QueryError(
            f"cannot be opened ({str(error).splitlines()[0]})",
            where=str(paths.database),
            fix="`lakehouse build --force` makes it anew",
        ) from error
