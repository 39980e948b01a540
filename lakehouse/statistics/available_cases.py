"""Columns of two matrices, each pair over the rows in which both have a value."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from scipy import stats

Matrix = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

FEWEST_ROWS = 3

_EXPLAINED = 1e-8
"""What is left of a column, relative to its length, if covariates explain all of it."""


class Defined(IntEnum):
    """Whether a pair has a correlation and a test, and if not, why."""

    YES = 0
    TOO_FEW = 1
    X_CONSTANT = 2
    Y_CONSTANT = 3
    X_EXPLAINED = 4
    Y_EXPLAINED = 5
    UNTESTED = 6


@dataclass(frozen=True)
class Block:
    """Columns whose pairs are complete in the same rows.

    Parameters
    ----------
    rows : ndarray of int, shape (n,)
        The rows, of the whole matrices.
    x_columns : ndarray of int, shape (p,)
    y_columns : ndarray of int, shape (q,)
        The columns, of the whole matrices.
    """

    rows: Places
    x_columns: Places
    y_columns: Places

    @property
    def pairs(self) -> tuple[Places, ...]:
        """Index of the block's pairs in a matrix of all pairs."""
        return np.ix_(self.x_columns, self.y_columns)


@dataclass(frozen=True)
class Directions:
    """A block's columns with mean 0 and length 1, so that products are correlations.

    Parameters
    ----------
    block : Block
        Rows and columns that the directions belong to.
    x : ndarray of float64, shape (n, p)
    y : ndarray of float64, shape (n, q)
        What covariates explain is taken out; NaN in columns of which nothing is left.
    basis : ndarray of float64, shape (n, k)
        Orthonormal columns that span the centred covariates.
    x_defined, y_defined : ndarray of int8, shapes (p,) and (q,)
        `Defined` of each column.
    """

    block: Block
    x: Matrix
    y: Matrix
    basis: Matrix
    x_defined: npt.NDArray[np.int8]
    y_defined: npt.NDArray[np.int8]

    @property
    def df(self) -> int:
        """Degrees of freedom of a correlation: rows less two and less the covariates."""
        return len(self.block.rows) - 2 - int(self.basis.shape[1])

    @property
    def defined(self) -> npt.NDArray[np.int8]:
        """`Defined` of each pair, shape (p, q)."""
        if self.df < 1:
            shape = (len(self.x_defined), len(self.y_defined))
            return np.full(shape, Defined.TOO_FEW, dtype=np.int8)
        x, y = self.x_defined[:, None], self.y_defined[None, :]
        return np.where(x == Defined.YES, y, x)


def blocks(x: Matrix, y: Matrix) -> Iterator[Block]:
    """Sort the pairs of columns by the rows in which they are complete.

    Missing values come in few patterns: a questionnaire is not handed in, a photograph is
    unusable. So this gives a handful of blocks to be computed as whole matrices, rather than one
    loop pass per pair.

    Parameters
    ----------
    x : ndarray of float64, shape (rows, p)
    y : ndarray of float64, shape (rows, q)
        NaN where a value is missing.

    Yields
    ------
    Block
        Together they hold each pair once.
    """
    for x_columns, x_known in _patterns(x):
        for y_columns, y_known in _patterns(y):
            yield Block(np.flatnonzero(x_known & y_known), x_columns, y_columns)


def directions(
    x: Matrix, y: Matrix, *, given: Matrix | None = None, ranked: bool
) -> Iterator[Directions]:
    """Centre and scale columns, block by block.

    Parameters
    ----------
    x : ndarray of float64, shape (rows, p)
    y : ndarray of float64, shape (rows, q)
        NaN where a value is missing.
    given : ndarray of float64, shape (rows, k), optional
        Covariates; only rows in which all of them are known are used, and what they explain of
        the other columns is taken out by least squares.
    ranked : bool
        Take ranks first, of the covariates too; ties get their mean rank.
    """
    if given is None:
        given = np.empty((len(x), 0))
    x = np.where(np.isnan(given).any(axis=1, keepdims=True), np.nan, x)
    for block in blocks(x, y):
        columns = [
            x[np.ix_(block.rows, block.x_columns)],
            y[np.ix_(block.rows, block.y_columns)],
            given[block.rows],
        ]
        if ranked and len(block.rows):
            columns = [stats.rankdata(part, axis=0) for part in columns]
        basis = _basis(columns[2])
        x_unit, x_lost = _unit(columns[0], basis)
        y_unit, y_lost = _unit(columns[1], basis)
        yield Directions(
            block,
            x_unit,
            y_unit,
            basis,
            _named(x_lost, Defined.X_CONSTANT, Defined.X_EXPLAINED),
            _named(y_lost, Defined.Y_CONSTANT, Defined.Y_EXPLAINED),
        )


def _patterns(matrix: Matrix) -> list[tuple[Places, npt.NDArray[np.bool_]]]:
    """Group columns by the rows in which they have values."""
    known = ~np.isnan(matrix)
    if known.size and known.all():
        return [(np.arange(matrix.shape[1]), np.ones(len(matrix), dtype=np.bool_))]
    columns: dict[bytes, list[int]] = {}
    for column, pattern in enumerate(np.ascontiguousarray(np.packbits(known, axis=0).T)):
        columns.setdefault(pattern.tobytes(), []).append(column)
    return [(np.array(alike, dtype=np.intp), known[:, alike[0]]) for alike in columns.values()]


def _basis(given: Matrix) -> Matrix:
    """Give orthonormal columns that span the centred covariates."""
    if given.size == 0:
        return np.empty((len(given), 0))
    unit, lost = _unit(given, np.empty((len(given), 0)))
    spanned, strength, _ = np.linalg.svd(unit[:, lost == Defined.YES], full_matrices=False)
    basis: Matrix = spanned[:, strength > _EXPLAINED]
    return basis


def _unit(columns: Matrix, basis: Matrix) -> tuple[Matrix, npt.NDArray[np.int8]]:
    """Centre columns, take out what the basis explains, and give them unit length.

    Columns of which nothing is left become NaN, and are marked as constant or explained.
    """
    if len(columns) == 0:
        return columns, np.full(columns.shape[1], Defined.X_CONSTANT, dtype=np.int8)
    constant = (columns == columns[0]).all(axis=0)
    centred = columns - columns.mean(axis=0)
    # Scaled by the largest entry first, so that squares of very small values do not vanish.
    largest = np.abs(centred).max(axis=0)
    constant |= largest == 0
    centred = centred / np.where(constant, 1.0, largest)
    whole = np.sqrt((centred**2).sum(axis=0))
    rest = centred - basis @ (basis.T @ centred)
    length = np.sqrt((rest**2).sum(axis=0))
    explained = ~constant & (length <= _EXPLAINED * whole)
    unit: Matrix = rest / np.where(constant | explained, np.nan, length)
    lost = np.where(constant, Defined.X_CONSTANT, np.where(explained, Defined.X_EXPLAINED, 0))
    return unit, lost.astype(np.int8)


def _named(
    lost: npt.NDArray[np.int8], constant: Defined, explained: Defined
) -> npt.NDArray[np.int8]:
    """Mark columns by the matrix they are of."""
    names = {Defined.X_CONSTANT: constant, Defined.X_EXPLAINED: explained}
    return np.array([names.get(Defined(mark), Defined.YES) for mark in lost], dtype=np.int8)
