"""Questionnaire scores that are distributed as the study's own: floors, tails and whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from statistics import NormalDist
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lakehouse.lake.schemas import SCORES
from lakehouse.synthetic.scores import standardised

Vectors = npt.NDArray[np.float64]

TIED: Final = "asrsb"
"""The score that may follow a movement."""

_LOADING: Final = 0.8
"""Of all scores on one factor of distress: they go together, as the paper remarks."""

_STEPS: Final = 30
"""Of Newton's method, each of which doubles the right digits; about eight are needed."""

_EXACT: Final = 1e-12


class Shape(NamedTuple):
    """How a questionnaire's scores are distributed.

    Attributes
    ----------
    highest : int
        Of anybody in the study; the lowest is 0.
    mean, sd, skewness : float
        Of all participants.
    at_zero : float
        Share of the participants.
    """

    highest: int
    mean: float
    sd: float
    skewness: float
    at_zero: float


STUDY: Final[dict[str, Shape]] = {
    "dbi": Shape(39, 9.55, 7.09, 1.33, 0.045),
    "bai": Shape(47, 10.34, 9.19, 1.37, 0.071),
    "asrsa": Shape(35, 15.48, 6.57, 0.25, 0.003),
    "asrsb": Shape(33, 13.66, 6.16, 0.35, 0.006),
    "oci": Shape(55, 17.53, 10.66, 0.68, 0.016),
    "srq": Shape(19, 6.83, 4.89, 0.47, 0.078),
}
"""The study's 309 participants."""


def draw_study_scores(
    participants: Sequence[str], movement: Vectors, rho: float, rng: np.random.Generator
) -> pa.Table:
    """Draw every participant's scores of the study's six questionnaires.

    Parameters
    ----------
    participants : sequence of str
    movement : ndarray of float64, shape (participants,)
        What `TIED` follows, standardised over these participants.
    rho : float
        By how much: the correlation in the population, before scores are made whole numbers of the
        questionnaire's distribution. At 0 no score has to do with anything.

    Returns
    -------
    pyarrow.Table
        As `lakehouse.lake.schemas.SCORES`.
    """
    latent = latent_scores(len(participants), rng)
    place = list(STUDY).index(TIED)
    latent[:, place] = rho * standardised(movement) + np.sqrt(1 - rho**2) * latent[:, place]
    scores = shaped(latent, STUDY)
    return pa.table(
        [
            pa.array(np.repeat(list(participants), len(STUDY)).tolist(), pa.string()),
            pa.array([*STUDY] * len(participants), pa.string()),
            pa.array(scores.ravel()),
        ],
        schema=SCORES,
    )


def latent_scores(participants: int, rng: np.random.Generator) -> Vectors:
    """Draw what scores are made of, shape (participants, 6): normal, with one common factor."""
    distress = rng.standard_normal((participants, 1))
    own = rng.standard_normal((participants, len(STUDY)))
    latent: Vectors = np.sqrt(_LOADING) * distress + np.sqrt(1 - _LOADING) * own
    return latent


def shaped(latent: Vectors, shapes: Mapping[str, Shape]) -> Vectors:
    """Give normal values the distributions of questionnaires, keeping their order.

    Parameters
    ----------
    latent : ndarray of float64, shape (participants, len(shapes))
        Standard normal.

    Returns
    -------
    ndarray of float64, shape (participants, len(shapes))
        Whole numbers from 0 to the highest.
    """
    normal = NormalDist()
    columns = [
        np.searchsorted(probabilities(shape).cumsum()[:-1], [normal.cdf(z) for z in column])
        for shape, column in zip(shapes.values(), latent.T, strict=True)
    ]
    scores: Vectors = np.stack(columns, axis=1).astype(np.float64)
    return scores


@cache
def probabilities(shape: Shape) -> Vectors:
    """Find the most even distribution of this mean, deviation, skewness and share at 0.

    Returns
    -------
    ndarray of float64, shape (highest + 1,)
        The probability of each score: that of largest entropy. Of the study's questionnaires,
        quartiles come out right to within a point, though nothing here knows of them.
    """
    scores = np.arange(shape.highest + 1)
    z = (scores - shape.mean) / shape.sd
    moments = np.stack([z, z**2, z**3, scores == 0])
    # Measured from what they are to be, so that their mean is 0 where all are right.
    moments -= np.array([[0], [1], [shape.skewness], [shape.at_zero]])
    # The logarithm of the sum of exp(multipliers @ moments) is least there; it is convex, and
    # Newton's steps are shortened until they lead down.
    multipliers = np.zeros(len(moments))
    weights, height = _weighed(multipliers, moments)
    for _ in range(_STEPS):
        slope = moments @ weights
        curvature = (moments * weights) @ moments.T - np.outer(slope, slope)
        step = np.linalg.solve(curvature, slope)
        while (tried := _weighed(multipliers - step, moments))[1] > height + _EXACT:
            step /= 2
        multipliers, (weights, height) = multipliers - step, tried
    return weights


def _weighed(multipliers: Vectors, moments: Vectors) -> tuple[Vectors, float]:
    """Give the probabilities, and the logarithm of what they were divided by."""
    exponents = multipliers @ moments
    top = exponents.max()
    raw = np.exp(exponents - top)
    weights: Vectors = raw / raw.sum()
    return weights, float(top + np.log(raw.sum()))
