"""Carrying the models' SQL over from DuckDB to Spark."""

from functools import cache

import sqlglot
from sqlglot import ErrorLevel, exp
from sqlglot.errors import SqlglotError

from lakehouse.errors import BuildError


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
    try:
        tree = sqlglot.parse_one(query, read="duckdb")
        for literal in list(tree.find_all(exp.Literal)):
            if literal.is_number and not literal.is_int:
                literal.replace(exp.cast(literal.copy(), exp.DType.DOUBLE))
        for table in tree.find_all(exp.Table):
            if table.db:
                named = exp.to_table(view_name(f"{table.db}.{table.name}"))
                table.replace(exp.alias_(named, table.alias_or_name, table=True))
        return tree.sql(dialect="spark", unsupported_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        raise BuildError(f"does not carry over to Spark: {str(error).splitlines()[0]}") from error


def view_name(relation: str) -> str:
    """Name a relation's view in Spark, whose temporary views have no schema."""
    return relation.replace(".", "__")
