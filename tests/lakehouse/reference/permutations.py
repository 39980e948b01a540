"""Permutation tests of families of correlations: one order, one pair after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from scipy import stats

from tests.lakehouse.reference.faces import Numbers, Vectors
from tests.lakehouse.reference.variables import Values

Pair = Any
"""What a pair of columns is called."""


def largest_of_families(
    columns: dict[Pair, tuple[Values, Values]],
    families: dict[str, set[Pair]],
    people: list[str],
    count: int,
    seed: int,
    blocks: list[str] | None,
) -> tuple[dict[Pair, float], dict[str, Vectors]]:
    """Give each pair's statistic, and each family's largest in every random order.

    The statistic is the size of the rank correlation times the root of the rows less one.
    """
    tested = {}
    for name, (x, y) in columns.items():
        x_all, y_all = (np.array([of.get(who, np.nan) for who in people]) for of in (x, y))
        rows = np.flatnonzero(~np.isnan(x_all) & ~np.isnan(y_all))
        if len(rows) >= 3 and np.ptp(x_all[rows]) > 0 and np.ptp(y_all[rows]) > 0:
            tested[name] = rows, _ranked(x_all[rows]), _ranked(y_all[rows])

    def strength(name: Pair, order: Numbers) -> float:
        _, x, y = tested[name]
        return float(abs(x @ y[order]) * np.sqrt(len(x) - 1))

    every = {name: rows for name, (rows, _, _) in tested.items()}
    orders = drawn_orders(len(people), count, seed, blocks)
    return permuted(every, strength, families, orders)


def permuted(
    rows_of: dict[Pair, Numbers],
    strength: Callable[[Pair, Numbers], float],
    families: dict[str, set[Pair]],
    orders: Numbers,
) -> tuple[dict[Pair, float], dict[str, Vectors]]:
    """As `largest_of_families`, of any statistic of a pair's rows in an order."""
    observed = {name: strength(name, np.arange(len(rows))) for name, rows in rows_of.items()}
    maxima: dict[str, Vectors] = {family: np.zeros(len(orders)) for family in families}
    for at, order in enumerate(orders):
        taken = {rows.tobytes(): among(order, rows) for rows in rows_of.values()}
        found = {name: strength(name, taken[rows.tobytes()]) for name, rows in rows_of.items()}
        for family, names in families.items():
            maxima[family][at] = max((found[name] for name in names & found.keys()), default=0.0)
    return observed, maxima


def drawn_orders(people: int, count: int, seed: int, blocks: list[str] | None) -> Numbers:
    """Draw orders of people; with blocks, each block's own in the order in which they are drawn."""
    random = np.random.default_rng(seed)
    orders = random.permuted(np.tile(np.arange(people), (count, 1)), axis=1)
    if blocks is None:
        return orders
    within = np.empty_like(orders)
    for number, order in enumerate(orders):
        for block in set(blocks):
            members = [who for who in range(people) if blocks[who] == block]
            within[number, members] = [who for who in order if blocks[who] == block]
    return within


def share_reached(observed: float, maxima: Iterable[float]) -> float:
    """Share of orders, the observed one among them, whose largest is as large."""
    largest = np.array(list(maxima))
    if not len(largest) or np.isnan(observed):
        return np.nan
    return float((1 + (largest >= observed * (1 - 1e-9)).sum()) / (1 + len(largest)))


def among(order: Numbers, rows: Numbers) -> Numbers:
    """Whose value each of some rows gets: the next along the cycle that is one of them."""
    place = {int(row): at for at, row in enumerate(rows)}
    taken = []
    for row in rows:
        source = int(order[row])
        while source not in place:
            source = int(order[source])
        taken.append(place[source])
    return np.array(taken, np.intp)


def _ranked(values: Vectors) -> Vectors:
    return np.asarray(stats.zscore(stats.rankdata(values)) / np.sqrt(len(values)))
