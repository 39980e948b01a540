"""Steps made part by part, where their rows lie: on one machine all rows are one part."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl


@dataclass(frozen=True)
class Pass:
    """One walk over all rows of a step's query, part by part, in any order and anywhere.

    Parameters
    ----------
    each : callable
        Takes a part's rows, what the pass before made (None in the first pass) and, by name, any
        of the step's settings. Gives a table. It lies at the top of a module, so that it can be
        sent to other machines by its name.
    schema : dict of str to polars type
        Columns of each part's table.
    combine : callable, optional
        Takes the tables of all parts below each other, in any order and without rows where there
        are no parts, what the pass before made, and settings likewise. Gives what the next pass
        is given, or the relation. Without it the tables below each other are the relation, which
        is too large to be gathered in one place.
    keys : tuple of str
        Columns: rows of equal values are all in one part, which may hold several such keys.
        Without any, rows may be divided anyhow.
    bundled : bool
        Whether a part should hold as many keys as fit, because there are the more of them the
        more people take part, and a part's table is as large whether it holds one or thousands.
    merge : tuple of str
        Columns of the parts' tables: what is equal in them may be brought together by `merged`,
        as often as one likes, before it is combined.
    merged : callable, optional
        Takes tables below each other that are equal in the columns of `merge`; gives one of the
        same columns. It takes nothing else.
    lay : callable, optional
        Takes what `each` takes, and gives what `each` is given in the place of the rows. Passes
        that share it are given the same, so it may ask only for what was made before the first.
    """

    each: Callable[..., pl.DataFrame]
    schema: Mapping[str, Any]
    combine: Callable[..., Any] | None = None
    keys: tuple[str, ...] = ()
    bundled: bool = False
    merge: tuple[str, ...] = ()
    merged: Callable[[pl.DataFrame], pl.DataFrame] | None = None
    lay: Callable[..., Any] | None = None

    def part(self, rows: pl.DataFrame, made: Any, values: Mapping[str, Any]) -> pl.DataFrame:
        """Make a part's table.

        Parameters
        ----------
        made : object
            What the pass before made.
        values : dict of str to object
            All settings of the step, by its parameters.
        """
        return self.of_laid(self.laid(rows, made, values), made, values)

    def laid(self, rows: pl.DataFrame, made: Any, values: Mapping[str, Any]) -> Any:
        """Make what `each` is given in the place of the rows."""
        return rows if self.lay is None else self.lay(rows, made, **taken(self.lay, values))

    def of_laid(self, laid: Any, made: Any, values: Mapping[str, Any]) -> pl.DataFrame:
        """Make the table of a part whose rows are laid out."""
        return self.each(laid, made, **taken(self.each, values))

    def whole(self, parts: pl.DataFrame, made: Any, values: Mapping[str, Any]) -> Any:
        """Make what the next pass is given, or the relation, of the parts' tables.

        Parameters
        ----------
        made, values
            As for a part.
        """
        if self.combine is None:
            return parts
        return self.combine(parts, made, **taken(self.combine, values))


def different(rows: pl.DataFrame, *columns: pl.Expr) -> pl.DataFrame:
    """List the different values of columns, null standing where another's do.

    Parameters
    ----------
    *columns : polars.Expr
        Named as the result's columns.
    """
    return pl.concat([rows.select(column.unique()) for column in columns], how="diagonal")


def ascending(parts: pl.DataFrame, _: None) -> dict[str, pl.Series]:
    """Give the different values of each column, ascending and without null."""
    return {column.name: column.drop_nulls().unique().sort() for column in parts}


def in_one_part(passes: Sequence[Pass], rows: pl.DataFrame, **values: Any) -> pl.DataFrame:
    """Make a relation of rows that are all here.

    Parameters
    ----------
    **values : object
        The step's settings.
    """
    made: Any = None
    laid: Any = rows
    before: Callable[..., Any] | None = None
    for one in passes:
        if one.lay is not before:
            laid, before = one.laid(rows, made, values), one.lay
        made = one.whole(one.of_laid(laid, made, values), made, values)
    relation: pl.DataFrame = made
    return relation


def taken(function: Callable[..., Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Give those of the settings that a function takes."""
    names = inspect.signature(function).parameters
    return {name: value for name, value in values.items() if name in names}
