"""Questionnaire scores of synthetic participants, one of them tied to a movement."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.files.replace import write_bytes

Vectors = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Instrument:
    """Range and typical distribution of a questionnaire's sum score.

    Attributes
    ----------
    maximum : int
        Highest possible score; the lowest is 0.
    mean, sd : float
        Of the untied, right-skewed distribution among students.
    """

    maximum: int
    mean: float
    sd: float


INSTRUMENTS: Final[dict[str, Instrument]] = {
    "dbi": Instrument(63, 11.0, 8.5),
    "bai": Instrument(63, 12.0, 9.5),
    "asrsa": Instrument(36, 16.0, 5.5),
    "asrsb": Instrument(36, 14.0, 5.0),
    "oci": Instrument(72, 17.0, 11.0),
    "srq": Instrument(20, 6.5, 4.2),
}
"""Beck depression and anxiety, ASRS inattention and hyperactivity, OCI-R, SRQ-20."""

# One factor of distress loads on all of the untied questionnaires: anxiety and
# compulsion, as the paper remarks, go strongly together.
_LOADINGS: Final = {"dbi": 0.75, "bai": 0.85, "asrsa": 0.5, "oci": 0.8, "srq": 0.75}


def draw_scores(
    participants: tuple[str, ...],
    movement: Vectors,
    instrument: str,
    rho: float,
    rng: np.random.Generator,
) -> tuple[pl.DataFrame, Vectors]:
    """Draw every participant's scores.

    Parameters
    ----------
    participants : tuple of str
        Ids.
    movement : ndarray of float64, shape (participants,)
        The movement that one score depends on, in any unit.
    instrument : str
        Which score that is.
    rho : float
        Its Pearson correlation with the movement in this very sample, before the score is
        rounded and kept in its range. Three participants are the fewest for which any
        value can be had.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    scores : polars.DataFrame
        Columns participant and, per instrument, ``<instrument>_score`` (integers).
    exact : ndarray of float64, shape (participants,)
        The planted score before rounding.

    Notes
    -----
    The logarithm of every other score is uncorrelated with the movement in this sample.
    """
    count = len(participants)
    tied = standardised(movement)
    own = standardised(without(rng.standard_normal(count), tied))
    latent = standardised(rho * tied + np.sqrt(1 - rho**2) * own)
    distress = without(rng.standard_normal(count), tied)
    planted = INSTRUMENTS[instrument]
    exact = planted.mean + planted.sd * latent
    columns: dict[str, Vectors] = {}
    for name, kind in INSTRUMENTS.items():
        loading = _LOADINGS.get(name, 0.5)
        specific = without(rng.standard_normal(count), tied)
        shared = standardised(loading * distress + np.sqrt(1 - loading**2) * specific)
        columns[name] = exact if name == instrument else _skewed(shared, kind)
    scores = {
        f"{name}_score": np.clip(np.rint(values), 0, INSTRUMENTS[name].maximum).astype(np.int64)
        for name, values in columns.items()
    }
    return pl.DataFrame({"participant": list(participants), **scores}), exact


def write_scores(scores: pl.DataFrame, path: Path) -> Path:
    """Write scores as the CSV file that ``lakehouse scores`` reads.

    Parameters
    ----------
    scores : polars.DataFrame
        As in `StudyPlan.scores`.
    path : Path
        File to write; its folder is made.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    LakeError
        If it cannot be written.
    """
    write_bytes(path, scores.write_csv().encode())
    return path


def standardised(values: Vectors) -> Vectors:
    """Scale values to mean 0 and standard deviation 1; constant ones become 0.

    Parameters
    ----------
    values : ndarray of float64, shape (n,)
        Anything finite.

    Returns
    -------
    ndarray of float64, shape (n,)
        The same, standardised over the sample.
    """
    centred: Vectors = values - values.mean()
    spread = float(centred.std())
    return centred / spread if spread > 1e-9 else np.zeros_like(centred)


def without(values: Vectors, direction: Vectors) -> Vectors:
    """Take out of values what correlates with another variable.

    Parameters
    ----------
    values : ndarray of float64, shape (n, ...)
        Variables in columns.
    direction : ndarray of float64, shape (n,)
        The other variable, standardised.

    Returns
    -------
    ndarray of float64, shape (n, ...)
        Uncorrelated with `direction` in this sample; means are kept.
    """
    slope = np.tensordot(direction, values, axes=(0, 0)) / max(float(direction @ direction), 1e-12)
    residual: Vectors = values - np.multiply.outer(direction, slope)
    return residual


def _skewed(latent: Vectors, kind: Instrument) -> Vectors:
    """Log-normal scores of the instrument's mean and deviation from standard ones."""
    variance = np.log1p((kind.sd / kind.mean) ** 2)
    scores: Vectors = np.exp(np.log(kind.mean) - variance / 2 + np.sqrt(variance) * latent)
    return scores
