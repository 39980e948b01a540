"""A specification from faces to correlations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.multiverse.faces import Faces
from lakehouse.multiverse.specification import Specification
from lakehouse.settings import Settings
from lakehouse.statistics.available_cases import Directions, Matrix, directions
from lakehouse.statistics.correlation import Correlations, joined, spearman
from lakehouse.statistics.k_means import numbered_clusters
from lakehouse.statistics.permutation import Permutations
from lakehouse.statistics.specifications.curve import Strengths, strengths
from lakehouse.statistics.specifications.movement_kinds import lengths, projected, squared_unbiased
from lakehouse.steps.clusters.places import to_be_grouped
from lakehouse.steps.matrices import numbered_blocks, spread

_WHOLE = ""
"""The mask of covariates that are the same in all masks."""


@dataclass(frozen=True)
class Outcome:
    """What a specification found.

    Parameters
    ----------
    row : dict
        Of the relation specifications.
    hypotheses : list of dict
        Rows of specification_hypotheses.
    """

    row: dict[str, Any]
    hypotheses: list[dict[str, Any]]
    strengths: Strengths


class Analysis:
    """Makes specifications of the same faces and the same kind of feature.

    Parameters
    ----------
    permutations : int
        Random orders of the people, within the blocks of the settings.
    """

    def __init__(self, faces: Faces, feature: str, settings: Settings, permutations: int) -> None:
        self._faces = faces
        self._settings = settings
        self._fewest = settings.statistics.fewest
        self._values = _measured(faces, feature)
        people = pl.Series("participant", faces.people)
        self._y, self._instruments = spread(
            faces.scores.rename({"instrument": "name", "score": "value"}), people
        )
        self._given = _given(faces, settings, people)
        self._permutations = Permutations(
            rows=len(people),
            count=permutations,
            seed=settings.statistics.seed,
            blocks=numbered_blocks(_named_blocks(faces, settings), people),
        )

    def outcome(self, specification: Specification) -> Outcome:
        """Make a specification."""
        groups = numbered_clusters(
            to_be_grouped(self._faces.places),
            k=specification.groups,
            seed=specification.seed,
            starts=specification.starts,
        )
        x, features = self._features(groups)
        given = self._given if specification.covariates == "all" else None
        found = [_correlated(x, self._y, columns, given) for columns in self._blocks(groups, given)]
        if found:
            spearmans = joined([each.columns for each in found], [each.r for each in found])
        else:
            spearmans = spearman(x, self._y)
        named = [self._pair(text, groups) for text in self._settings.multiverse.hypotheses]
        result = strengths(
            [part for each in found for part in each.parts],
            named,
            self._permutations,
            fewest=self._fewest,
        )
        return Outcome(
            row=specification.choices() | self._strongest(spearmans, features),
            hypotheses=[
                {
                    "specification": specification.number,
                    "hypothesis": text,
                    **_of_pair(spearmans, features, pair, self._fewest),
                }
                for text, pair in zip(self._settings.multiverse.hypotheses, named, strict=True)
            ],
            strengths=result,
        )

    def _features(self, groups: npt.NDArray[np.int32]) -> tuple[Matrix, list[str]]:
        """Average the points of each group, shape (people, masks × groups)."""
        number = int(groups.max(initial=-1)) + 1
        columns, names = [], []
        for at, mask in enumerate(self._faces.masks):
            for group in range(number):
                columns.append(self._values[:, at, groups == group].mean(axis=1))
                names.append(f"m{mask.replace('-', '_')}_{group}")
        empty = np.empty((len(self._faces.people), 0))
        return np.column_stack([empty, *columns]), names

    def _blocks(
        self, groups: npt.NDArray[np.int32], given: dict[str, Matrix] | None
    ) -> Iterator[tuple[str, npt.NDArray[np.intp]]]:
        """Give columns of x that have the same covariates, with their mask."""
        number = int(groups.max(initial=-1)) + 1
        if not number or not self._y.shape[1]:
            return
        if given is None:
            yield _WHOLE, np.arange(len(self._faces.masks) * number)
            return
        for at, mask in enumerate(self._faces.masks):
            yield mask, np.arange(at * number, (at + 1) * number)

    def _pair(self, hypothesis: str, groups: npt.NDArray[np.int32]) -> tuple[int, int] | None:
        """Find a hypothesis' columns; None where its point is in no group, or it lacks one."""
        mask, point, instrument = hypothesis.split()
        held = np.flatnonzero(self._faces.points == int(point))
        if not len(held) or mask not in self._faces.masks or instrument not in self._instruments:
            return None
        number = int(groups.max(initial=-1)) + 1
        column = self._faces.masks.index(mask) * number + int(groups[held[0]])
        return column, self._instruments.index(instrument)

    def _strongest(self, found: Correlations, features: list[str]) -> dict[str, Any]:
        strength = np.where(
            found.n >= self._fewest, np.abs(found.r) * np.sqrt(found.df + 1), np.nan
        )
        pair = None
        if not np.isnan(strength).all():
            at = np.unravel_index(np.nanargmax(strength), strength.shape)
            pair = int(at[0]), int(at[1])
        counted = ~np.isnan(strength)
        tested = int(counted.sum())
        return {
            "points": len(self._faces.points),
            "tests": tested,
            "significant": int((found.p[counted] < 0.05).sum()),
            "instrument": None if pair is None else self._instruments[pair[1]],
            **_of_pair(found, features, pair, self._fewest),
        }


