"""Datasets that lack something, and photographs that cannot be paired, against the reference."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.models import Extra
from tests.lakehouse.random_cohorts import CohortPlan, write_random_cohort
from tests.lakehouse.reference.compare import compare
from tests.lakehouse.test_against_reference import LEAN, RELAXED, STRICT, settings_of

# The reference reads the canonical face from it.
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("face_model_path")]

NAMES: Final = (
    *("photo_group_distances", "reliability", "point_noise", "noise_floor", "smile_measures"),
)
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
NO_LANDMARKS: Final = {"landmarks": False}
"""Nothing here is computed from those that the database keeps."""


def compared(
    paths: WarehousePaths,
    quality: dict[str, Any],
    dimensions: int,
    expressions: Collection[str],
    relations: Collection[str] | None = None,
) -> dict[str, pl.DataFrame]:
    """Build the warehouse with its statistics, compare it, and give its relations."""
    # Of one start each, some seeds of so few points end elsewhere for a last bit.
    sections = {"statistics": LEAN, "database": NO_LANDMARKS, "clusters": {"starts": 10}}
    chosen = settings_of(quality, dimensions, expressions, **sections)
    return compare(paths, chosen, relations, extras=[Extra.STATISTICS])


def broken_rules(paths: WarehousePaths) -> list[str]:
    """Names of the rules about these relations that the warehouse breaks."""
    return [
        check.name
        for check in run_checks(paths)
        if not check.kept and check.name.removeprefix("key_of_") in {*NAMES, *RULES}
    ]


@pytest.mark.parametrize(("dimensions", "depth"), [(2, 0.6), (3, 0.8)])
def test_cohorts_with_every_kind_of_trouble(tmp_path: Path, dimensions: int, depth: float) -> None:
    paths = WarehousePaths(tmp_path)
    expressions = write_random_cohort(paths, replace(PLAN, depth=depth))

    found = compared(paths, RELAXED, dimensions, expressions, NAMES)

    assert found["reliability"]["left_out"].max() > 0
    assert found["reliability"]["icc_a1"].count() > 0
    assert found["point_noise"]["over_noise"].count() > 0
    assert set(found["smile_measures"]["condition"]) == {"supervised", "unsupervised", "both"}
    assert broken_rules(paths) == []


EXHAUSTIVE = pytest.mark.exhaustive


@pytest.mark.parametrize(
    ("changed", "noise_floor", "smile_measures"),
    [
        ({"photos": 1}, 3 * 15, 3 * 3 * 4),
        ({"conditions": False}, 15, 3 * 4),
        pytest.param({"expressions": 1, "conditions": False}, 0, 0, marks=EXHAUSTIVE),
        pytest.param({"expressions": 1}, 15, 0, marks=EXHAUSTIVE),
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

    found = compared(paths, wanted, 3 if plan.depth == 0 else 2, expressions)

    assert len(found["noise_floor"]) == noise_floor
    assert len(found["smile_measures"]) == smile_measures
    assert broken_rules(paths) == []
