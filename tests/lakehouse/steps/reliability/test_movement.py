import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from lakehouse.settings import Settings
from lakehouse.statistics.reliability.consistency import icc_consistency
from lakehouse.steps.reliability.movement import MOVEMENT, movement_components
from tests.lakehouse.steps.in_parts import DIVISIONS, divided

COLUMNS = ("grouping", "feature", "participant", "place", "movement")


def rows_of(values: np.ndarray, feature: str = "m05_00_2", grouping: str = "kmeans6") -> list:
    return [
        (grouping, feature, f"{who:03d}", place + 1, value)
        for (who, place), value in np.ndenumerate(values)
        if not np.isnan(value)
    ]


def components(rows: list) -> list[dict]:
    table = pl.DataFrame(rows, schema=COLUMNS, orient="row").sample(
        fraction=1, shuffle=True, seed=1
    )
    found = movement_components(table)
    assert found.schema == MOVEMENT
    return found.to_dicts()


def movements(seed: int, *, gone: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    values = random.normal(size=(12, 1)) + random.normal(size=(12, 3))
    values[:gone, 2] = np.nan
    return values


def test_who_lacks_photographs_counts_with_the_rest() -> None:
    values = movements(1, gone=4)

    [row] = components(rows_of(values))

    expected = icc_consistency(values[None], np.array([3.0]))
    assert (row["n"], row["incomplete"], row["photos"]) == (12, 4, 3)
    assert row["icc_ck"] == pytest.approx(expected["icc"][0])
    assert [row["icc_ck_low"], row["icc_ck_high"]] == pytest.approx(
        [expected["low"][0], expected["high"][0]]
    )
    assert row["var_error"] == pytest.approx(expected["error"][0])


def test_features_and_groupings_are_each_by_itself() -> None:
    rows = [
        *rows_of(movements(1)),
        *rows_of(movements(2), "m01_00_0"),
        *rows_of(movements(2), "m01_00_0", "kmeans6_eyes"),
    ]

    found = components(rows)

    assert [(row["grouping"], row["feature"]) for row in found] == [
        ("kmeans6", "m01_00_0"),
        ("kmeans6", "m05_00_2"),
        ("kmeans6_eyes", "m01_00_0"),
    ]
    assert found[0]["icc_ck"] == pytest.approx(found[2]["icc_ck"])
    assert found[0]["icc_ck"] != pytest.approx(found[1]["icc_ck"])


def test_of_single_photographs_there_is_nothing() -> None:
    [row] = components(rows_of(movements(1)[:, :1]))

    assert (row["n"], row["incomplete"], row["photos"], row["icc_ck"]) == (12, 0, None, None)


def test_of_nothing_there_are_no_rows() -> None:
    empty = pl.DataFrame(
        schema={
            "grouping": pl.String,
            "feature": pl.String,
            "participant": pl.String,
            "place": pl.Int32,
            "movement": pl.Float64,
        }
    )

    assert movement_components(empty).schema == MOVEMENT
    assert movement_components(empty).is_empty()


@pytest.mark.parametrize("division", DIVISIONS)
def test_features_may_be_estimated_in_parts(division: str) -> None:
    rows = [
        *rows_of(movements(1)),
        # Somebody has a fourth photograph, and some have no third.
        ("kmeans6", "m05_00_2", "000", 9, 0.5),
        *rows_of(movements(2, gone=5), "m01_00_0"),
        # Two people of twelve have this feature.
        *rows_of(movements(3)[:2], "m02_00_1"),
        *rows_of(movements(2, gone=2), "m01_00_0", "kmeans6_eyes"),
    ]
    every = pl.DataFrame(rows, schema=COLUMNS, orient="row")

    for some in (every, every.filter(feature="m02_00_1"), every.clear()):
        found = divided("reliability", "movement_components", some, Settings(), division)

        assert_frame_equal(found, movement_components(some), rel_tol=1e-9, abs_tol=1e-9)
