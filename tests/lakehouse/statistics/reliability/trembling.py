"""Faces that move little, tremble much, or tremble by different amounts."""

import numpy as np

from lakehouse.statistics.reliability.split_halves import Halves

SHARED = 0.7
"""Of the noise of a photograph, what all points have in common, as of a turned head."""


def photographs(
    people: int,
    *,
    movement: float = 0.0,
    log_sd: float = 0.0,
    shared: float = SHARED,
    points: int = 15,
    sessions: int = 1,
    photos: int = 3,
    seed: int = 0,
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Give masks and neutral faces of each session, (people, photos, points, 2) each.

    People move all points by an amount of their own, of the standard deviation `movement`, and
    each photograph's noise has a standard deviation of their own about 1, log-normal.
    """
    random = np.random.default_rng(seed)
    tremble = np.exp(random.normal(0, log_sd, (people, 1, 1, 1)))
    amount = np.abs(random.normal(0, 1, (people, 1, 1, 1))) * movement
    angles = random.uniform(0, 2 * np.pi, points)
    moved = amount * np.stack([np.cos(angles), np.sin(angles)], axis=1)

    def noisy() -> np.ndarray:
        of_all = random.normal(size=(people, photos, 1, 2))
        of_each = random.normal(size=(people, photos, points, 2))
        return tremble * (np.sqrt(shared) * of_all + np.sqrt(1 - shared) * of_each)

    return [(moved + noisy(), noisy()) for _ in range(sessions)]


def distance(face: np.ndarray, neutral: np.ndarray) -> np.ndarray:
    """The feature: how far points of the mean faces lie apart, on average."""
    moved = face.mean(axis=1) - neutral.mean(axis=1)
    return np.linalg.norm(moved, axis=-1).mean(axis=-1)


def of_halves(face: np.ndarray, neutral: np.ndarray, halves: Halves) -> np.ndarray:
    """The feature of each half, shape (people, halves)."""
    columns = []
    for one, other in zip(halves.face, halves.neutral, strict=True):
        moved = np.einsum("nkpd,k->npd", face, one) - np.einsum("nkpd,k->npd", neutral, other)
        columns.append(np.linalg.norm(moved, axis=-1).mean(axis=-1))
    return np.stack(columns, axis=1)


def along_others(face: np.ndarray, neutral: np.ndarray) -> np.ndarray:
    """How far each photograph goes the way that the others go, shape (people, photos)."""
    each = face - neutral
    own = each.mean(axis=1)
    others = own.sum(axis=0) - own
    way = others / np.linalg.norm(others, axis=-1, keepdims=True)
    return (each * way[:, None]).sum(axis=-1).mean(axis=-1)


def icc_ak(values: np.ndarray) -> float:
    """McGraw and Wong's ICC(A,k) of a table of people and photographs."""
    n, k = values.shape
    people, places, grand = values.mean(axis=1), values.mean(axis=0), values.mean()
    rest = ((values - people[:, None] - places + grand) ** 2).sum() / ((n - 1) * (k - 1))
    between = k * people.var(ddof=1)
    return float((between - rest) / (between + (n * places.var(ddof=1) - rest) / n))
