"""Questionnaire scores of a made-up cohort, in the ranges that the settings give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lakehouse.lake.schemas import SCORES
from lakehouse.settings.instruments import Instrument
from lakehouse.synthetic.scores import standardised, without

Vectors = npt.NDArray[np.float64]

PLANTED_INSTRUMENT: Final = "asrsb"
PLANTED_RHO: Final = 0.22
"""As strong as the strongest in the paper's table 1."""

_DISTRESS: Final = 0.8
"""Loading of the untied scores on one factor: they go together, as the paper remarks."""

# Most students score low: a logistic curve with its middle this far up in standard deviations.
_EASE: Final = 0.9
_STEEPNESS: Final = 0.7


def draw_cohort_scores(
    participants: list[str],
    movement: Vectors,
    instruments: Mapping[str, Instrument],
    rng: np.random.Generator,
) -> pa.Table:
    """Draw every participant's scores.

    Parameters
    ----------
    participants : list of str
    movement : ndarray of float64, shape (participants,)
        What the planted score follows; constant where nothing is to be planted.
    instruments : mapping of str to Instrument
        Names and ranges.

    Returns
    -------
    pyarrow.Table
        As `lakehouse.lake.schemas.SCORES`. Scores are whole numbers of points above the lowest.

    Notes
    -----
    Before they are bent into their range, the planted score correlates with the movement by
    exactly `PLANTED_RHO` in this sample, and every other score does not at all.
    """
    tied = standardised(movement)
    count = len(participants)
    distress = standardised(without(rng.standard_normal(count), tied))
    scores = []
    for name, kind in instruments.items():
        own = standardised(without(rng.standard_normal(count), tied))
        common, loading = (
            (tied, PLANTED_RHO) if name == PLANTED_INSTRUMENT else (distress, _DISTRESS)
        )
        latent = loading * common + np.sqrt(1 - loading**2) * own
        share = 1 / (1 + np.exp(-_STEEPNESS * latent + _EASE))
        scores.append(kind.min + np.rint(share * np.floor(kind.max - kind.min)))
    return pa.table(
        [
            pa.array(np.repeat(participants, len(instruments)).tolist(), pa.string()),
            pa.array([*instruments] * count, pa.string()),
            pa.array(np.stack(scores, axis=1).ravel()) if scores else pa.array([], pa.float64()),
        ],
        schema=SCORES,
    )
