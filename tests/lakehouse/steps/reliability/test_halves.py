import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from lakehouse.settings import Settings
from lakehouse.statistics.reliability.split_halves import halves_of, split_half
from lakehouse.steps.reliability.halves import SPLIT_HALVES, split_halves
from tests.lakehouse.statistics.reliability.trembling import distance, of_halves, photographs
from tests.lakehouse.steps.in_parts import DIVISIONS, divided

AXES = [
    f"{before}{axis}_{part}" for before in ("", "neutral_") for part in (1, 2, 3) for axis in "xyz"
]
KEYS = {
    "grouping": pl.String,
    "feature": pl.String,
    "cell_index": pl.Int32,
    "pairs": pl.Int32,
    "point": pl.Int16,
    "share": pl.Float64,
    "signed": pl.Boolean,
}


def rows_of(
    face: np.ndarray, neutral: np.ndarray, feature: str = "m05_00_2", *, signed: bool = False
) -> pl.DataFrame:
    people, photos, points, axes = face.shape
    rows = []
    for who in range(people):
        for point in range(points):
            places = [
                float(part[who, at, point, axis]) if at < photos and axis < axes else None
                for part in (face, neutral)
                for at in range(3)
                for axis in range(3)
            ]
            flat = [
                0.0 if place is None and at // 3 % 3 < photos else place
                for at, place in enumerate(places)
            ]
            rows.append(("kmeans6", feature, who, photos, point, 1 / points, signed, *flat))
    schema = KEYS | dict.fromkeys(AXES, pl.Float64)
    return pl.DataFrame(rows, schema=schema, orient="row").sample(fraction=1, shuffle=True, seed=2)


def found_in(*batches: pl.DataFrame, bootstraps: int = 20) -> list[dict]:
    [table] = split_halves(iter(batches), bootstraps=bootstraps, seed=3)
    assert table.schema == SPLIT_HALVES
    return table.to_dicts()


@pytest.mark.parametrize("photos", [2, 3])
def test_points_are_measured_in_each_half_and_averaged(photos: int) -> None:
    [(face, neutral)] = photographs(20, movement=2.0, points=4, photos=photos)
    halves = halves_of(photos)

    [row] = found_in(rows_of(face, neutral))

    values = of_halves(face, neutral, halves)
    [one], [other] = split_half(values, distance(face, neutral), halves, np.ones((1, 20)))
    assert (row["n"], row["photos"], row["bootstraps"]) == (20, photos, 20)
    assert [row["split_half"], row["reliability"]] == pytest.approx([one, other])
    assert row["split_half_low"] < row["split_half"] < row["split_half_high"]
    assert row["reliability_low"] < row["reliability_high"]


def test_a_feature_of_two_groupings_is_the_same_in_both() -> None:
    [(face, neutral)] = photographs(20, movement=2.0, points=4)
    rows = rows_of(face, neutral)
    again = rows.with_columns(grouping=pl.lit("kmeans6_eyes"))
    alone = rows_of(face * 2, neutral, "m05_00_6").with_columns(grouping=pl.lit("kmeans6_eyes"))

    found = found_in(pl.concat([alone, rows, again]))

    names = [("kmeans6", "m05_00_2"), ("kmeans6_eyes", "m05_00_2"), ("kmeans6_eyes", "m05_00_6")]
    assert [(row.pop("grouping"), row["feature"]) for row in found] == names
    assert found[0] == found[1] != found[2]


def test_batches_do_not_matter() -> None:
    [(face, neutral)] = photographs(20, movement=2.0, points=4)
    rows = rows_of(face, neutral)
    parts = [rows.filter(pl.col("cell_index") < 7), rows.filter(pl.col("cell_index") >= 7)]

    assert found_in(*parts) == found_in(rows)
    assert found_in(rows, rows.clear()) == found_in(rows)


def test_a_value_keeps_its_sign() -> None:
    random = np.random.default_rng(5)
    truth = random.normal(size=(30, 1, 1, 1))
    face, neutral = (part * random.normal(size=(30, 3, 1, 1)) for part in (0.3, 0.3))

    [row] = found_in(rows_of(truth + face, neutral, signed=True))

    # Sizes, of which both signs have the same, would agree less.
    assert row["reliability"] == pytest.approx(1 / (1 + 2 * 0.09 / 3), abs=0.1)


def test_without_samples_there_are_no_intervals() -> None:
    [(face, neutral)] = photographs(20, movement=2.0, points=4)

    [row] = found_in(rows_of(face, neutral), bootstraps=0)

    assert row["split_half"] is not None
    assert (row["split_half_low"], row["reliability_high"], row["bootstraps"]) == (None, None, 0)


def test_of_nothing_there_are_no_rows() -> None:
    schema = KEYS | dict.fromkeys(AXES, pl.Float64)

    assert found_in(pl.DataFrame(schema=schema)) == []


@pytest.mark.parametrize("division", DIVISIONS)
def test_cells_may_be_measured_in_parts(division: str) -> None:
    settings = Settings.model_validate({"statistics": {"bootstraps": 20, "seed": 3}})
    [(face, neutral)] = photographs(9, movement=2.0, points=4)
    rows = rows_of(face, neutral)
    [(face, neutral)] = photographs(7, movement=2.0, points=3, photos=2)
    others = rows_of(face, neutral, "m01_00_0").with_columns(pl.col("cell_index") + 20)
    again = others.with_columns(grouping=pl.lit("kmeans6_eyes"))

    for some in (pl.concat([rows, others, again]), rows.filter(cell_index=0), rows.clear()):
        [expected] = split_halves([some], bootstraps=20, seed=3)
        found = divided("reliability", "split_halves", some, settings, division)

        assert_frame_equal(found, expected, check_exact=True)
