"""Which points move more than average, and where they lie, for any choice of participants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.steps.clusters.places import to_be_grouped

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

_AT_ONCE = 16
"""Choices summed together: so many that a product of matrices pays, so few that they fit."""


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
    def from_rows(cls, rows: pl.DataFrame, known: Mapping[str, pl.Series]) -> Faces:
        """Spread a long table.

        Parameters
        ----------
        rows : polars.DataFrame
            Columns person, mask_number, point (whole numbers), distance, x and y; a row has
            either a distance or, of a neutral face, a place.
        known : mapping of str to polars.Series
            What stands along the axes, ascending: person, point, and mask_number as mask, of
            distances, and neutral, of places.
        """
        of_places = rows["x"].is_not_null()
        points, point = _numbered(rows["point"], known["point"])
        people, person = _numbered(rows["person"], known["person"])
        neutral = of_places.to_numpy()
        masks, mask = _numbered(rows["mask_number"].filter(~of_places), known["mask"])
        neutrals, neutral_mask = _numbered(rows["mask_number"].filter(of_places), known["neutral"])

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


@dataclass(frozen=True)
class Sums:
    """Distances and places, summed over the participants of each choice.

    Parameters
    ----------
    people : ndarray of float64, shape (choices,)
        How many the choice has.
    moved, unmoved : ndarray of float64, shape (choices, masks, points)
        Sum of the distances that are known, and how many are not.
    seen : ndarray of float64, shape (choices, masks)
        How many have the mask.
    placed, unplaced : ndarray of float64, shape (choices, neutral masks, points, 2)
        Of places likewise.
    """

    people: Array
    moved: Array
    unmoved: Array
    seen: Array
    placed: Array
    unplaced: Array


def summed(faces: Faces, weights: Array) -> Iterator[Sums]:
    """Sum up faces over the participants of each choice.

    Parameters
    ----------
    weights : ndarray of float64, shape (choices, people)
        How often each participant is in each choice.

    Yields
    ------
    Sums
        Of the next choices.
    """
    distances, places = _Known.of(faces.distances), _Known.of(faces.places)
    for first in range(0, len(weights), _AT_ONCE):
        some = weights[first : first + _AT_ONCE]
        moved, unmoved = distances.summed(some)
        placed, unplaced = places.summed(some)
        yield Sums(some.sum(axis=1), moved, unmoved, some @ faces.seen, placed, unplaced)


def moving_points(points: Places, sums: Sums) -> Iterator[tuple[Places, Array]]:
    """Find the points above average and their places, for each choice of participants.

    The same as the relations points_above_average and pav_clusters: distances are averaged over
    participants, point by point and mask by mask; a point is above average if in every mask it
    moves more than the mask's mean point; its place is that in the neutral face, averaged over
    participants and then over conditions.

    Parameters
    ----------
    points : ndarray of int, shape (points,)
        Ids, ascending.

    Yields
    ------
    points : ndarray of int, shape (n,)
        Ids, ascending; none where nobody has a mask besides the neutral one.
    places : ndarray of float64, shape (n, 2)
        As k-means takes them.
    """
    moved = _mean(sums.moved, sums.unmoved, sums.people)
    # A mask that nobody chosen has does not exist, and none is above average in it.
    drawn = sums.seen[..., None] > 0
    above = moved > _mean_of_known(moved, axis=-1)[..., None]
    everywhere = (above | ~drawn).all(axis=1) & drawn.any(axis=1)
    places = _mean_of_known(_mean(sums.placed, sums.unplaced, sums.people), axis=1)
    chosen: npt.NDArray[np.bool_] = np.asarray(everywhere & ~np.isnan(places).any(axis=-1))
    for mine, place in zip(chosen, places, strict=True):
        yield points[mine], to_be_grouped(place[mine])


@dataclass(frozen=True)
class _Known:
    """Values of people, 0 where there is none; `unknown` is None where there are all."""

    shape: tuple[int, ...]
    values: Array
    unknown: npt.NDArray[np.bool_] | None

    @classmethod
    def of(cls, values: Array) -> _Known:
        flat = values.reshape(len(values), np.prod(values.shape[1:], dtype=int))
        unknown = np.isnan(flat)
        if not unknown.any():
            return cls(values.shape[1:], flat, None)
        return cls(values.shape[1:], np.where(unknown, 0.0, flat), unknown)

    def summed(self, weights: Array) -> tuple[Array, Array]:
        """Sum up over people what is known, and count what is not, shapes (choices, …)."""
        shape = (len(weights), *self.shape)
        total: Array = (weights @ self.values).reshape(shape)
        if self.unknown is None:
            return total, np.zeros(shape)
        return total, (weights @ self.unknown).reshape(shape)


def _numbered(values: pl.Series, different: pl.Series) -> tuple[Places, Places]:
    """Give the different values and which of them each is."""
    levels = different.cast(pl.Int64).to_numpy().astype(np.intp)
    return levels, np.searchsorted(levels, values.cast(pl.Int64).to_numpy())


def _numbers(values: pl.Series) -> Array:
    numbers: Array = values.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return numbers


def _mean(total: Array, unknown: Array, people: Array) -> Array:
    count = people.reshape(-1, *[1] * (total.ndim - 1)) - unknown
    mean: Array = np.where(count > 0, total / np.where(count > 0, count, 1.0), np.nan)
    return mean


def _mean_of_known(values: Array, *, axis: int) -> Array:
    known = ~np.isnan(values)
    count = known.sum(axis=axis)
    total = np.where(known, values, 0.0).sum(axis=axis)
    mean: Array = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return mean