@dataclass(frozen=True)
class _Correlated:
    columns: npt.NDArray[np.intp]
    r: Correlations
    parts: list[Directions]


def _correlated(
    x: Matrix,
    y: Matrix,
    block: tuple[str, npt.NDArray[np.intp]],
    given: dict[str, Matrix] | None,
) -> _Correlated:
    mask, columns = block
    some, held = x[:, columns], None if given is None else given[mask]
    parts = [
        replace(part, block=replace(part.block, x_columns=columns[part.block.x_columns]))
        for part in directions(some, y, given=held, ranked=True)
    ]
    return _Correlated(columns, spearman(some, y, given=held), parts)


def _of_pair(
    found: Correlations, features: list[str], pair: tuple[int, int] | None, fewest: int
) -> dict[str, Any]:
    if pair is None or np.isnan(found.r[pair]) or found.n[pair] < fewest:
        return dict.fromkeys(("feature", "n", "df", "r", "p"))
    return {
        "feature": features[pair[0]],
        "n": int(found.n[pair]),
        "df": int(found.df[pair]),
        "r": float(found.r[pair]),
        "p": float(found.p[pair]),
    }


def _measured(faces: Faces, feature: str) -> Matrix:
    if feature == "projected":
        return projected(faces.displacements)
    if feature == "squared_unbiased":
        return squared_unbiased(faces.displacements, faces.noise)
    return lengths(faces.displacements)


def _named_blocks(faces: Faces, settings: Settings) -> pl.DataFrame:
    """Name the block of everybody who has one, left out or not: all worlds have the same orders."""
    # As permutation_blocks has it of those who are included.
    value = pl.col("category").fill_null(pl.col("value").cast(pl.String))
    known = faces.covariates.filter(pl.col("name") == pl.lit(settings.statistics.blocks))
    return known.select("participant", value.alias("name")).drop_nulls()


def _given(faces: Faces, settings: Settings, people: pl.Series) -> dict[str, Matrix]:
    """Spread covariates into a matrix for each mask, categories as 0 and 1."""
    held = faces.covariates
    known = held["name"].unique().sort().to_list()
    wanted: Sequence[str] = settings.statistics.covariates or known
    return {
        mask: np.column_stack(
            [
                np.empty((len(people), 0)),
                *(
                    column
                    for name in wanted
                    for column in _columns(
                        held.filter(
                            (pl.col("name") == name)
                            & (pl.col("mask").is_null() | (pl.col("mask") == mask))
                        ),
                        people,
                    )
                ),
            ]
        )
        for mask in faces.masks
    }


def _columns(rows: pl.DataFrame, people: pl.Series) -> list[Matrix]:
    of_people = people.to_frame().join(rows, on="participant", how="left", maintain_order="left")
    levels = of_people["category"].drop_nulls().unique().sort().to_list()
    if not levels:
        return [_numbers(of_people["value"])]
    # Which of them is left out does not matter; who has none stays unknown.
    return [_numbers(of_people["category"] == level) for level in levels[1:] or levels]


def _numbers(values: pl.Series) -> Matrix:
    numbers: Matrix = values.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return numbers
