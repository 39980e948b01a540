"""The report's tables, read when a figure asks for them, as far as its readers may see them."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Final

import duckdb
import polars as pl

from lakehouse.charts.words import Words
from lakehouse.paths import WarehousePaths
from lakehouse.preregistration.keeping import Keeping
from lakehouse.report.privacy import Privacy
from lakehouse.report.tables.facts import Facts, Need, read_facts
from lakehouse.report.tables.groups import of_groups
from lakehouse.report.tables.query import ReportQuery, report_query
from lakehouse.report.tables.registration import registration
from lakehouse.report.texts.read import words
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.query import fetch_by
from lakehouse.warehouse.questions import relations_of

PARTICIPANT = "participant"
MEMORY: Final = "80MB"
"""Of the engine; what is more goes to the disk."""
THREADS: Final = 1
"""Each has memory of its own. The queries are many and small."""


class Tables:
    """Tables of one warehouse.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of the warehouse, open for reading.
    privacy : Privacy, optional
    paths : WarehousePaths, optional
        Where a registration is looked for, and the landmarks of videos.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        privacy: Privacy | None = None,
        paths: WarehousePaths | None = None,
    ) -> None:
        self.privacy = privacy or Privacy()
        self.paths = paths
        self.facts: Facts = read_facts(connection)
        self._connection = connection
        self._read: dict[str, pl.DataFrame] = {}

    def table(self, name: str) -> pl.DataFrame:
        """Answer one of the report's queries.

        Returns
        -------
        polars.DataFrame
            Without ids, and with the rows in an order that tells nothing of people, where ids are
            not to be shown.

        Raises
        ------
        QueryError
            If the warehouse has not what it asks for.
        """
        if name not in self._read:
            self._read[name] = self.passing(name)
        return self._read[name]

    def passing(self, name: str) -> pl.DataFrame:
        """Answer one of the report's queries as `table` does, and keep nothing of the answer."""
        query = report_query(name)
        return self._discreet(query, fetch_by(self._connection, query.sql))

    def words(self, language: str) -> Words:
        """Read what is said in a language, with the warehouse's labels."""
        return words(self._connection, language)

    def relations(self, name: str) -> list[str]:
        """Name the relations that a query reads, sorted."""
        query = report_query(name)
        return sorted(query.header.relations or relations_of(self._connection, query.sql))

    def missing(self, needs: tuple[Need, ...]) -> Need | None:
        """Say what a figure lacks first, if it lacks anything."""
        return next((need for need in needs if not need.is_met(self.facts, self.privacy)), None)

    @cached_property
    def keeping(self) -> Keeping | None:
        """How the database stands to what was registered; None where nothing was."""
        if self.paths is None:
            return None
        return registration(self.paths, self.facts.build["settings"])

    def _discreet(self, query: ReportQuery, frame: pl.DataFrame) -> pl.DataFrame:
        header = query.header
        if self.privacy.aggregate:
            frame = frame.clear() if header.personal else of_groups(header, frame)
        if PARTICIPANT in frame.columns and not self.privacy.ids:
            kept = frame.drop(PARTICIPANT)
            return kept.sort(kept.columns, nulls_last=True)
        return frame


@contextmanager
def open_tables(paths: WarehousePaths, privacy: Privacy) -> Iterator[Tables]:
    """Open a warehouse for its report.

    Raises
    ------
    QueryError
        If there is no database, or it cannot be opened.
    """
    with open_read_only(paths, memory=MEMORY, threads=THREADS) as connection:
        yield Tables(connection, privacy, paths)
