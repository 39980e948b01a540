"""Variance components of participants and of places, by restricted maximum likelihood."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

_HALVINGS: Final = 45
_ROUNDS: Final = 40
_STILL: Final = 1e-10
_ROUNDING: Final = 1e-9


@dataclass(frozen=True)
class Components:
    """Components of the variance of values, each of shape (variables,).

    Parameters
    ----------
    participants, places, error : ndarray of float64
        Variances between participants, between the places of repeated values, and of the rest.
        NaN where they do not exist.
    """

    participants: Array
    places: Array
    error: Array


@dataclass(frozen=True)
class _Sums:
    """All that the likelihood needs; the axis after the variables is c, a participant's values.

    With m the places, of k, at which a participant has values y, and u the sum of y.
    """

    people: Array  # (v, k): participants
    places: Array  # (v, k, k, k): sum of m m'
    values: Array  # (v, k, k): sum of y at each place
    weighted: Array  # (v, k, k): sum of u m
    squares: Array  # (v,): sum of y'y
    totals: Array  # (v, k): sum of u²
    values_each: Array  # (k,): 1 … k

    def of(self, variables: npt.NDArray[np.intp]) -> "_Sums":
        """Give those of some variables."""
        each = {
            field.name: getattr(self, field.name)[variables]
            for field in fields(self)
            if field.name != "values_each"
        }
        return replace(self, **each)


def variance_components(values: Array, *, places: bool) -> Components:
    """Estimate variance components of many variables, each by itself.

    Parameters
    ----------
    values : ndarray of float64, shape (variables, participants, k)
        Repeated values of each participant; NaN where there is none.
    places : bool
        Whether the k places, such as first and last photograph, may differ too. The model is
        ``mean + participant + error``, or ``mean + participant + place + error``, all random but
        the mean. Participants count with what they have.

    Returns
    -------
    Components
        A component is 0 where the likelihood is largest there. Without `places`, that of places
        is 0. NaN where fewer than 2 participants have a value, nobody has two, all are equal, or no
        value is left beyond one for each participant and each place but the first.

    References
    ----------
    Patterson & Thompson (1971). Recovery of inter-block information when block sizes are unequal.
    Biometrika 58, 545-554.
    Searle, Casella & McCulloch (1992). Variance components. Wiley; chapters 6 and 8.
    """
    there = ~np.isnan(values)
    each = there.sum(axis=2)
    if not each.size:
        return Components(*np.full((3, len(values)), np.nan))
    low, high = np.where(there, values, np.inf), np.where(there, values, -np.inf)
    low, high = low.min(axis=(1, 2)), high.max(axis=(1, 2))
    repeated = (each.max(axis=1) > 1) & ((each > 0).sum(axis=1) > 1)
    # Without a value more than the model has levels, it fits anything without error.
    levels = (each > 0).sum(axis=1) + np.where(places, there.any(axis=1).sum(axis=1) - 1, 0)
    sound = (
        repeated
        & (each.sum(axis=1) > levels)
        & (high - low > _ROUNDING * np.maximum(np.abs(low), np.abs(high)))
    )
    found = np.full((3, len(values)), np.nan)
    if sound.any():
        spread = (high - low)[sound]
        filled = np.where(there[sound], values[sound] - low[sound][:, None, None], 0.0)
        scaled = filled / spread[:, None, None]
        found[:, sound] = _estimate(scaled, there[sound], places=places) * spread**2
    return Components(*found)


def _estimate(values: Array, there: npt.NDArray[np.bool_], *, places: bool) -> Array:
    sums = _summed(values, there)
    people, of_places = np.full(len(values), 0.5), np.zeros(len(values))
    # Each stops when it is still itself, so that it is what it would be without the others.
    moving = np.arange(len(values))
    for _ in range(_ROUNDS if places else 1):
        some, before = sums.of(moving), (people[moving], of_places[moving])
        people[moving] = _minimum(partial(_slope_of_people, some, before[1]), len(moving))
        if places:
            slope = partial(_slope_of_places, some, people[moving])
            of_places[moving] = _minimum(slope, len(moving))
        steps = np.abs([people[moving] - before[0], of_places[moving] - before[1]]).max(axis=0)
        moving = moving[steps >= _STILL]
        if not len(moving):
            break
    error = _slopes(sums, people, of_places)[0]
    # Where a participant's values do not differ, nothing is left but the participants.
    within = np.where(there, values - _means(values, there), 0.0)
    exact = np.abs(within).max(axis=(1, 2)) <= _ROUNDING
    found: Array = error * np.array([_ratio(people), _ratio(of_places), np.ones(len(values))])
    means = np.where(there.any(axis=2), _means(values, there)[..., 0], np.nan)
    found[:, exact] = [[1.0], [0.0], [0.0]] * np.nanvar(means[exact], axis=1, ddof=1)
    return found


def _means(values: Array, there: npt.NDArray[np.bool_]) -> Array:
    means: Array = values.sum(axis=2) / np.maximum(there.sum(axis=2), 1)
    return means[..., None]


def _summed(values: Array, there: npt.NDArray[np.bool_]) -> _Sums:
    marks = there.astype(np.float64)
    each, total = there.sum(axis=2), values.sum(axis=2)
    numbers = np.arange(1, values.shape[2] + 1)
    having = (each[..., None] == numbers).astype(np.float64)
    return _Sums(
        people=having.sum(axis=1),
        places=np.einsum("vnc,vni,vnj->vcij", having, marks, marks, optimize=True),
        values=np.einsum("vnc,vni->vci", having, values),
        weighted=np.einsum("vnc,vn,vni->vci", having, total, marks, optimize=True),
        squares=(values**2).sum(axis=(1, 2)),
        totals=np.einsum("vnc,vn->vc", having, total**2),
        values_each=numbers.astype(np.float64),
    )


def _ratio(share: Array) -> Array:
    """Turn a component's share of itself and the error into its ratio to the error."""
    return share / (1 - share)


