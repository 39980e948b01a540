"""Participants with all of their movement, their scores and covariates, as arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import polars as pl

from lakehouse.statistics.available_cases import Matrix, Places
from lakehouse.statistics.prediction.accuracy import accuracy_intervals, correlation, r_squared
from lakehouse.statistics.prediction.nested_ridge import (
    OutOfFold,
    residual_operator,
    spared,
    varies,
)
from lakehouse.statistics.prediction.permuted import beside_permuted, orders_among
from lakehouse.steps.matrices import spread

MOST_PARTICIPANTS: Final = 3000
"""As in `movement_products`, which is empty with more."""

FOLDS: Final = 5
REPEATS: Final = 4

_SPARE: Final = 2
_EXPLAINED: Final = 1e-8
_FOLDS_STREAM: Final = 1
_TOO_MANY: Final = f"more than {MOST_PARTICIPANTS} participants"
_FEW_LEFT: Final = "too few participants to learn from"
_STILL: Final = "nobody's movement differs, or the covariates explain all of it"


@dataclass(frozen=True)
class People:
    """Who can be learnt from.

    Parameters
    ----------
    ids : polars.Series
        Participants with every mask.
    products : ndarray of float64, shape (n, n)
    given : ndarray of float64, shape (n, k)
        Covariates; NaN where one is missing.
    scores : ndarray of float64, shape (n, q)
        NaN where one is missing.
    instruments : list of str
        All that anybody was asked.
    answered : list of int
        Participants with the score, with or without every mask.
    """

    ids: pl.Series
    products: Matrix
    given: Matrix
    scores: Matrix
    instruments: list[str]
    answered: list[int]

    @classmethod
    def of(cls, values: pl.DataFrame, covariates: Sequence[str]) -> People:
        """Spread the long table that `predict_scores` takes."""
        of_pairs = values.filter(pl.col("kind") == "product")
        ids = of_pairs["participant"].unique().sort()
        half, _ = spread(of_pairs.sort("name"), ids)
        products = np.where(np.isnan(half), half.T, half)
        asked = values.filter(pl.col("kind") == "instrument")
        scores, instruments = spread(asked, ids)
        known = asked.group_by("name").agg(pl.col("value").count()).sort("name")
        held = values.filter((pl.col("kind") == "covariate") & pl.col("name").is_in(covariates))
        levels = pl.concat_str("name", "level", separator="\0", ignore_nulls=True)
        given, _ = spread(held.with_columns(levels.alias("name")), ids)
        if not {*covariates} <= {*held["name"]}:
            # Of one that is known of nobody there is no level, and everybody lacks it.
            given = np.column_stack([given, np.full(len(ids), np.nan)])
        return cls(ids, products, given, scores, instruments, known["value"].to_list())

    def trouble(self) -> str | None:
        """Say why there is nobody to learn from; None where there is."""
        crowded = self.ids.is_empty() and max(self.answered, default=0) > MOST_PARTICIPANTS
        return _TOO_MANY if crowded else None

    def sets(self) -> Iterator[tuple[Places, list[int]]]:
        """Give members, and the questionnaires that these very people have answered."""
        able = ~np.isnan(self.given).any(axis=1, keepdims=True)
        there = np.asarray(able & ~np.isnan(self.scores))
        patterns: dict[bytes, list[int]] = {}
        for number in range(there.shape[1]):
            patterns.setdefault(there[:, number].tobytes(), []).append(number)
        for instruments in patterns.values():
            yield np.flatnonzero(there[:, instruments[0]]), instruments

    def cohort(self, members: Places, instruments: list[int], seed: int) -> Cohort:
        """Take some people and some of their scores, and deal them to folds."""
        rng = np.random.default_rng([seed, _FOLDS_STREAM])
        places = np.array([rng.permutation(len(self.ids))[members] for _ in range(REPEATS)])
        return Cohort(
            everybody=len(self.ids),
            members=members,
            products=self.products[np.ix_(members, members)],
            given=self.given[members],
            scores=self.scores[members][:, instruments],
            folds=places.argsort(axis=1).argsort(axis=1) % FOLDS,
        )


@dataclass(frozen=True)
class Cohort:
    """People who have answered the same questionnaires.

    Parameters
    ----------
    everybody : int
        How many people there are besides and among them.
    members : ndarray of int, shape (n,)
        Places among everybody.
    products : ndarray of float64, shape (n, n)
    given : ndarray of float64, shape (n, k)
    scores : ndarray of float64, shape (n, q)
    folds : ndarray of int, shape (repeats, n)
    """

    everybody: int
    members: Places
    products: Matrix
    given: Matrix
    scores: Matrix
    folds: Places

    def reason(self, fewest: int) -> str | None:
        """Say why nothing can be foretold of anything; None where it can."""
        if len(self.members) < fewest:
            return f"fewer than {fewest} participants have the score, every mask and all covariates"
        if spared(self.given, self.folds) < _SPARE:
            return _FEW_LEFT
        return None if varies(self.products, self.given) else _STILL

    def reasons(self) -> list[str | None]:
        """Say why single questionnaires cannot be foretold."""
        centred = self.scores - self.scores.mean(axis=0)
        rest = residual_operator(self.given) @ centred
        before, after = (np.linalg.norm(values, axis=0) for values in (centred, rest))
        constant = np.ptp(self.scores, axis=0) == 0
        explained = after <= _EXPLAINED * before
        return [
            "the score is the same for everybody"
            if same
            else "the covariates explain all of the score"
            if gone
            else None
            for same, gone in zip(constant, explained, strict=True)
        ]

    def only(self, columns: list[int]) -> Cohort:
        """Take some of the questionnaires, their means taken out."""
        scores = self.scores[:, columns]
        return replace(self, scores=scores - scores.mean(axis=0))

    def foretold(self, count: int, seed: int) -> Iterator[tuple[OutOfFold, Matrix]]:
        """Foretell all scores, and scores in so many random orders, block by block.

        Each block, one at least, has what is foretold of the scores as they are, and the
        correlations of what is foretold of them in random order.
        """
        columns = self.scores.shape[1]
        blocks = orders_among(self.everybody, self.members, count, columns, seed)
        for orders in blocks if count else [np.empty((0, len(self.members)), dtype=np.intp)]:
            yield beside_permuted(self.products, self.given, self.scores, self.folds, orders)

    def described(self, found: OutOfFold, bootstraps: int, seed: int) -> list[dict[str, Any]]:
        """Say how well all scores are foretold."""
        low, high = accuracy_intervals(found, bootstraps, seed)
        errors = [
            np.sqrt((values**2).mean(axis=0))
            for values in (found.left - found.predicted, found.left)
        ]
        columns = {
            "r": correlation(found.predicted, found.left),
            "r_low": low[0],
            "r_high": high[0],
            "r_squared": r_squared(found.predicted, found.left),
            "r_squared_low": low[1],
            "r_squared_high": high[1],
            "error": errors[0],
            "baseline_error": errors[1],
            "penalty": np.median(found.penalties, axis=0),
        }
        return [
            {name: float(values[at]) for name, values in columns.items()}
            for at in range(self.scores.shape[1])
        ]
