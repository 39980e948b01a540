"""Which points move more than average, and where they lie, for any choice of participants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

_AT_ONCE = 64
"""Choices averaged together: so many that a product of matrices pays, so few that they fit."""


@dataclass(frozen=True)
class Faces:
    """Distances and neutral faces of all participants.

    Parameters
    ----------
    points : ndarray of int, shape (points,)
        Ids, ascending.
    distances : ndarray of float64, shape (people, masks, points)
        From the own neutral face; NaN where there is none.
    seen : ndarray of bool, shape (people, masks)
        Who has which mask.
    places : ndarray of float64, shape (people, neutral masks, points, 2)
        Of the points in the neutral faces; NaN where there is none.
    """

    points: Places
    distances: Array
    seen: npt.NDArray[np.bool_]
    places: Array

    @classmethod
    def from_rows(cls, rows: pl.DataFrame) -> Faces:
        """Spread a long table.

        Parameters
        ----------
        rows : polars.DataFrame
            Columns person, mask_number, point (whole numbers), distance, x and y; a row has
            either a distance or, of a neutral face, a place.
        """
        of_places = rows["x"].is_not_null()
        points, point = _numbered(rows["point"])
        people, person = _numbered(rows["person"])
        neutral = of_places.to_numpy()
        masks, mask = _numbered(rows["mask_number"].filter(~of_places))
        neutrals, neutral_mask = _numbered(rows["mask_number"].filter(of_places))

        moved = person[~neutral], mask, point[~neutral]
        distances = np.full((len(people), len(masks), len(points)), np.nan)
        distances[moved] = _numbers(rows["distance"].filter(~of_places))
        seen = np.zeros((len(people), len(masks)), dtype=np.bool_)
        seen[moved[:2]] = True
        places = np.full((len(people), len(neutrals), len(points), 2), np.nan)
        for axis, name in enumerate("xy"):
            at = person[neutral], neutral_mask, point[neutral], axis
            places[at] = _numbers(rows[name].filter(of_places))
        return cls(points, distances, seen, places)


def moving_points(faces: Faces, weights: Array) -> Iterator[tuple[Places, Array]]:
    """Find the points above average and their places, for each choice of participants.

    The same as the relations points_above_average and pav_clusters: distances are averaged over
    participants, point by point and mask by mask; a point is above average if in every mask it
    moves more than the mask's mean point; its place is that in the neutral face, averaged over
    participants and then over conditions.

    Parameters
    ----------
    weights : ndarray of float64, shape (choices, people)
        How often each participant is in each choice.

    Yields
    ------
    points : ndarray of int, shape (n,)
        Ids, ascending; none where nobody has a mask besides the neutral one.
    places : ndarray of float64, shape (n, 2)
    """
    for first in range(0, len(weights), _AT_ONCE):
        some = weights[first : first + _AT_ONCE]
        moved = _averaged(some, faces.distances)
        # A mask that nobody chosen has does not exist, and none is above average in it.
        drawn = (some @ faces.seen)[..., None] > 0
        above = moved > _mean_of_known(moved, axis=-1)[..., None]
        everywhere = (above | ~drawn).all(axis=1) & drawn.any(axis=1)
        places = _mean_of_known(_averaged(some, faces.places), axis=1)
        chosen: npt.NDArray[np.bool_] = np.asarray(everywhere & ~np.isnan(places).any(axis=-1))
        for mine, place in zip(chosen, places, strict=True):
            yield faces.points[mine], place[mine]


def _numbered(values: pl.Series) -> tuple[Places, Places]:
    """Give the different values and which of them each is."""
    different, member = np.unique(values.cast(pl.Int64).to_numpy(), return_inverse=True)
    return different.astype(np.intp), member.ravel().astype(np.intp)


def _numbers(values: pl.Series) -> Array:
    numbers: Array = values.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return numbers


def _averaged(weights: Array, values: Array) -> Array:
    """Average over people what is known, shape (choices, …)."""
    flat = values.reshape(len(values), np.prod(values.shape[1:], dtype=int))
    known = ~np.isnan(flat)
    total = weights @ np.where(known, flat, 0.0)
    count = weights @ known if not known.all() else weights.sum(axis=1, keepdims=True)
    mean = np.where(count > 0, total / np.where(count > 0, count, 1.0), np.nan)
    return mean.reshape(len(weights), *values.shape[1:])


def _mean_of_known(values: Array, *, axis: int) -> Array:
    known = ~np.isnan(values)
    count = known.sum(axis=axis)
    total = np.where(known, values, 0.0).sum(axis=axis)
    mean: Array = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return mean
