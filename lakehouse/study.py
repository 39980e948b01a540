"""A warehouse opened in Python: for notebooks and scripts."""

import threading
import weakref
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import duckdb
import polars as pl

from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.report.privacy import Privacy
from lakehouse.warehouse.catalogue import described, relations
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.query import fetch_by
from lakehouse.warehouse.sql_text import quoted, quoted_relation

if TYPE_CHECKING:
    import altair as alt


class Study:
    """A warehouse that is open for reading, as `lakehouse.open` gives it.

    It keeps the database that it was opened with: what a later build makes is seen by whoever
    opens the warehouse then. Threads may share it; they are answered one after the other.

    Examples
    --------
    >>> with lakehouse.open(warehouse) as study:
    ...     study.sql("select count(*) as n from photos where status = 'ok'").item() > 0
    True
    """

    def __init__(self, warehouse: str | PathLike[str]) -> None:
        self._paths = WarehousePaths(Path(warehouse))
        self._one_at_a_time = threading.Lock()
        stack = ExitStack()
        self._connection = stack.enter_context(open_read_only(self._paths))
        # A notebook seldom closes what it opened; what was made for it goes with the object.
        self._close = weakref.finalize(self, stack.close)

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The engine's own connection.

        It can change neither the database nor its settings, and reads no other file. Frames of
        your own are joined with the study's once they are registered:
        ``study.connection.register("ages", frame)``.

        Raises
        ------
        QueryError
            If the study is closed.
        """
        if not self._close.alive:
            raise QueryError(
                "the study is closed",
                where=str(self._paths.root),
                fix="open it again, or ask inside the `with` block",
            )
        return self._connection

    def sql(self, query: str, /, **parameters: Any) -> pl.DataFrame:
        """Answer a question in DuckDB's SQL.

        Parameters
        ----------
        query : str
            One statement: `select`, `from`, `with`, `describe`, `summarize`, `pivot`, `explain`.
        **parameters
            Values for the places in the query that are written ``$name``.

        Raises
        ------
        QueryError
            If it is not one question, cannot be answered or is interrupted, or if a parameter is
            missing or not in the query.

        Examples
        --------
        >>> study.sql("from expressions where expression = $word", word="fear")["code"].item()
        '04'
        """
        with self._one_at_a_time:
            return fetch_by(self.connection, query, parameters)

    def table(self, name: str) -> pl.DataFrame:
        """Give a whole relation.

        Parameters
        ----------
        name : str
            As `tables` lists it.

        Raises
        ------
        QueryError
            If there is no such relation; the message suggests near names.

        Examples
        --------
        >>> study.table("expressions").columns[:2]
        ['expression', 'code']
        """
        with self._one_at_a_time:
            columns = described(self.connection, name).columns
            listed = ", ".join(map(quoted, columns["column"]))
            return fetch_by(self.connection, f"select {listed} from {quoted_relation(name)}")  # noqa: S608

    def tables(self) -> pl.DataFrame:
        """List the relations.

        Returns
        -------
        polars.DataFrame
            Columns name, kind ("table" or "view"), rows, key, description; by name.

        Examples
        --------
        >>> "correlations" in study.tables()["name"]
        True
        """
        with self._one_at_a_time:
            return relations(self.connection)

    def describe(self, name: str) -> pl.DataFrame:
        """Describe a relation's columns.

        Returns
        -------
        polars.DataFrame
            Columns column, type, unit, description; in the relation's order.

        Raises
        ------
        QueryError
            If there is no such relation; the message suggests near names.

        Examples
        --------
        >>> study.describe("expressions")["column"].to_list()[:2]
        ['expression', 'code']
        """
        with self._one_at_a_time:
            return described(self.connection, name).columns

    def figures(self) -> pl.DataFrame:
        """List the figures of the report.

        Returns
        -------
        polars.DataFrame
            Columns figure, title, choices: what may be chosen, such as expression; in the report's
            order.

        Examples
        --------
        >>> "heat" in study.figures()["figure"]
        True
        """
        from lakehouse.report.single import listed_figures

        return listed_figures()

    def figure(
        self,
        name: str,
        *,
        language: str = "en",
        theme: str = "light",
        width: int | None = None,
        **chosen: Any,
    ) -> "alt.TopLevelMixin":
        """Draw a figure of the report.

        Parameters
        ----------
        name : str
            As `figures` lists it.
        language : str
            "en" or "pt".
        theme : str
            "light" or "dark".
        width : int, optional
            CSS pixels; below 480 it is drawn for a telephone.
        **chosen
            What the reader of the report chooses, such as ``expression="happiness"``.

        Returns
        -------
        altair.TopLevelMixin
            An Altair chart with its data: it shows itself in a notebook, and may be changed, saved
            and combined with others.

        Raises
        ------
        UsageError
            If there is no figure, language, theme or choice of that name.
        QueryError
            If the warehouse lacks what it shows; the message says what makes it.

        Examples
        --------
        >>> chart = study.figure("heat", language="pt", theme="dark")
        >>> chart.to_dict()["config"]["background"]
        '#14171C'
        """
        # Late: who only asks needs no charts.
        from lakehouse.report.single import FigureRequest, single_figure
        from lakehouse.report.tables.tables import Tables

        request = FigureRequest(name, language, theme, width, chosen)
        with self._one_at_a_time:
            return single_figure(Tables(self.connection, Privacy(ids=True)), request)

    def close(self) -> None:
        """Close the database. It may be closed more than once."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        state = "" if self._close.alive else ", closed"
        return f"<Study of {self._paths.root}{state}>"


def open(warehouse: str | PathLike[str] = "warehouse") -> Study:
    """Open a warehouse for reading.

    Any number may be open at once, also of one warehouse, and while it is built again.

    Parameters
    ----------
    warehouse : path
        The folder that `lakehouse build` has made a database in.

    Raises
    ------
    QueryError
        If there is no database, or it cannot be opened.

    Examples
    --------
    >>> study = lakehouse.open(warehouse)
    >>> study.sql("select mask from mask_averages order by mask limit 1").item()
    '00-01'
    >>> study.close()
    """
    return Study(warehouse)
