"""Carrying the models' SQL over from DuckDB to Spark."""

import re
from functools import cache
from typing import Any

from lakehouse.errors import BuildError

_PLAIN = re.compile(r"[\w ,;:/-]+")
"""Texts that mean themselves as patterns too."""


@cache
def carried(query: str) -> str:
    """Write a query as Spark understands it.

    Parameters
    ----------
    query : str
        Of DuckDB. Relations may have a schema.

    Returns
    -------
    str
        It reads relations under the names that `view_name` gives, and has the same columns. What
        is a fraction is a double: Spark takes 0.5 for a decimal, and rounds averages of those.

    Raises
    ------
    BuildError
        If it has something that Spark lacks.
    """
    # Late: whoever asks for help, or has not got it, is to be told so in words.
    import sqlglot
    from sqlglot.errors import ErrorLevel, SqlglotError

    try:
        tree = sqlglot.parse_one(query, read="duckdb")
        tree = tree.transform(_plainly_split).transform(_as_spark_has_it)
        written: str = tree.sql(dialect="spark", unsupported_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        raise BuildError(f"does not carry over to Spark: {str(error).splitlines()[0]}") from error
    return written


def view_name(relation: str) -> str:
    """Name a relation's view in Spark, whose temporary views have no schema."""
    return "__".join(relation.split("."))


def _as_spark_has_it(part: Any) -> Any:
    from sqlglot import exp

    if isinstance(part, exp.Literal) and part.is_number and not part.is_int:
        # What is a cast already is not asked again for what it casts.
        done = isinstance(part.parent, exp.Cast) and part.parent.is_type(exp.DType.DOUBLE)
        return part if done else exp.cast(part, exp.DType.DOUBLE)
    if isinstance(part, exp.Table) and part.db:
        named = exp.to_table(view_name(f"{part.db}.{part.name}"))
        return exp.alias_(named, part.alias_or_name, table=True)
    return part


def _plainly_split(part: Any) -> Any:
    """Split at a plain text without quotes for patterns, of which Sail does not know all."""
    from sqlglot import exp

    if isinstance(part, exp.Split) and _PLAIN.fullmatch(part.expression.name):
        return exp.RegexpSplit(this=part.this, expression=part.expression)
    return part
