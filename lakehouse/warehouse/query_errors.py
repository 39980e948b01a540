"""What the engine says of a query that fails, in one line that names the way out."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from lakehouse.errors import QueryError
from lakehouse.warehouse.interrupts import interrupted

_KIND = re.compile(r"^(?:Invalid Input Error: )?(?:[A-Z][A-Za-z]+ )*Error: ")
_POINTER = re.compile(r"\n\nLINE (\d+): .*\n *\^", re.DOTALL)
_SUGGESTED = re.compile(r"\n(?:Did you mean|Candidate bindings:) (.*?)\??$", re.DOTALL)


@contextmanager
def query_errors(*more: type[Exception]) -> Iterator[None]:
    """Turn what goes wrong in the engine into a `QueryError`.

    Parameters
    ----------
    *more : type
        Further exceptions that can only come from the engine where this is used.

    Raises
    ------
    QueryError
        For whatever DuckDB, or Arrow while rows stream, reports; and for an interrupt.
    """
    try:
        yield
    except duckdb.InterruptException as error:
        raise interrupted() from error
    except (duckdb.OutOfMemoryException, pa.ArrowMemoryError, MemoryError) as error:
        raise QueryError(
            "the query needs more memory than it may take",
            fix="allow more with --memory, or ask for less at a time",
        ) from error
    except (duckdb.Error, pa.ArrowException, *more) as error:
        if "INTERRUPT" in str(error):
            raise interrupted() from error
        raise explained(str(error)) from error


def explained(message: str) -> QueryError:
    """Say in one line what the engine said in several.

    Parameters
    ----------
    message : str
        DuckDB's.

    Returns
    -------
    QueryError
        What is wrong, where in the query, and what was perhaps meant.
    """
    where = None
    if pointer := _POINTER.search(message):
        message = message[: pointer.start()]
        where = f"line {pointer[1]}" if pointer[1] != "1" else None
    fix = None
    if suggested := _SUGGESTED.search(message):
        message = message[: suggested.start()]
        fix = f"did you mean {suggested[1].replace(chr(34), '')}?"
    what = _KIND.sub("", message).strip().rstrip("!")
    return QueryError(what, where=where, fix=fix)