def _minimum(slope: Callable[[Array], Array], count: int) -> Array:
    """Find in [0, 1) where slopes turn from falling to rising, by halving."""
    low, high = np.zeros(count), np.ones(count)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        falls = slope(middle) < 0
        low, high = np.where(falls, middle, low), np.where(falls, high, middle)
    return low


def _slope_of_people(sums: _Sums, of_places: Array, of_people: Array) -> Array:
    return _slopes(sums, of_people, of_places)[1]


def _slope_of_places(sums: _Sums, of_people: Array, of_places: Array) -> Array:
    return _slopes(sums, of_people, of_places)[2]


def _slopes(sums: _Sums, of_people: Array, of_places: Array) -> tuple[Array, Array, Array]:
    """Give the error's variance, and how -2 log likelihood rises with either ratio.

    With A and b the places' normal equations, after the participants are taken out, every product
    with the inverse of the covariance follows from K = (1 + γ A)⁻¹, of the size of the places.
    """
    ratio, gamma = _ratio(of_people)[:, None], _ratio(of_places)[:, None]
    shrunk = 1 / (1 + sums.values_each * ratio)
    taken = ratio * shrunk
    k = len(sums.values_each)
    own = np.einsum("vcii->vi", sums.places)
    # By matrix products: einsum looks for its way anew in each of thousands of calls.
    flat = sums.places.reshape(len(own), k, k * k)
    weights = np.stack([taken, -(shrunk**2)], axis=1)
    removed, fall = np.moveaxis((weights @ flat).reshape(len(own), 2, k, k), 1, 0)
    A = own[:, :, None] * np.eye(k) - removed
    b = sums.values.sum(axis=1) - _applied(taken, sums.weighted)
    square = sums.squares - (taken * sums.totals).sum(axis=1)
    K = np.linalg.inv(np.eye(k) + gamma[:, :, None] * A)
    Kb, K1 = _applied(b, K.swapaxes(1, 2)), K.sum(axis=2)
    Q1 = _applied(K1, A)
    q = Q1.sum(axis=1)
    mean = Kb.sum(axis=1) / q
    rest = square - gamma[:, 0] * (b * Kb).sum(axis=1) - mean * Kb.sum(axis=1)
    free = sums.people @ sums.values_each - 1
    error = np.maximum(rest, np.finfo(float).tiny) / free
    at_places = Kb - mean[:, None] * Q1
    guess = mean[:, None] + gamma * at_places
    totals = (
        sums.totals
        - 2 * _applied(guess, sums.weighted.swapaxes(1, 2))
        + ((sums.places @ guess[:, None, :, None])[..., 0] * guess[:, None]).sum(axis=2)
    )
    of_ratio = (
        (sums.people * sums.values_each * shrunk).sum(axis=1)
        + gamma[:, 0] * _trace(K, fall)
        + (_applied(K1, fall) * K1).sum(axis=1) / q
        - (shrunk**2 * totals).sum(axis=1) / error
    )
    of_gamma = _trace(K, A) - (Q1**2).sum(axis=1) / q - (at_places**2).sum(axis=1) / error
    return error, of_ratio, of_gamma


def _applied(rows: Array, matrices: Array) -> Array:
    """Multiply each row, of shape (v, n), by its own matrix, of shape (v, n, m)."""
    applied: Array = (rows[:, None] @ matrices)[:, 0]
    return applied


def _trace(a: Array, b: Array) -> Array:
    """Give the trace of each product of two matrices."""
    trace: Array = (a * b.swapaxes(1, 2)).sum(axis=(1, 2))
    return trace
