"""Faces that are compared with another than their own neutral one, against the reference.

So are photographs of which nobody knows who is in them.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.models import Extra
from tests.lakehouse.random_cohorts import CohortPlan, write_random_cohort
from tests.lakehouse.reference.compare import compare
from tests.lakehouse.test_against_reference import ONE_START

# The reference reads the canonical face from it.
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("face_model_path")]

MIXED: Final = CohortPlan(
    seed=7,
    participants=7,
    expressions=3,
    photos=2,
    conditions=True,
    trouble=0.03,
    moving=40,
    depth=1.0,
    scores=True,
    known=0.8,
    covariates=True,
    neutral=0.5,
)
WITHOUT_NEUTRAL: Final = replace(MIXED, neutral=0.0, participants=5)
WITHOUT_IDENTITY: Final = replace(MIXED, identity=False, participants=4, photos=2)

BROKEN: Final = {
    *("landmarks_per_photo", "photos_reach_their_masks"),
    *("blendshapes_per_photo", "scores_in_range"),
}
"""Rules about the lake that random cohorts break: irises are missing, and most blendshapes."""

METHODS: Final = {"own": "paper", "mean": "paper", "canonical": "procrustes"}


def chosen(reference: str, expressions: tuple[str, ...], **sections: dict[str, Any]) -> Settings:
    """Make settings as `lakehouse.toml` would."""
    values: dict[str, dict[str, Any]] = {
        "dataset": {"expressions": {name: name for name in expressions}},
        "quality": {"reference": reference, "photos_per_mask": "any", "masks": "neutral"},
        "alignment": {"method": METHODS[reference]},
        "statistics": {"permutations": 19, "bootstraps": 19, "covariates": ["age"]},
        "clusters": ONE_START,
    }
    for name, section in sections.items():
        values[name] = {**values.get(name, {}), **section}
    return Settings.model_validate(values)


def compared(
    folder: Path, plan: CohortPlan, reference: str, **sections: dict[str, Any]
) -> dict[str, pl.DataFrame]:
    """Build a random cohort, compare every relation, and require that the rules are kept."""
    paths = WarehousePaths(folder)
    expressions = write_random_cohort(paths, plan)
    found = compare(paths, chosen(reference, expressions, **sections), extras=tuple(Extra))
    broken = [check.name for check in run_checks(paths) if not check.kept]
    assert set(broken) <= BROKEN
    return found


def faces_compared_with(found: dict[str, pl.DataFrame]) -> dict[str, int]:
    included = found["participants"].filter("included")
    return dict(included["compared_with"].value_counts().rows())


@pytest.mark.parametrize(
    "reference", ["own", pytest.param("mean", marks=pytest.mark.exhaustive), "canonical"]
)
def test_a_mixed_dataset(tmp_path: Path, reference: str) -> None:
    found = compared(tmp_path, MIXED, reference)

    faces = faces_compared_with(found)
    assert faces.keys() == {"own", reference}
    if reference != "own":
        assert found["mask_averages"]["without_own_neutral"].min() > 0
        assert found["noise_floor"]["over_noise"].is_null().all()
        assert set(found["neutral_distances"]["compared_with"]) == {"own", reference}


@pytest.mark.parametrize("reference", METHODS)
def test_a_dataset_without_neutral_faces(tmp_path: Path, reference: str) -> None:
    found = compared(tmp_path, WITHOUT_NEUTRAL, reference)

    people = found["participants"].filter("included")
    assert len(people) == (5 if reference == "canonical" else 0)
    assert bool(len(found["correlations"])) == (reference == "canonical")
    assert bool(len(found["cluster_choice"])) == (reference == "canonical")


def test_a_dataset_whose_list_has_no_neutral_expression(tmp_path: Path) -> None:
    listed: dict[str, Any] = {
        "dataset": {"expressions": {"happiness": "happiness", "fear": "fear"}}
    }
    # All have the canonical face, whose points are mirrored, so that some lie equally near to two
    # groups: no draws, and so many starts that the best are not equally good.
    listed["clusters"] = {"starts": 300}
    listed["statistics"] = {"bootstraps": 9}

    found = compared(tmp_path, replace(WITHOUT_NEUTRAL, conditions=False), "canonical", **listed)

    assert set(found["expressions"]["code"]) == {"01", "02"}
    assert set(found["point_averages"]["mask"]) == {"01-00", "02-00"}
    assert set(found["smile_measures"]["condition"]) == {"unsupervised"}


@pytest.mark.parametrize(
    "reference", ["own", pytest.param("mean", marks=pytest.mark.exhaustive), "canonical"]
)
def test_a_dataset_without_identities(tmp_path: Path, reference: str) -> None:
    found = compared(tmp_path, WITHOUT_IDENTITY, reference, dataset={"identity": "photo"})

    assert found["participants"].filter(pl.col("photos") > 1).is_empty()
    assert bool(len(found["neutral_distances"])) == (reference != "own")
    assert found["expression_predictions"]["predicted"].is_null().all()


@pytest.mark.exhaustive
def test_depth_counts_where_the_settings_say_so(tmp_path: Path) -> None:
    plan = replace(MIXED, depth=0.8, seed=11)

    compared(tmp_path, plan, "canonical", distance={"dimensions": 3})


@pytest.mark.exhaustive
def test_all_masks_may_be_required_but_the_neutral_one(tmp_path: Path) -> None:
    strict = {"photos_per_mask": 2, "masks": "all"}

    found = compared(tmp_path, replace(MIXED, trouble=0.005), "mean", quality=strict)

    assert faces_compared_with(found).get("mean", 0) > 0
    missing = found["exclusions"].filter(reason="missing_mask", scope="mask")
    assert set(missing["detail"]) == {"00-00"}


@pytest.mark.exhaustive
def test_procrustes_brings_the_mean_neutral_face_too(tmp_path: Path) -> None:
    compared(tmp_path, MIXED, "mean", alignment={"method": "procrustes"})
