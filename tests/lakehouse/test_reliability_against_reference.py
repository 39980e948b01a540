"""Reliability, noise floor and smiles against an independent computation from the same lake."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import polars as pl
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.build import build
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.models import Extra
from tests.lakehouse.random_cohorts import CohortPlan, write_random_cohort
from tests.lakehouse.reference_reliability import ReliabilityReference
from tests.lakehouse.test_against_reference import RELAXED, STRICT, choices_of, settings_of

# The reference reads the canonical face from it.
pytestmark = pytest.mark.usefixtures("face_model_path")

KEYS: Final = {
    "photo_group_distances": ["participant", "mask", "grouping", "group_id", "place"],
    "reliability": ["grouping", "feature"],
    "point_noise": ["mask", "point"],
    "noise_floor": ["mask", "grouping", "group_id"],
    "smile_measures": ["participant", "condition", "side"],
}
RULES: Final = ("reliability_in_range", "noise_in_range")
PLAN: Final = CohortPlan(
    seed=3,
    participants=7,
    expressions=3,
    photos=3,
    conditions=True,
    trouble=0.15,
    moving=40,
    depth=1.0,
    scores=False,
)


def lean(chosen: Settings) -> Settings:
    """Resample little, and keep no landmarks: nothing here is computed from the kept ones."""
    few = chosen.statistics.model_copy(update={"permutations": 19, "bootstraps": 19})
    none = chosen.database.model_copy(update={"landmarks": False})
    return chosen.model_copy(update={"statistics": few, "database": none})


def compare(paths: WarehousePaths, chosen: Settings) -> dict[str, pl.DataFrame]:
    """Build the warehouse with its statistics, compare it, and give its relations."""
    build(paths, lean(chosen), extras=[Extra.STATISTICS])
    reference = ReliabilityReference(paths.lake, choices_of(chosen))
    relations = {}
    with duckdb.connect(str(paths.database), read_only=True) as connection:
        for name, key in KEYS.items():
            expected = pl.DataFrame(getattr(reference, name), infer_schema_length=None)
            found = relations[name] = connection.sql(f"from {name}").pl()
            assert len(found) == len(expected), name
            if expected.is_empty():
                continue
            found, expected = found.select(expected.columns).sort(key), expected.sort(key)
            for column in expected.columns:
                ours, theirs = found[column].to_list(), expected[column].to_list()
                assert ours == pytest.approx(nulls(theirs), abs=1e-6), f"{name}.{column}"
    return relations


def nulls(values: list[Any]) -> list[Any]:
    return [None if isinstance(value, float) and np.isnan(value) else value for value in values]


def broken_rules(paths: WarehousePaths) -> list[str]:
    """Names of the rules about these relations that the warehouse breaks."""
    return [
        check.name
        for check in run_checks(paths)
        if not check.kept and check.name.removeprefix("key_of_") in {*KEYS, *RULES}
    ]


@pytest.mark.parametrize(("dimensions", "depth"), [(2, 0.6), (3, 0.8)])
def test_cohorts_with_every_kind_of_trouble(tmp_path: Path, dimensions: int, depth: float) -> None:
    paths = WarehousePaths(tmp_path)
    expressions = write_random_cohort(paths, replace(PLAN, depth=depth))

    found = compare(paths, settings_of(RELAXED, dimensions, expressions))

    assert found["reliability"]["left_out"].max() > 0
    assert found["reliability"]["icc_a1"].count() > 0
    assert found["point_noise"]["over_noise"].count() > 0
    assert set(found["smile_measures"]["condition"]) == {"supervised", "unsupervised", "both"}
    assert broken_rules(paths) == []


@pytest.mark.parametrize(
    ("changed", "noise_floor", "smile_measures"),
    [
        ({"photos": 1}, 3 * 15, 3 * 3 * 4),
        ({"conditions": False}, 15, 3 * 4),
        ({"expressions": 1, "conditions": False}, 0, 0),
        ({"expressions": 1}, 15, 0),
        ({"participants": 1}, 3 * 15, 3 * 4),
        ({"depth": 0.0, "moving": 0}, 3 * 3, 3 * 3 * 4),
    ],
    ids=str,
)
def test_poor_datasets(
    tmp_path: Path, changed: dict[str, Any], noise_floor: int, smile_measures: int
) -> None:
    plan = replace(PLAN, **{"participants": 3, "expressions": 2, "trouble": 0.0, **changed})
    paths = WarehousePaths(tmp_path)
    expressions = write_random_cohort(paths, plan)
    wanted = {**STRICT, "photos_per_mask": plan.photos}

    found = compare(paths, settings_of(wanted, 3 if plan.depth == 0 else 2, expressions))

    assert len(found["noise_floor"]) == noise_floor
    assert len(found["smile_measures"]) == smile_measures
    assert broken_rules(paths) == []
