"""Arrays in the columns of a table, so that parts of a step's work can be sent and added."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

Matrix = npt.NDArray[np.float64]


def packed(matrix: Matrix) -> pl.Series:
    """Put each row of an array into a cell.

    Parameters
    ----------
    matrix : ndarray of float64, shape (n, …)

    Returns
    -------
    polars.Series of binary, length n
    """
    return pl.Series([np.ascontiguousarray(row).tobytes() for row in matrix], dtype=pl.Binary)


def unpacked(cells: pl.Series, shape: Sequence[int] = (-1,)) -> Matrix:
    """Take arrays out of their cells.

    Parameters
    ----------
    cells : polars.Series of binary, length n
        At least one; all of one length.
    shape : sequence of int, optional
        Of each.

    Returns
    -------
    ndarray of float64, shape (n, …)
    """
    matrix = np.empty((len(cells), *np.frombuffer(cells[0]).reshape(shape).shape))
    for at, cell in enumerate(cells):
        matrix[at] = np.frombuffer(cell).reshape(matrix.shape[1:])
    return matrix


def added(tables: pl.DataFrame) -> pl.DataFrame:
    """Add tables of a row each, below each other.

    Parameters
    ----------
    tables : polars.DataFrame
        At least one row. They are added in the order of the first column. Of packed arrays the
        sum is taken, and else what stands in the first table.

    Returns
    -------
    polars.DataFrame
        One row of the same columns.
    """
    ordered = tables.sort(tables.columns[0])
    one = ordered.head(1)
    if len(tables) > 1:
        for column in ordered.iter_columns():
            if column.dtype == pl.Binary:
                whole = sum(map(np.frombuffer, column[1:]), start=np.frombuffer(column[0]))
                one = one.with_columns(packed(whole[None]).alias(column.name))
    return one
