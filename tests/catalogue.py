"""The catalogue of a warehouse that is opened for one question."""

import polars as pl

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse import catalogue
from lakehouse.warehouse.catalogue import Description
from lakehouse.warehouse.connection import open_read_only


def relations(paths: WarehousePaths) -> pl.DataFrame:
    """List the relations."""
    with open_read_only(paths) as connection:
        return catalogue.relations(connection)


def macros(paths: WarehousePaths) -> pl.DataFrame:
    """List the macros."""
    with open_read_only(paths) as connection:
        return catalogue.macros(connection)


def described(paths: WarehousePaths, name: str) -> Description:
    """Describe a relation."""
    with open_read_only(paths) as connection:
        return catalogue.described(connection, name)
