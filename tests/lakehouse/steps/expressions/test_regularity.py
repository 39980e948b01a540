"""Regularity, against loops over participants and samples."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from scipy.spatial.distance import cosine

from lakehouse.settings import Settings
from lakehouse.statistics.bootstrap import resample_counts
from lakehouse.steps.expressions.regularity import INTERVALS, Fields, regularity_intervals
from tests.lakehouse.steps.in_parts import DIVISIONS, divided

SCHEMA = {
    "mask": pl.String,
    "participant": pl.String,
    "point": pl.Int16,
    "dx": pl.Float32,
    "dy": pl.Float32,
    "dz": pl.Float32,
}
POINTS = 4


def random_fields(n: int, seed: int = 0, axes: int = 3) -> np.ndarray:
    random = np.random.default_rng(seed)
    values = random.normal(size=(n, POINTS, axes)) + random.normal(size=(1, POINTS, axes))
    return values.astype(np.float32).astype(float)


def long(mask: str, fields: np.ndarray, *, flat: bool = False) -> pl.DataFrame:
    rows = [
        (mask, f"{who:02d}", point, *map(float, vector[:2]), None if flat else float(vector[2]))
        for who, field in enumerate(fields)
        for point, vector in enumerate(field)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def mean_cosine(people: list[int], fields: np.ndarray) -> float:
    """Each drawn participant beside all that were drawn and are somebody else."""
    found = []
    for who in people:
        others = [fields[other] for other in people if other != who]
        if others:
            found.append(1 - cosine(fields[who].ravel(), np.mean(others, axis=0).ravel()))
    return float(np.mean(found)) if found else np.nan


def ratio(people: list[int], fields: np.ndarray) -> float:
    drawn = fields[people]
    mean_length = np.linalg.norm(drawn, axis=2).mean()
    return float(np.linalg.norm(drawn.mean(axis=0), axis=1).mean() / mean_length)


def dispersion(people: list[int], fields: np.ndarray) -> float:
    return float(np.sqrt(fields[people].var(axis=0, ddof=1).sum(axis=1).mean()))


BY_HAND = {"cosine": mean_cosine, "ratio": ratio, "dispersion": dispersion}


@pytest.mark.parametrize("statistic", BY_HAND)
@pytest.mark.parametrize(("n", "axes"), [(2, 2), (3, 3), (17, 2)])
def test_samples_are_what_a_loop_over_those_drawn_gives(statistic: str, n: int, axes: int) -> None:
    values = random_fields(n, axes=axes)
    [weights] = resample_counts(n, 40, seed=6)
    weights = np.concatenate([np.ones((1, n)), weights])

    found = getattr(Fields(values), statistic)(weights)

    expected = [
        BY_HAND[statistic](np.repeat(np.arange(n), row.astype(int)).tolist(), values)
        for row in weights
    ]
    np.testing.assert_allclose(found, expected, atol=1e-7)


@pytest.mark.parametrize("dimensions", [2, 3])
def test_the_table_has_the_estimate_and_the_intervals_of_every_mask(dimensions: int) -> None:
    first, second = random_fields(15), random_fields(9, seed=1)
    displacements = pl.concat([long("05-01", second), long("05-00", first)])

    found = regularity_intervals(displacements, dimensions=dimensions, bootstraps=200, seed=4)

    assert found.schema == {"mask": pl.String, **INTERVALS}
    assert found["mask"].to_list() == ["05-00", "05-01"]
    for row, fields in zip(found.to_dicts(), (first, second), strict=True):
        n, used = len(fields), fields[..., :dimensions]
        assert row["mean_cosine"] == pytest.approx(mean_cosine([*range(n)], used))
        assert (row["bootstraps"], row["reason"]) == (200, None)
        samples = [
            np.repeat(np.arange(n), counts.astype(int)).tolist()
            for counts in np.concatenate(list(resample_counts(n, 200, 4)))
        ]
        for name, by_hand in BY_HAND.items():
            resampled = [by_hand(people, used) for people in samples]
            ends = np.nanpercentile(resampled, [2.5, 97.5])
            assert [row[f"{name}_low"], row[f"{name}_high"]] == pytest.approx(ends)


def test_participants_with_gaps_do_not_count() -> None:
    fields = random_fields(6)
    whole = long("05-00", fields)
    gappy = pl.concat(
        [
            whole,
            long("05-00", random_fields(1))
            .filter(pl.col("point") > 0)
            .with_columns(participant=pl.lit("gap")),
        ]
    )

    found, expected = (
        regularity_intervals(rows, dimensions=2, bootstraps=20, seed=0) for rows in (gappy, whole)
    )

    assert found.equals(expected)


def test_without_depth_there_is_nothing_in_space() -> None:
    flat = long("05-00", random_fields(5), flat=True)

    [row] = regularity_intervals(flat, dimensions=3, bootstraps=9, seed=0).to_dicts()

    assert row["reason"] == "fewer than 2 participants show it"
    assert row["mean_cosine"] is None
    assert regularity_intervals(flat, dimensions=2, bootstraps=9, seed=0)["mean_cosine"][0] < 1


def test_one_participant_is_alone() -> None:
    alone = long("05-00", random_fields(1))

    [row] = regularity_intervals(alone, dimensions=2, bootstraps=9, seed=0).to_dicts()

    assert row["reason"] == "fewer than 2 participants show it"
    assert {row[name] for name in INTERVALS if name not in ("bootstraps", "reason")} == {None}


def test_faces_that_do_not_move_have_no_direction() -> None:
    still = long("05-00", np.zeros((4, POINTS, 3)))

    [row] = regularity_intervals(still, dimensions=2, bootstraps=9, seed=0).to_dicts()

    assert (row["mean_cosine"], row["ratio_low"], row["dispersion_high"]) == (None, None, 0)


def test_without_bootstraps_there_are_estimates_only() -> None:
    rows = long("05-00", random_fields(5))

    [row] = regularity_intervals(rows, dimensions=2, bootstraps=0, seed=0).to_dicts()

    assert row["mean_cosine"] is not None
    assert (row["cosine_low"], row["ratio_high"], row["reason"]) == (None, None, None)


def test_no_displacements_give_a_typed_empty_table() -> None:
    found = regularity_intervals(pl.DataFrame(schema=SCHEMA), dimensions=3, bootstraps=9, seed=0)

    assert found.is_empty()
    assert found.schema == {"mask": pl.String, **INTERVALS}


def test_progress_counts_masks() -> None:
    rows = pl.concat([long(mask, random_fields(3)) for mask in ("a", "b", "c")])
    heard: list[tuple[int, int]] = []

    regularity_intervals(
        rows, dimensions=2, bootstraps=2, seed=0, report=lambda *told: heard.append(told)
    )

    assert heard == [(1, 3), (2, 3), (3, 3)]


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 1000), angle=st.floats(0, 6.3), size=st.floats(0.01, 100))
def test_turning_and_scaling_the_face_changes_no_ratio(
    seed: int, angle: float, size: float
) -> None:
    values = random_fields(6, seed, axes=2)
    turn = size * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    everybody = np.ones((1, 6))

    plain, turned = Fields(values), Fields(values @ turn)

    assert turned.cosine(everybody) == pytest.approx(plain.cosine(everybody))
    assert turned.ratio(everybody) == pytest.approx(plain.ratio(everybody))
    assert turned.dispersion(everybody) == pytest.approx(size * plain.dispersion(everybody))
    assert 0 <= plain.ratio(everybody).item() <= 1


@pytest.mark.parametrize("division", DIVISIONS)
def test_masks_may_be_compared_in_parts(division: str) -> None:
    people = {"05-00": 7, "01-00": 5, "01-01": 1, "03-00": 2}
    rows = pl.concat(long(mask, random_fields(n, seed=n)) for mask, n in people.items())
    # Somebody's field has a gap, which takes nobody out of another mask.
    rows = rows.filter(
        ~((pl.col("mask") == "05-00") & (pl.col("participant") == "01") & (pl.col("point") == 2))
    )
    few = Settings.model_validate({"statistics": {"bootstraps": 50, "seed": 3}})

    for some in (rows, rows.filter(pl.col("mask") == "01-01"), rows.clear()):
        expected = regularity_intervals(some, dimensions=2, bootstraps=50, seed=3)
        found = divided("expressions", "regularity_intervals", some, few, division)

        assert_frame_equal(found, expected, check_exact=True)
