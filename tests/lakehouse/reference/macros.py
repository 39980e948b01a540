"""What the macros give, computed from the lake."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pandas as pd
import polars as pl

from tests.lakehouse.reference.atlas import mirror_images
from tests.lakehouse.reference.faces import Cell, Vectors
from tests.lakehouse.reference.lake import Lake
from tests.lakehouse.reference.movement import Reference
from tests.lakehouse.reference.variables import Variables

Row = dict[str, Any]
Call = tuple[Any, ...]


class Macros:
    """Macros by their names, and calls worth comparing.

    Parameters
    ----------
    reference : Reference
    lake : Lake
    variables : Variables
    """

    NAMES: ClassVar = (
        *("blendshape_means", "distance_between", "feature_scores", "mask_label"),
        *("mirrored_point", "participant_profile"),
    )

    def __init__(self, reference: Reference, lake: Lake, variables: Variables) -> None:
        self._reference, self._lake, self._variables = reference, lake, variables

    def calls(self, name: str) -> Sequence[Call]:
        """Arguments to compare a macro for."""
        features, scores = self._variables.expanded, self._variables.scores
        words = self._reference.choices.expressions
        calls: dict[str, Sequence[Call]] = {
            "blendshape_means": [("jawOpen",), ("nothing",)],
            "distance_between": [(61, 291), (10, 152), (0, 470)],
            "feature_scores": [(feature, score) for feature in features for score in scores][::7],
            "mask_label": [(word, cue) for word in (*words, "nothing") for cue in (False, True)],
            "mirrored_point": [(point,) for point in (0, 33, 61, 291, 467)],
            "participant_profile": [(who,) for who in self._variables.people],
        }
        return calls[name]

    def blendshape_means(self, name: str) -> pl.DataFrame:
        named = self._lake.blendshapes.filter(blendshape=name)
        return named.group_by("participant", "expression", "supervised").agg(
            mean_score=pl.col("score").mean(), photos=pl.len()
        )

    def distance_between(self, one: int, other: int) -> list[Row]:
        reference = self._reference
        apart = reference.cell_means[:, one] - reference.cell_means[:, other]
        flat, deep = np.linalg.norm(apart[:, :2], axis=1), np.linalg.norm(apart, axis=1)
        neutral = {
            cell.participant: _length(reference.reference_of(cell.participant), one, other)
            for cell in reference.cells
        }
        return [
            _keys(cell)
            | {"distance": distance, "distance_3d": distance_3d}
            | {"change": distance - neutral[cell.participant]}
            | {"ratio": distance / neutral[cell.participant]}
            for cell, distance, distance_3d in zip(reference.cells, flat, deep, strict=True)
            if not np.isnan(distance)
        ]

    def feature_scores(self, feature: str, instrument: str) -> list[Row]:
        scores = self._variables.scores.get(instrument, {})
        return [
            {"participant": who, "value": value, "score": scores[who]}
            for who, value in self._variables.expanded.get(feature, {}).items()
            if not np.isnan(scores.get(who, np.nan))
        ]

    def mask_label(self, expression: str, cue: bool) -> str | None:
        codes = self._reference.choices.codes()
        return f"{codes[expression]:02d}-0{int(cue)}" if expression in codes else None

    def mirrored_point(self, point: int) -> int:
        return mirror_images()[point][0]

    def participant_profile(self, participant: str) -> list[Row]:
        by_mask = defaultdict(list)
        for row in self._reference.pav_mask_means.to_pylist():
            by_mask[row["mask"]].append(row)
        rows = []
        for of_mask in by_mask.values():
            everybody = pd.Series([row["mean_distance"] for row in of_mask], dtype=float)
            # Whose distance is not known comes after all others.
            places = everybody.rank(method="min", ascending=False, na_option="bottom")
            mean, spread = everybody.mean(), everybody.std()
            rows += [
                {name: row[name] for name in ("expression", "supervised", "mask")}
                | {"mean_distance": value, "mean_of_all": mean, "place": int(place)}
                | {"z_score": (value - mean) / spread}
                for row, value, place in zip(of_mask, everybody, places, strict=True)
                if row["participant"] == participant
            ]
        return rows


def _length(face: Vectors, one: int, other: int) -> float:
    return float(np.linalg.norm(face[one, :2] - face[other, :2]))


def _keys(cell: Cell) -> Row:
    names = ("participant", "expression", "supervised", "mask")
    return {name: getattr(cell, name) for name in names}
