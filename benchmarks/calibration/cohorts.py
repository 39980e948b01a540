"""Cohorts of which the truth is known, built as any study is."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.lake.schemas import COVARIATES
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic.cohort import CohortOptions, participant_ids, write_cohort
from lakehouse.synthetic.cohort_faces import Blocks, Tremble
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra

PITCH_DEG = 3.0
TREMBLE_LOG_SD = 0.5
RHO = 0.22

KINDS = {
    "null": CohortOptions(blocks=Blocks(same_faces=True), study_rho=0.0),
    "drift": CohortOptions(blocks=Blocks(PITCH_DEG, same_faces=True), study_rho=0.0),
    "trembling": CohortOptions(
        blocks=Blocks(same_faces=True), tremble=Tremble(TREMBLE_LOG_SD, still=True), study_rho=0.0
    ),
    "planted": CohortOptions(study_rho=RHO),
}


@dataclass(frozen=True)
class Cohort:
    """What is drawn.

    Parameters
    ----------
    kind : str
        Of `KINDS`.
    participants : int
    seed : int
    resamples : int
        Permutations, and draws of a bootstrap.
    """

    kind: str
    participants: int
    seed: int
    resamples: int


def built(cohort: Cohort, paths: WarehousePaths) -> duckdb.DuckDBPyConnection:
    """Write a cohort's lake, build it and open the warehouse."""
    settings = small_study(cohort.resamples)
    write_cohort(
        paths,
        settings,
        participants=cohort.participants,
        seed=cohort.seed,
        options=KINDS[cohort.kind],
    )
    write_covariates(cohort, paths)
    build(paths, settings, extras=[Extra.STATISTICS])
    return duckdb.connect(str(paths.database), read_only=True)


def small_study(resamples: int) -> Settings:
    """Give the settings of a study of two expressions with and without cue, with two measures."""
    return Settings.model_validate(
        {
            "dataset": {
                "expressions": {"00": "neutral", "05": "happiness", "07": "surprise"},
            },
            "measures": {
                "mouth_width": {"distance": [61, 291]},
                "mouth_opening": {"distance": [13, 14]},
                "mouth_corners": {"movement": [61, 291]},
            },
            "statistics": {
                "permutations": resamples,
                "bootstraps": resamples,
                "covariates": ["age", "sex"],
            },
            "database": {"landmarks": False},
        }
    )


def write_covariates(cohort: Cohort, paths: WarehousePaths) -> None:
    """Give everybody an age and a sex, and half as many people more who have no photographs."""
    random = np.random.default_rng([cohort.seed, 21])
    ids = participant_ids(cohort.participants)
    ids += [f"absent {number}" for number in range(max(5, cohort.participants // 2))]
    ages = np.floor(18 + random.exponential(6, len(ids)))
    sexes = np.where(random.random(len(ids)) < 0.6, "f", "m")
    rows = [
        row
        for who, age, sex in zip(ids, ages.tolist(), sexes.tolist(), strict=True)
        for row in (
            {"participant": who, "covariate": "age", "value": age, "category": None},
            {"participant": who, "covariate": "sex", "value": None, "category": sex},
        )
    ]
    pq.write_table(pa.Table.from_pylist(rows, COVARIATES), paths.covariates)
