"""Every relation of the independent reference by its name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any, ClassVar

import polars as pl
import pyarrow as pa
from polars import selectors

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from tests.lakehouse.reference.agreement import Agreement
from tests.lakehouse.reference.atlas import Atlas
from tests.lakehouse.reference.averages import Averages
from tests.lakehouse.reference.balance import Balance
from tests.lakehouse.reference.clusters import ClusterChoice
from tests.lakehouse.reference.correlations import Correlated
from tests.lakehouse.reference.cue import Cue
from tests.lakehouse.reference.evidence import Evidence
from tests.lakehouse.reference.faces import Choices
from tests.lakehouse.reference.foretold import Foretold
from tests.lakehouse.reference.kinds import Kinds
from tests.lakehouse.reference.lake import Lake
from tests.lakehouse.reference.macros import Macros
from tests.lakehouse.reference.measures import Measured
from tests.lakehouse.reference.moving import Moving
from tests.lakehouse.reference.names import Names, Words
from tests.lakehouse.reference.noise import Noise
from tests.lakehouse.reference.numbered import Numbered
from tests.lakehouse.reference.pairs import Pairs
from tests.lakehouse.reference.partial import Partial
from tests.lakehouse.reference.predictions import Predictions
from tests.lakehouse.reference.quality import Quality
from tests.lakehouse.reference.regularity import Regularity
from tests.lakehouse.reference.reliability import Reliability
from tests.lakehouse.reference.smile import Smile
from tests.lakehouse.reference.units import Units
from tests.lakehouse.reference.variables import Variables

Given = tuple[dict[str, list[int]], Words]
"""The muscles as `Atlas` takes them, and words as `Names` does."""


def choices_of(chosen: Settings) -> Choices:
    """Say settings in the reference's words."""
    quality, statistics = chosen.quality, chosen.statistics
    return Choices(
        expressions=tuple(chosen.dataset.expressions.values()),
        photos_per_mask=_limit(quality.photos_per_mask),
        all_masks=quality.masks == "all",
        max_faces=quality.max_faces,
        max_yaw=_limit(quality.max_yaw),
        max_pitch=_limit(quality.max_pitch),
        min_face_height=_limit(quality.min_face_height),
        method=chosen.alignment.method,
        dimensions=chosen.distance.dimensions,
        k=chosen.clusters.k,
        seed=chosen.clusters.seed,
        starts=chosen.clusters.starts,
        landmarks_kept=chosen.database.landmarks,
        permutations=statistics.permutations,
        bootstraps=statistics.bootstraps,
        resampling_seed=statistics.seed,
        fewest=statistics.fewest,
        blocks=statistics.blocks,
        covariates=tuple(statistics.covariates),
        primary=(
            *(statistics.primary.grouping, statistics.primary.method),
            *(statistics.primary.direction, statistics.primary.instruments),
        ),
        reference=quality.reference,
        neutral=chosen.dataset.neutral,
        identity=chosen.dataset.identity,
        feature=statistics.feature,
        instruments={
            name: (kind.name, kind.min, kind.max) for name, kind in chosen.instruments.items()
        },
        reliabilities={name: kind.reliability for name, kind in chosen.instruments.items()},
        sesoi_r=statistics.sesoi_r,
        sesoi_dz=statistics.sesoi_dz,
    )


def _limit(value: Any) -> Any:
    return None if value == "any" else value


class Results:
    """What a warehouse should hold.

    Parameters
    ----------
    paths : WarehousePaths
        Of which only the lake and the user's own files are read.
    chosen : Settings
    extras : collection of str
        What was asked of the build.
    given : Given
        What is taken as given.
    """

    _OF_FACES: ClassVar = (
        *(Numbered, Noise, Reliability, ClusterChoice),
        *(Regularity, Predictions, Smile),
    )
    SUBJECTS: ClassVar = (
        *(Lake, Quality, Atlas, Measured, Kinds, *_OF_FACES, Pairs, Units),
        *(Names, Variables, Correlated, Partial, Cue, Agreement, Evidence, Balance, Foretold),
        *(Moving, Averages),
    )

    def __init__(
        self,
        paths: WarehousePaths,
        chosen: Settings,
        extras: Collection[str],
        given: Given,
    ) -> None:
        self._paths, self._chosen = paths, chosen
        self._extras, (self._atlas, self._words) = sorted(extras), given

    @classmethod
    def names(cls) -> set[str]:
        """Name the relations that can be compared."""
        return {name for subject in cls.SUBJECTS for name in subject.RELATIONS}

    @cached_property
    def reference(self) -> Measured:
        own = self._chosen.muscles.file
        measures = {
            name: measure.model_dump(exclude_none=True)
            for name, measure in self._chosen.measures.items()
        }
        return Measured(
            self._paths.lake,
            choices_of(self._chosen),
            measures,
            self._atlas,
            self._paths.root / own if own else None,
        )

    @cached_property
    def _lake(self) -> Lake:
        return Lake(self.reference, self._chosen, self._extras)

    @cached_property
    def _quality(self) -> Quality:
        return Quality(self.reference)

    @cached_property
    def _of_the_mesh(self) -> Atlas:
        return self.reference.atlas

    @cached_property
    def _kinds(self) -> Kinds:
        return Kinds(self.reference)

    @cached_property
    def _variables(self) -> Variables:
        return Variables(self.reference, self._quality, self._kinds)

    @cached_property
    def _names(self) -> Names:
        return Names(self.reference, self._lake, self._words)

    @cached_property
    def macros(self) -> Macros:
        return Macros(self.reference, self._lake, self._variables)

    @property
    def _followed_groups(self) -> Mapping[int, list[int]]:
        """Points of the groups of points above average, where there are any."""
        groups = self.reference.groups
        found = bool(groups[f"kmeans{self._chosen.clusters.k}"])
        return groups[f"kmeans{self._chosen.clusters.k}_eyes"] if found else {}

    @cached_property
    def _filmed(self) -> Moving:
        return Moving(self.reference, self._chosen, self._names.points, self._followed_groups)

    @cached_property
    def _subjects(self) -> tuple[Any, ...]:
        reference = self.reference
        correlated, cue = Correlated(self._variables, self._names), Cue(reference)
        agreement = Agreement(reference)
        return (
            *(reference, self._lake, self._quality, self._of_the_mesh, self._kinds),
            *(subject(reference) for subject in self._OF_FACES),
            Pairs(reference, self._of_the_mesh.muscles),
            Units(reference, self._lake, self._of_the_mesh.muscles),
            *(self._names, self._variables, correlated),
            *(Partial(self._variables, self._quality), cue, agreement),
            Evidence(correlated, cue, agreement),
            Balance(reference, self._quality),
            Foretold(reference, self._variables, self._quality),
            self._filmed,
            Averages(self._filmed, reference.included, self._names.group_names),
        )

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Compute a relation; its columns may come in any order, and null stands for NaN."""
        [subject] = [subject for subject in self._subjects if name in subject.RELATIONS]
        return framed(getattr(subject, name))


def framed(table: Any) -> pl.DataFrame:
    """Make a data frame of a relation in whatever form."""
    frame = (
        pl.from_arrow(table)
        if isinstance(table, pa.Table)
        else pl.DataFrame(table, infer_schema_length=None)
    )
    assert isinstance(frame, pl.DataFrame)
    return frame.with_columns(selectors.float().fill_nan(None))
