"""Of studies that lack something, or measure otherwise, every relation is what it is in DuckDB."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.models import load_checks, load_models
from tests.lakehouse.random_cohorts import CohortPlan, write_random_cohort
from tests.lakehouse.random_videos import random_clips, write_random_videos
from tests.lakehouse.spark.conftest import PANDAS, built_by_both
from tests.lakehouse.spark.test_build import assert_alike, of_duckdb, of_spark
from tests.lean import lean

pytestmark = [pytest.mark.slow, pytest.mark.exhaustive, PANDAS]

PLAN: Final = CohortPlan(
    seed=2,
    participants=4,
    expressions=2,
    photos=2,
    conditions=True,
    trouble=0.0,
    moving=40,
    depth=1.0,
    scores=True,
)
RELAXED: Final = {"photos_per_mask": "any", "masks": "neutral"}

COHORTS: Final[dict[str, tuple[CohortPlan, dict[str, Any]]]] = {
    "three dimensions, best fit, no scores": (
        replace(PLAN, scores=False),
        {"alignment": {"method": "procrustes"}, "distance": {"dimensions": 3}},
    ),
    "no depth, missing cells, one scale": (
        replace(PLAN, participants=5, trouble=0.3, depth=0.0),
        {"alignment": {"method": "neutral_scale"}},
    ),
    "some depth, as in the paper": (
        replace(PLAN, participants=5, trouble=0.1, depth=0.6, known=0.7),
        {},
    ),
    "nobody known": (
        replace(PLAN, identity=False),
        {"dataset": {"identity": "photo"}, "quality": RELAXED | {"reference": "mean"}},
    ),
    "masks of videos": (PLAN, {"video": {"masks": "plateau"}}),
    "nobody": (replace(PLAN, participants=0), {}),
}


@pytest.mark.parametrize("name", COHORTS)
@pytest.mark.usefixtures("spark")
def test_every_relation_is_what_it_is_in_duckdb(name: str, tmp_path: Path) -> None:
    plan, sections = COHORTS[name]
    paths = WarehousePaths(tmp_path / "warehouse")
    expressions = write_random_cohort(paths, plan)
    if "video" in sections:
        clips = random_clips(2, ("one", "two", "three"), expressions)
        write_random_videos(paths, clips, [])
    dataset = {"expressions": {name: name for name in expressions}}
    sections = {"quality": RELAXED, **sections, "dataset": dataset | sections.get("dataset", {})}

    both = built_by_both(paths, lean(**sections), tmp_path / "out")

    for model in load_models():
        expected = of_duckdb(both, f"select * from {model.relation}")
        assert_alike(model.name, of_spark(both, model), expected, model.header.key)
    for check in load_checks():
        assert both.broken[check.name] == len(of_duckdb(both, check.query)), check.name
