"""Reliability from halves of the photographs of two faces, of which a distance is taken."""

from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import Final

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

_DEGREE: Final = 2
"""Of the curve along which covariances are followed to the noise of all photographs."""
_ROUNDING: Final = 1e-9


@dataclass(frozen=True)
class Halves:
    """Which photographs of the face and of the neutral face are in which half.

    Parameters
    ----------
    face, neutral : ndarray of float64, shape (h, parts)
        Weights of each half's photographs, which sum to 1.
    pairs : tuple of ndarray of int, shape (p, 2)
        By level: pairs of halves that share no photograph. The last level's halves use all
        photographs between them, and are of the same length.
    weights : ndarray of float64, shape (levels,)
        What the levels' covariances are multiplied by to give that of two measurements with all
        photographs each; empty where one level is all there is.
    lengthening : float
        Length of the whole in lengths of a half of the last level.
    """

    face: Matrix
    neutral: Matrix
    pairs: tuple[Places, ...]
    weights: Matrix
    lengthening: float


@cache
def halves_of(parts: int) -> Halves:
    """List the halves of 2 or 3 photographs, or parcels of photographs, of each face.

    Three cannot be halved. A half of one face's photographs and two of the other's, against one
    of two and one of one, are equally long: noise has the variance 1/1 + 1/2 in both and 1/3 + 1/3
    in the whole, which is 2.25 times as long, and not twice.

    Raises
    ------
    ValueError
        If there are neither 2 nor 3.
    """
    if parts not in (2, 3):
        raise ValueError(f"{parts} parts cannot be halved here; parcel them")
    some = [one for size in range(1, parts) for one in combinations(range(parts), size)]
    halves = list(product(some, some))
    noise = [1 / len(face) + 1 / len(neutral) for face, neutral in halves]
    levels: dict[tuple[float, float], list[tuple[int, int]]] = {}
    for a, b in combinations(range(len(halves)), 2):
        shared = [set(one) & set(other) for one, other in zip(halves[a], halves[b], strict=True)]
        if not any(shared):
            first, second = sorted((noise[a], noise[b]), reverse=True)
            levels.setdefault((first, second), []).append((a, b))
    # Whose halves are the longest at equal length comes last.
    order = sorted(levels, key=lambda level: (level[0] == level[1], -sum(level)))
    whole = 2 / parts
    powers = np.vander([sum(level) / 2 for level in order], _DEGREE + 1)
    follow = (
        np.array([])
        if len(order) == 1
        else np.vander([whole], _DEGREE + 1)[0] @ np.linalg.pinv(powers)
    )
    return Halves(
        face=_weights([face for face, _ in halves], parts),
        neutral=_weights([neutral for _, neutral in halves], parts),
        pairs=tuple(np.array(levels[level]) for level in order),
        weights=follow,
        lengthening=order[-1][0] / whole,
    )


def _weights(members: list[tuple[int, ...]], parts: int) -> Matrix:
    weights = np.zeros((len(members), parts))
    for half, one in enumerate(members):
        weights[half, list(one)] = 1 / len(one)
    return weights


def split_half(
    values: Matrix, whole: Matrix, halves: Halves, counts: Matrix
) -> tuple[Matrix, Matrix]:
    """Say how well a feature would agree with itself if it were measured again.

    Parameters
    ----------
    values : ndarray of float64, shape (n, h)
        A feature of each half's faces; NaN in the whole row of who has none.
    whole : ndarray of float64, shape (n,)
        The feature of all photographs.
    counts : ndarray of float64, shape (samples, n)
        How often each participant is in a sample; a row of ones for the data themselves.

    Returns
    -------
    spearman_brown : ndarray of float64, shape (samples,)
        Mean covariance of the last level's pairs over the mean variance of their halves, stepped
        up to the length of the whole. It takes for granted that a longer measurement is the same
        one with less noise.
    followed : ndarray of float64, shape (samples,)
        Covariance of two measurements with all photographs, over the variance of one. A distance
        near the noise changes its meaning with the noise: noise adds to it, and hides the
        movement. So the covariances of halves with more and less noise are followed, along a
        parabola in the variance of noise, to that of all photographs. Equal to `spearman_brown`
        with two parts, which have one level.

        Both NaN where there are fewer than 3 different participants or no variance.

    References
    ----------
    Spearman (1910). Correlation calculated from faulty data. British Journal of Psychology 3,
    271-295. Brown (1910). Some experimental results in the correlation of mental abilities. The
    same, 296-322.
    """
    known = ~np.isnan(values).any(axis=1) & ~np.isnan(whole)
    counts = counts[:, known]
    values, whole = values[known], whole[known]
    if len(whole) < 3:
        return np.full(len(counts), np.nan), np.full(len(counts), np.nan)
    size = np.abs(whole).max()
    values, whole = values - values.mean(axis=0), whole - whole.mean()
    last = np.unique(halves.pairs[-1])
    products = [
        (values[:, pairs[:, 0]] * values[:, pairs[:, 1]]).mean(axis=1) for pairs in halves.pairs
    ]
    squares = (values[:, last] ** 2).mean(axis=1), whole**2
    sums = counts @ np.column_stack([np.ones(len(whole)), values, whole, *products, *squares])
    n, means = sums[:, 0], sums[:, 1 : values.shape[1] + 2] / sums[:, :1]
    of_pairs = [
        (means[:, pairs[:, 0]] * means[:, pairs[:, 1]]).mean(axis=1) for pairs in halves.pairs
    ]
    of_squares = [(means[:, last] ** 2).mean(axis=1), means[:, -1] ** 2]
    mean_products = sums[:, values.shape[1] + 2 :] / n[:, None]
    moments = mean_products - np.column_stack([*of_pairs, *of_squares])
    moments *= (n / np.where(n > 1, n - 1, np.nan))[:, None]
    different = (counts > 0).sum(axis=1) > 2
    enough = different & (moments[:, -2:] > (_ROUNDING * size) ** 2).all(axis=1)
    moments[~enough] = np.nan
    between = moments[:, len(products) - 1] / moments[:, -2]
    longer = 1 + (halves.lengthening - 1) * between
    stepped = halves.lengthening * between / np.where(longer > 0, longer, np.nan)
    if not len(halves.weights):
        return stepped, stepped
    return stepped, moments[:, : len(products)] @ halves.weights / moments[:, -1]
