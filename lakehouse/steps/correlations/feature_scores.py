"""Features beside scores: from a long table to matrices, and back to a row per pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.settings.statistics import Statistics
from lakehouse.statistics.available_cases import Matrix
from lakehouse.statistics.permutation import Permutations
from lakehouse.statistics.resampling import Blocks
from lakehouse.steps.correlations.columns import (
    OF_FEATURE,
    Columns,
    Schema,
    adjusted_columns,
    reason_column,
)
from lakehouse.steps.matrices import numbered_blocks, spread

_NAMES: Schema = {"grouping": pl.String, "feature": pl.String}
KEY: Schema = {**_NAMES, **OF_FEATURE, "instrument": pl.String}
"""Columns that name a pair: the grouping, the feature and what it is, the instrument."""


@dataclass(frozen=True)
class FeatureScores:
    """Every feature and every score of the same participants.

    Parameters
    ----------
    participants : polars.Series
        Ids along the rows of all matrices.
    x : ndarray of float64, shape (participants, p)
        The features; NaN where one is missing.
    y : ndarray of float64, shape (participants, q)
        The scores; NaN where one is missing.
    features, instruments : tuple of str
        What the columns are called.
    families : ndarray of bool, shape (groupings, p)
        Which features belong to each grouping.
    groupings : tuple of str
    described : polars.DataFrame
        grouping, feature and the columns of `OF_FEATURE`, a row per feature of a grouping.
    blocks : ndarray of int, shape (participants,), or None
        Number of the block within which a participant is permuted; None where all are one.
    """

    participants: pl.Series
    x: Matrix
    y: Matrix
    features: tuple[str, ...]
    instruments: tuple[str, ...]
    families: npt.NDArray[np.bool_]
    groupings: tuple[str, ...]
    described: pl.DataFrame
    blocks: Blocks | None

    @classmethod
    def from_values(cls, values: pl.DataFrame) -> FeatureScores:
        """Spread a long table.

        Parameters
        ----------
        values : polars.DataFrame
            Columns kind, grouping, participant, name, value and those of `OF_FEATURE`. A row of
            kind "feature" names its grouping, and a feature that stands in several has the same
            value in all; rows of kind "instrument" name none. Rows of kind "block" name the block
            within which a participant is permuted; who has none is in a block with the others who
            have none. Rows of other kinds do not matter.
        """
        long = values.filter(pl.col("kind").is_in(["feature", "instrument"]))
        participants = long["participant"].unique().sort()
        of_features = long.filter(pl.col("kind") == "feature").sort("grouping", "name")
        # A feature of several groupings is one column: its correlations are computed once.
        once = of_features.unique(["participant", "name"], keep="first", maintain_order=True)
        x, features = spread(once, participants)
        y, instruments = spread(long.filter(pl.col("kind") == "instrument"), participants)
        groupings = tuple(of_features["grouping"].unique().sort())
        return cls(
            participants=participants,
            x=x,
            y=y,
            features=tuple(features),
            instruments=tuple(instruments),
            families=np.array(
                [
                    np.isin(features, of_features.filter(pl.col("grouping") == name)["name"])
                    for name in groupings
                ]
            ).reshape(len(groupings), len(features)),
            groupings=groupings,
            described=of_features.rename({"name": "feature"})
            .select(*(_NAMES | OF_FEATURE))
            .unique(["grouping", "feature"], keep="first", maintain_order=True),
            blocks=numbered_blocks(values.filter(pl.col("kind") == "block"), participants),
        )

    def permutations(self, statistics: Statistics) -> Permutations:
        """Say how the participants are permuted."""
        return Permutations(
            rows=len(self.participants),
            count=statistics.permutations,
            seed=statistics.seed,
            blocks=self.blocks,
        )

    def table(
        self,
        columns: Columns,
        permuted: Matrix,
        *,
        schema: Schema,
        constant: Mapping[str, str | int],
        reasons: Mapping[str, str],
        given: str = "",
    ) -> pl.DataFrame:
        """List pairs, each grouping being a family of tests.

        Parameters
        ----------
        columns : dict of str to ndarray, shape (p, q)
        permuted : ndarray of float64, shape (groupings, p, q)
            Permutation p values.
        schema : dict of str to polars.DataType
            The columns wanted after `KEY`.
        constant : mapping of str to str or int
            Columns that are the same in every row.
        reasons : mapping of str to str
            What to say of pairs with too few rows, as `reason_column` takes it.
        given : str
            What is held constant, as words in the family's name.

        Returns
        -------
        polars.DataFrame
            By grouping, feature and instrument.
        """
        tables = [pl.DataFrame(schema={**KEY, **schema})]
        for grouping, chosen, p in zip(self.groupings, self.families, permuted, strict=True):
            family = {name: values[chosen] for name, values in columns.items()}
            family |= adjusted_columns(family) | {"permutation_p": p[chosen]}
            names = np.array(self.features, dtype=object)[chosen]
            keys = pl.DataFrame(
                {
                    "grouping": grouping,
                    "feature": np.repeat(names, len(self.instruments)).tolist(),
                    "instrument": [*self.instruments] * len(names),
                },
                schema={**_NAMES, "instrument": pl.String},
            ).join(self.described, on=["grouping", "feature"], how="left", maintain_order="left")
            tests = family["tests"].max(initial=0)
            words = (
                f"{grouping}{given}: {len(names)} features × {len(self.instruments)} instruments, "
                f"{tests} tests"
            )
            listed = {name: values.ravel() for name, values in family.items() if name in schema}
            tables.append(
                keys.hstack(
                    pl.DataFrame(listed, nan_to_null=True).with_columns(
                        pl.lit(words).alias("family"),
                        *(pl.lit(value).alias(name) for name, value in constant.items()),
                        reason_column(family, "the feature", "the score", **reasons),
                    )
                ).select(*KEY, *(pl.col(name).cast(kind) for name, kind in schema.items()))
            )
        return pl.concat(tables)
