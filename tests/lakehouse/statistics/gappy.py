"""Random columns with ties and gaps, for comparison with other programs pair by pair."""

from collections.abc import Iterator

import numpy as np


def gappy_matrices(seed: int = 11, rows: int = 40) -> tuple[np.ndarray, np.ndarray]:
    """Columns with ties, and gaps in several patterns, some shared and some not.

    Of the first matrix column 7 is constant, and column 8 but for one row; of the second,
    column 3 is known in four rows only, and column 4 is constant where column 5 of the first
    is known.
    """
    random = np.random.default_rng(seed)
    x, y = random.normal(size=(rows, 9)), random.integers(0, 8, (rows, 5)).astype(float)
    x[:, 1] = np.round(x[:, 1])
    x[:, 7] = 0.1
    x[:, 8] = 0
    x[3, 8] = 2
    y[:, 0] += 3 * x[:, 0]
    x[:7, 2:5] = np.nan
    x[rows - 10 :, 5] = np.nan
    x[random.random(rows) < 0.3, 6] = np.nan
    y[5:12, 1] = np.nan
    y[random.random(rows) < 0.5, 2] = np.nan
    y[4:, 3] = np.nan
    y[: rows - 10, 4] = 5
    return x, y


def complete_pairs(
    x: np.ndarray, y: np.ndarray
) -> Iterator[tuple[tuple[int, int], np.ndarray, np.ndarray]]:
    """Each pair of columns over the rows in which both are known."""
    for a in range(x.shape[1]):
        for b in range(y.shape[1]):
            known = ~np.isnan(x[:, a]) & ~np.isnan(y[:, b])
            yield (a, b), x[known, a], y[known, b]


def correlated(first: np.ndarray, second: np.ndarray) -> bool:
    """Whether two columns can have a correlation."""
    return len(first) >= 3 and np.ptp(first) > 0 and np.ptp(second) > 0
