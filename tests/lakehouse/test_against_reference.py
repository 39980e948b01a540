"""The warehouse against an independent computation from the same lake."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lakehouse.extraction.extract import extract
from lakehouse.lake import schemas
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic import plan_study, write_photographs
from lakehouse.synthetic.cohort import write_cohort
from lakehouse.warehouse.models import Extra, load_models
from tests.lakehouse.random_cohorts import CohortPlan, write_random_cohort
from tests.lakehouse.reference.alignments import METHODS
from tests.lakehouse.reference.compare import comparable, compare
from tests.lakehouse.reference.foretold import NUMBERS

# The reference reads the canonical face from it.
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("face_model_path")]

EVERYTHING: Final = tuple(Extra)
STRICT: Final[dict[str, Any]] = {}
RELAXED: Final[dict[str, Any]] = {"photos_per_mask": "any", "masks": "neutral"}
LEAN: Final[dict[str, Any]] = {
    **{"permutations": 19, "bootstraps": 19, "fewest": 3},
    **{"sesoi_r": 0.3, "sesoi_dz": 0.4},
}
"""So much resampling shows whether it is done as it should be, and so few people have tests."""
ONE_START: Final = {"starts": 1}
"""Of k-means, so that no two starts are equally good to a last bit; that the best of many counts is
compared in test_other_references.py and, start by start, in statistics/test_many_k_means.py."""
MEASURES: Final[dict[str, Any]] = {
    "opening": {"distance": [13, 14], "label_en": "mouth opening", "label_pt": "abertura"},
    "eye": {"ratio": [[160, 144], [158, 153]], "over": [[33, 133]]},
    "corner": {"angle": [61, 0, 291]},
    "brows": {"movement": [105, 334, 9]},
    "smile": {"movement": "zygomaticus_major"},
    "lopsided": {"side_difference": "zygomaticus_major"},
    "brow_difference": {"side_difference": [105, 9]},
}
"""One of each kind, of points and of muscles."""


def settings_of(
    quality: dict[str, Any],
    dimensions: int,
    expressions: Iterable[str] | None = None,
    *,
    method: str = "paper",
    k: int = 6,
    **sections: Any,
) -> Settings:
    """Make settings as `lakehouse.toml` would."""
    values: dict[str, Any] = {
        "quality": quality,
        "alignment": {"method": method},
        "distance": {"dimensions": dimensions},
        "clusters": {"k": k, **ONE_START},
        "statistics": LEAN,
        "instruments": {"dbi": {"reliability": 0.8}, "bai": {"reliability": 1.0}},
        **sections,
    }
    if expressions is not None:
        values["dataset"] = {"expressions": {name: name for name in expressions}}
    return Settings.model_validate(values)


def drawn_plan(seed: int) -> tuple[CohortPlan, list[str]]:
    """Draw a small cohort, and the covariates that are held constant in it."""
    rng = random.Random(seed)
    plan = CohortPlan(
        seed=seed,
        participants=rng.randint(2, 6),
        expressions=rng.randint(2, 4),
        photos=rng.randint(1, 3),
        conditions=rng.random() < 0.5,
        trouble=rng.choice([0.0, 0.01, 0.05, 0.3]),
        moving=rng.choice([0, 3, 40, 40]),
        depth=rng.choice([1.0, 1.0, 0.6, 0.0]),
        scores=rng.choice([True, True, False]),
        known=rng.choice([1.0, 0.7, 0.0]),
        covariates=rng.random() < 0.5,
    )
    return plan, rng.choice([[], ["age"], ["yaw"], ["group", "site", "pitch"]])


QUALITIES: Final = {"strict": STRICT, "relaxed": RELAXED}
DIMENSIONS: Final = (2, 3)
WAYS: Final = tuple(product(METHODS, DIMENSIONS, QUALITIES))
# Every method with both dimensions and both qualities, but not every combination.
SOME_WAYS: Final = tuple(way for number, way in enumerate(WAYS) if number % 4 in (0, 3))
QUICKEST: Final = ("procrustes", 2, "strict")
MORE: Final = [pytest.mark.slow, pytest.mark.exhaustive]


def compare_random(way: tuple[str, int, str], plan: CohortPlan, held: list[str]) -> None:
    """Write a random cohort somewhere, build it and compare."""
    method, dimensions, quality = way
    with tempfile.TemporaryDirectory() as folder:
        paths = WarehousePaths(Path(folder))
        expressions = write_random_cohort(paths, plan)
        wanted = {"photos_per_mask": plan.photos, **QUALITIES[quality]}
        sections = {"statistics": LEAN | {"covariates": held}, "measures": MEASURES}
        chosen = settings_of(wanted, dimensions, expressions, method=method, **sections)
        compare(paths, chosen, extras=EVERYTHING)


SOME_PLAN: Final = CohortPlan(
    seed=1,
    participants=4,
    expressions=2,
    photos=2,
    conditions=True,
    trouble=0.1,
    moving=40,
    depth=0.8,
    scores=True,
    known=0.7,
    covariates=True,
)
SOME_PLANS: Final = (
    replace(SOME_PLAN, trouble=0.0, photos=3),
    replace(SOME_PLAN, participants=6, expressions=3, conditions=False, trouble=0.3),
    replace(SOME_PLAN, seed=2, trouble=0.01, moving=3, depth=1.0),
    replace(SOME_PLAN, seed=3, photos=3, trouble=0.2),
    replace(SOME_PLAN, seed=4, photos=1, conditions=False, moving=0, trouble=0.0, known=0.0),
    replace(SOME_PLAN, seed=5, participants=5, depth=1.0, scores=False, covariates=False),
)


@pytest.mark.parametrize(
    ("way", "plan"),
    [
        pytest.param(way, plan, id=str(way), marks=[] if way == QUICKEST else MORE)
        for way, plan in zip(SOME_WAYS, SOME_PLANS, strict=True)
    ],
)
def test_random_cohorts(way: tuple[str, int, str], plan: CohortPlan) -> None:
    compare_random(way, plan, ["age"])


@pytest.mark.parametrize(("feature", "dimensions"), [("projected", 3), ("squared_unbiased", 2)])
def test_features_measured_in_another_way(tmp_path: Path, feature: str, dimensions: int) -> None:
    paths = WarehousePaths(tmp_path)
    plan = replace(SOME_PLAN, seed=6, participants=6, photos=3, trouble=0.1, depth=0.8)
    expressions = write_random_cohort(paths, plan)
    sections = {"statistics": LEAN | {"feature": feature}, "measures": MEASURES}

    compare(paths, settings_of(RELAXED, dimensions, expressions, **sections))


# Where nobody has any of the covariates, everybody lacks them.
NOBODY_KNOWN: Final = replace(
    SOME_PLAN, seed=0, participants=2, photos=1, conditions=False, trouble=0.0, covariates=False
)


def test_covariates_that_nobody_has() -> None:
    compare_random(("paper", 2, "strict"), NOBODY_KNOWN, ["group", "site", "pitch"])


@pytest.mark.parametrize(
    ("way", "seed"),
    [
        # The others' methods are those of other tests.
        pytest.param(
            way, seed, id=str(way), marks=[] if way == ("neutral_scale", 2, "relaxed") else MORE
        )
        for seed, way in enumerate(WAYS, 12)
        if way not in SOME_WAYS
    ],
)
def test_drawn_cohorts(way: tuple[str, int, str], seed: int) -> None:
    compare_random(way, *drawn_plan(seed))


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=MORE) for seed in (1, 2, 3))])
def test_photographs_that_are_there_twice(tmp_path: Path, seed: int) -> None:
    paths = WarehousePaths(tmp_path)
    plan = replace(SOME_PLAN, seed=seed, participants=8, trouble=0.05, photos=3, copies=0.2)
    expressions = write_random_cohort(paths, plan)

    found = compare(paths, settings_of(RELAXED, 2, expressions), ["same_photos", "suspicions"])

    assert {"photo_twice_in_mask", "photo_in_two_masks", "photo_of_two_participants"} <= set(
        found["suspicions"]["suspicion"]
    )
    assert {"ids_alike", "more_photos"} & set(found["suspicions"]["suspicion"])


TROUBLED: Final = CohortPlan(
    seed=5,
    participants=8,
    expressions=3,
    photos=2,
    conditions=True,
    trouble=0.1,
    moving=12,
    depth=1.0,
    scores=True,
    known=0.9,
    covariates=True,
    copies=0.02,
)


UNTESTED: Final = (
    "permutation_p",
    *(
        f"{method}_{column}"
        for method in ("pearson", "spearman")
        for column in ("p", "low", "high", "q", "q_instrument", "bonferroni")
    ),
)
"""What pairs of too few participants do not have."""


OF_VIDEOS: Final = {
    model.name
    for model in load_models()
    if model.folder == "dynamics" or model.name in ("videos", "frames", "events")
}
"""`test_videos_against_reference` has some."""


def test_cohort_with_every_kind_of_trouble(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    expressions = write_random_cohort(paths, TROUBLED)
    own = {"covariates": ["group", "yaw"], "fewest": 6, "blocks": "site"}
    statistics = {"statistics": LEAN | own, "measures": MEASURES}
    found = compare(
        paths, settings_of(RELAXED, 2, expressions, k=2, **statistics), extras=EVERYTHING
    )
    assert found.keys() == comparable().keys()
    rows = {name: len(table) for name, table in found.items()}
    empty = {name for name, count in rows.items() if not count}
    assert empty <= OF_VIDEOS, "compares nothing"
    blank = {
        f"{name}.{column.name}"
        for name, table in found.items()
        for column in table
        if len(column) and column.is_null().all() and not column.name.endswith("reason")
    }
    # The limits, and a user's own muscles, are in the next test; why something is null is in those
    # of poor datasets.
    assert blank == {
        *("settings.photos_per_mask", "settings.max_yaw", "settings.max_pitch"),
        *("settings.min_face_height", "settings.primary_grouping", "features_wide.unanswered"),
        *("build_info.muscles_digest", "build_info.own_digest", "build_info.multiverse_digest"),
        # More people are in the next test.
        *(f"score_prediction.{name}" for name in NUMBERS),
        *("exclusion_balance.excluded_sd", "exclusion_balance.welch_p", "exclusion_tests.welch_p"),
        # So few have no partial tests: the next test is about those.
        *(f"partial_correlations.{column}" for column in UNTESTED),
    }


@pytest.mark.parametrize("held", [pytest.param([], marks=MORE), ["age", "sex", "roll"]], ids=str)
def test_scores_are_foretold_and_who_is_left_out_is_compared(
    tmp_path: Path, held: list[str]
) -> None:
    paths = WarehousePaths(tmp_path)
    names = ("neutral", "happiness", "fear")
    chosen = settings_of(STRICT, 2, names, statistics=LEAN | {"covariates": held})
    write_cohort(paths, chosen, participants=16)
    write_answers(paths, [f"{number:04d}" for number in range(1, 23)])

    found = compare(
        paths,
        chosen,
        ["movement_products", "score_prediction", "exclusion_balance", "exclusion_tests"],
        extras=[Extra.STATISTICS],
    )

    assert len(found["movement_products"]) == 16 * 17 / 2
    foretold = found["score_prediction"].filter(pl.col("reason").is_null())
    assert foretold["instrument"].to_list() == ["asked", "floored"]
    assert foretold.select(NUMBERS).null_count().sum_horizontal().item() == 0
    balance = found["exclusion_balance"]
    assert balance["excluded_sd"].count() == 4
    assert (balance["excluded_n"] == balance["excluded_without_photos"]).all()


def write_answers(paths: WarehousePaths, people: list[str]) -> None:
    """Write scores and covariates of more people than were photographed, with gaps."""
    rng = np.random.default_rng(4)
    scores: dict[str, list[float | None]] = {
        "asked": rng.normal(20, 5, len(people)).round(1).tolist(),
        "floored": np.maximum(rng.integers(-6, 9, len(people)), 0).astype(float).tolist(),
        "rare": [4.0, 7.0, *[None] * (len(people) - 2)],
        "same": [3.0] * len(people),
    }
    scores["floored"][2] = scores["asked"][20] = None
    listed = [
        {"participant": who, "instrument": name, "score": score}
        for name, column in scores.items()
        for who, score in zip(people, column, strict=True)
    ]
    known = [
        {"participant": who, "covariate": name, "value": value, "category": category}
        for at, who in enumerate(people)
        for name, value, category in (
            ("age", float(rng.integers(18, 60)) if at != 5 else None, None),
            ("sex", None, str(rng.choice(["f", "m"]))),
        )
    ]
    pq.write_table(pa.Table.from_pylist(listed, schemas.SCORES), paths.scores)
    pq.write_table(pa.Table.from_pylist(known, schemas.COVARIATES), paths.covariates)


def test_tests_and_intervals_within_blocks_and_given_covariates(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    write_cohort(paths, Settings(), participants=18, photos=1)
    random = np.random.default_rng(3)
    rows = [
        {"participant": f"{number:04d}", "covariate": name, "value": value, "category": category}
        for number in range(1, 19)
        for name, value, category in (
            ("age", float(random.integers(18, 60)), None),
            ("site", None, str(random.choice(["north", "south"]))),
        )
        # One has no site.
        if (number, name) != (7, "site")
    ]
    pq.write_table(pa.Table.from_pylist(rows, schemas.COVARIATES), paths.covariates)
    own = {"covariates": ["age", "site"], "fewest": 12, "blocks": "site"}

    found = compare(
        paths,
        settings_of(RELAXED, 2, statistics=LEAN | own),
        ["correlations", "partial_correlations", "instrument_correlations", "settings"],
    )

    assert found["settings"]["permutation_blocks"].item() == "site"
    assert set(found["correlations"]["n"]) == {18}
    assert set(found["partial_correlations"]["n"]) == {17}
    for name in ("correlations", "partial_correlations"):
        assert not any(column.is_null().any() for column in found[name].select(UNTESTED))


def test_limits_own_muscles_and_no_landmarks(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    expressions = write_random_cohort(paths, replace(TROUBLED, seed=6, trouble=0.05, expressions=2))
    (tmp_path / "muscles.csv").write_text(
        "muscle,point,side,muscle_group,action_unit\n"
        "scalp,10,midline,forehead,\n"
        "scalp,338,left,forehead,\n"
        "smiler,61,right,mouth,AU6 AU12\n"
    )
    limits = {"max_yaw": 20.0, "max_pitch": 15.0, "min_face_height": 70.0, "max_faces": 2}
    measures = {"scalp": {"side_difference": [103]}, "smile": {"movement": "smiler"}}
    sections = {"muscles": {"file": "muscles.csv"}, "database": {"landmarks": False}}
    sections["measures"] = measures
    chosen = settings_of(RELAXED | limits, 2, expressions, **sections)

    found = compare(paths, chosen, extras=[Extra.PAIRS])

    assert (len(found["muscles"]), len(found["muscle_action_units"])) == (3, 2)
    assert len(found["landmarks"]) == len(found["aligned_points"]) == 0
    reasons = {"turned", "raised_or_lowered", "small_face"}
    assert reasons <= set(found["exclusions"]["reason"])


ABOUT_PAIRS: Final = {
    name for name, model in comparable().items() if model.header.extra == Extra.PAIRS
}


def test_made_up_cohort(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    write_cohort(paths, Settings(), participants=12)
    # Of 120 features each is correlated with each; the random cohorts have fewer.
    relations = set(comparable()) - ABOUT_PAIRS - {"feature_correlations"}
    found = compare(paths, settings_of(STRICT, 2), relations, extras=[Extra.STATISTICS])
    assert len(found["neutral_distances"]) == 12 * 15 * 468
    assert len(found["correlations"]) == 15 * (6 + 8) * 6
    assert len(found["expression_regularity"]) == 15
    # Two classifiers judge the masks of both conditions, apart and together.
    assert len(found["expression_predictions"]) == 2 * 12 * 7 * 4


def test_pairs_of_a_made_up_cohort(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    chosen = settings_of(STRICT, 3, ("neutral", "happiness", "fear", "anger"))
    write_cohort(paths, chosen, participants=12)
    relations = ABOUT_PAIRS | {"feature_correlations"}
    found = compare(paths, chosen, relations, extras=[Extra.PAIRS])
    assert len(found["pair_changes"]) == 7 * 468 * 468
    assert len(found["feature_correlations"]) == 56 * 55 / 2


def test_photographs(tmp_path: Path) -> None:
    names = ("neutral", "happiness", "surprise")
    plan = plan_study(4, photos=3, seed=4, expressions=names)
    write_photographs(plan, tmp_path / "photos")
    paths = WarehousePaths(tmp_path / "warehouse")
    codes = {f"{place:02d}": name for place, name in enumerate(names)}
    chosen = Settings.model_validate({"dataset": {"expressions": codes}})
    summary = extract(tmp_path / "photos", paths, chosen)
    assert summary.ok == 4 * 3 * 2 * 3
    # In one way: the random cohorts have the others.
    found = compare(paths, settings_of(STRICT, 2, names), extras=EVERYTHING)
    assert len(found["aligned_landmarks"]) == summary.ok * 478


MANY: Final = 120
"""People, ten times as many as in the other cohorts; batches are test_batches.py's."""


@pytest.mark.exhaustive
def test_a_cohort_of_many(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    write_cohort(paths, Settings(), participants=MANY)
    relations = (
        *("neutral_distances", "point_averages", "group_distances", "features", "distributions"),
        *("correlations", "strongest_correlations", "correlation_thresholds"),
        *("supervision_effects", "supervision_point_effects", "reliability", "noise_floor"),
        *("smile_coactivation", "smile_residuals", "mean_displacements", "participants"),
    )
    found = compare(paths, settings_of(STRICT, 2), relations, extras=[Extra.STATISTICS])
    assert len(found["neutral_distances"]) == MANY * 15 * 468
