"""The warehouse against an independent computation from the same lake."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lakehouse.extraction.extract import extract
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic import plan_study, write_photographs
from lakehouse.synthetic.cohort import write_cohort
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra
from tests.lakehouse.random_cohorts import CohortPlan, write_random_cohort
from tests.lakehouse.reference_alignments import METHODS
from tests.lakehouse.reference_faces import Choices
from tests.lakehouse.reference_pairs import PairedReference
from tests.lean import RESAMPLING

TOLERANCE: Final = 1e-6

# The reference reads the canonical face from it.
pytestmark = pytest.mark.usefixtures("face_model_path")

# Every relation with its key, which is compared exactly like whole numbers, texts and flags.
KEYS: Final = {
    "participants": ("participant",),
    "aligned_landmarks": ("participant", "expression", "supervised", "photo", "point"),
    "masks": ("participant", "expression", "supervised", "mask", "point"),
    "mean_masks": ("expression", "supervised", "mask", "point"),
    "alignment_masks": ("method", "expression", "supervised", "mask", "point"),
    "alignment_comparison": ("method", "expression", "supervised", "mask"),
    "neutral_distances": ("participant", "expression", "supervised", "mask", "point"),
    "point_averages": ("expression", "supervised", "mask", "point"),
    "mask_averages": ("expression", "supervised", "mask"),
    "points_above_average": ("point",),
    "pav_mask_means": ("participant", "expression", "supervised", "mask"),
    "pav_groups": ("grouping", "group_id", "point"),
    "group_distances": (
        *("participant", "expression", "supervised", "mask"),
        *("grouping", "group_id"),
    ),
    "mean_displacements": ("expression", "supervised", "mask", "point"),
    "supervision_effects": ("grouping", "expression", "group_id"),
    "features": ("participant", "feature"),
    "correlations": ("grouping", "feature", "instrument"),
    "instrument_correlations": ("instrument_a", "instrument_b"),
    "pair_changes": ("mask", "point_a", "point_b"),
    "pair_changes_by_point": ("participant", "expression", "supervised", "mask", "point"),
    "pair_changes_by_mask": ("participant", "expression", "supervised", "mask"),
    "pair_changes_by_muscle": (
        *("participant", "expression", "supervised", "mask"),
        *("muscle", "side"),
    ),
    "pair_changes_by_muscle_group": (
        *("participant", "expression", "supervised", "mask"),
        "muscle_group",
    ),
}

# The same of relations that are made when their part is asked for.
STATISTICS: Final = {
    "expression_regularity": ("expression", "supervised", "mask"),
    "expression_predictions": ("condition", "participant", "expression", "supervised", "mask"),
}

STRICT: Final[dict[str, Any]] = {}
RELAXED: Final[dict[str, Any]] = {"photos_per_mask": "any", "masks": "neutral"}


def settings_of(
    quality: dict[str, Any],
    dimensions: int,
    expressions: Iterable[str] | None = None,
    *,
    method: str = "paper",
    k: int = 6,
) -> Settings:
    """Make settings as `lakehouse.toml` would."""
    values: dict[str, Any] = {
        "quality": quality,
        "alignment": {"method": method},
        "distance": {"dimensions": dimensions},
        "clusters": {"k": k},
        "statistics": RESAMPLING,
    }
    if expressions is not None:
        values["dataset"] = {"expressions": {name: name for name in expressions}}
    return Settings.model_validate(values)


def choices_of(chosen: Settings) -> Choices:
    """Say the same to the reference."""
    quality = chosen.quality
    return Choices(
        expressions=tuple(chosen.dataset.expressions.values()),
        photos_per_mask=None if quality.photos_per_mask == "any" else quality.photos_per_mask,
        all_masks=quality.masks == "all",
        max_faces=quality.max_faces,
        method=chosen.alignment.method,
        dimensions=chosen.distance.dimensions,
        k=chosen.clusters.k,
        seed=chosen.clusters.seed,
    )


def compare(
    paths: WarehousePaths, chosen: Settings, relations: Iterable[str] = KEYS
) -> dict[str, int]:
    """Build the warehouse, compare it with the reference, and give the rows of each relation."""
    build(paths, chosen, extras=[Extra.PAIRS], force=True)
    rows = {}
    with duckdb.connect(str(paths.database), read_only=True) as connection:
        muscles = connection.sql("select * from muscles").pl().to_dicts()
        reference = PairedReference(paths.lake, choices_of(chosen), muscles)
        for name in relations:
            expected = pl.from_arrow(getattr(reference, name))
            assert isinstance(expected, pl.DataFrame)
            found = connection.sql(f'select * from "{name}"').pl()
            assert_same(name, found, expected)
            rows[name] = len(found)
    return rows


def assert_same(name: str, found: pl.DataFrame, expected: pl.DataFrame) -> None:
    """Compare row sets by key, numbers to 1e-6 and everything else exactly."""
    assert len(found) == len(expected), f"{name}: {len(found)} rows, not {len(expected)}"
    if expected.is_empty():
        return
    key = (KEYS | STATISTICS)[name]
    found, expected = found.select(expected.columns).sort(key), expected.sort(key)
    for column in expected.columns:
        ours, theirs = found[column], expected[column]
        where = f"{name}.{column}"
        if theirs.dtype != pl.Float64:
            assert ours.cast(theirs.dtype).equals(theirs, null_equal=True), where
            continue
        assert ours.is_null().equals(theirs.is_null()), f"{where}: other nulls"
        error = np.abs((ours - theirs).drop_nulls().to_numpy())
        assert np.all(error <= TOLERANCE), f"{where}: {error.max()}"


PLANS: Final = st.builds(
    CohortPlan,
    seed=st.integers(0, 2**32 - 1),
    participants=st.integers(2, 6),
    expressions=st.integers(2, 4),
    photos=st.integers(1, 3),
    conditions=st.booleans(),
    trouble=st.sampled_from([0.0, 0.01, 0.05, 0.3]),
    moving=st.sampled_from([0, 3, 40, 40]),
    depth=st.sampled_from([1.0, 1.0, 0.6, 0.0]),
    scores=st.sampled_from([True, True, False]),
)


QUALITIES: Final = {"strict": STRICT, "relaxed": RELAXED}
DIMENSIONS: Final = (2, 3)
WAYS: Final = tuple(product(METHODS, DIMENSIONS, QUALITIES))
# Every method with both dimensions and both qualities, but not every combination.
SOME_WAYS: Final = tuple(way for number, way in enumerate(WAYS) if number % 4 in (0, 3))

dimensions_each = pytest.mark.parametrize("dimensions", DIMENSIONS)


def compare_random(way: tuple[str, int, str], plan: CohortPlan) -> None:
    """Write a random cohort somewhere, build it and compare."""
    method, dimensions, quality = way
    with tempfile.TemporaryDirectory() as folder:
        paths = WarehousePaths(Path(folder))
        expressions = write_random_cohort(paths, plan)
        wanted = {"photos_per_mask": plan.photos, **QUALITIES[quality]}
        compare(paths, settings_of(wanted, dimensions, expressions, method=method))


@pytest.mark.parametrize("way", SOME_WAYS, ids=str)
@given(plan=PLANS)
@settings(max_examples=2, deadline=None, derandomize=True, phases=[Phase.generate])
def test_random_cohorts(way: tuple[str, int, str], plan: CohortPlan) -> None:
    compare_random(way, plan)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS, ids=str)
@given(plan=PLANS)
@settings(max_examples=4, deadline=None, derandomize=True)
def test_many_random_cohorts(way: tuple[str, int, str], plan: CohortPlan) -> None:
    compare_random(way, plan)


@pytest.mark.parametrize("k", [2, 6])
def test_cohort_with_every_kind_of_trouble(tmp_path: Path, k: int) -> None:
    plan = CohortPlan(
        seed=5,
        participants=6,
        expressions=4,
        photos=2,
        conditions=True,
        trouble=0.15,
        moving=40,
        depth=1.0,
        scores=True,
    )
    paths = WarehousePaths(tmp_path)
    expressions = write_random_cohort(paths, plan)
    rows = compare(paths, settings_of(RELAXED, 2, expressions, k=k))
    assert all(rows.values()), "a relation without rows compares nothing"


@dimensions_each
def test_made_up_cohort(tmp_path: Path, dimensions: int) -> None:
    paths = WarehousePaths(tmp_path)
    write_cohort(paths, Settings(), participants=12)
    # That one has three million rows here; the random cohorts have fewer masks.
    relations = [name for name in KEYS if name != "pair_changes"]
    rows = compare(paths, settings_of(STRICT, dimensions), relations)
    assert rows["neutral_distances"] == 12 * 15 * 468
    assert rows["correlations"] == 15 * (6 + 8) * 6


# scikit-learn warns of features that do not vary, as those of the point that alignment pins.
@pytest.mark.filterwarnings("ignore:self.within_class_std_dev_")
@dimensions_each
def test_statistics_of_a_made_up_cohort(tmp_path: Path, dimensions: int) -> None:
    paths = WarehousePaths(tmp_path)
    write_cohort(paths, Settings(), participants=7)
    quick = {"statistics": {"permutations": 99, "bootstraps": 20}}
    chosen = Settings.model_validate(settings_of(STRICT, dimensions).model_dump() | quick)
    build(paths, chosen, extras=[Extra.STATISTICS])
    reference = PairedReference(paths.lake, choices_of(chosen), muscles=[])
    nearest = "select * from expression_predictions where classifier = 'nearest_centroid'"
    with duckdb.connect(str(paths.database), read_only=True) as connection:
        for name, query, expected in (
            (
                "expression_regularity",
                "from expression_regularity",
                reference.expression_regularity,
            ),
            ("expression_predictions", nearest, reference.expressions.nearest_centroids()),
        ):
            table = pl.from_arrow(expected)
            assert isinstance(table, pl.DataFrame)
            assert len(table) == {"expression_regularity": 15}.get(name, 7 * 7 * 4)
            assert_same(name, connection.sql(query).pl(), table)


@pytest.mark.slow
def test_photographs(tmp_path: Path) -> None:
    names = ("neutral", "anger", "happiness", "surprise")
    plan = plan_study(6, photos=3, seed=2, expressions=names)
    write_photographs(plan, tmp_path / "photos")
    paths = WarehousePaths(tmp_path / "warehouse")
    codes = {f"{place:02d}": name for place, name in enumerate(names)}
    chosen = Settings.model_validate({"dataset": {"expressions": codes}})
    summary = extract(tmp_path / "photos", paths, chosen)
    assert summary.ok == 6 * 4 * 2 * 3
    for method, dimensions, quality in WAYS:
        wanted = settings_of(QUALITIES[quality], dimensions, names, method=method)
        rows = compare(paths, wanted)
        assert rows["aligned_landmarks"] == summary.ok * 478


@pytest.mark.slow
def test_paper_size(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    write_cohort(paths, Settings())
    rows = compare(paths, Settings(), ("neutral_distances", "group_distances", "correlations"))
    assert rows["neutral_distances"] == 309 * 15 * 468
