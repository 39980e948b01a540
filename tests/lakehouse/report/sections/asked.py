"""The report's queries on literal tables."""

import duckdb
import polars as pl

from lakehouse.report.tables.query import report_query
from lakehouse.warehouse.query import fetch_by


def answer(name: str, **tables: pl.DataFrame) -> pl.DataFrame:
    """Answer one of the report's queries from tables by the names that it has for them."""
    with duckdb.connect() as connection:
        for relation, frame in tables.items():
            connection.register(relation, frame)
        return fetch_by(connection, report_query(name).sql)
