"""Changes of the distances between points, against a plain loop over pairs."""

import math
from collections.abc import Iterable

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from lakehouse.settings import Settings
from lakehouse.steps.pairs import changes as steps
from lakehouse.steps.pairs.changes import point_pair_changes
from tests.lakehouse.steps.in_parts import DIVISIONS, divided

MESH = 468
PAIRS_ONCE = MESH * (MESH + 1) // 2
# Participants by the number of their neutral cell, and their other cells with the mask.
STUDY = {1: {2: "00-01", 3: "05-00"}, 4: {5: "05-00"}, 6: {7: "00-01", 8: "05-00"}}


def made_up_faces(seed: int = 0) -> dict[int, np.ndarray]:
    random = np.random.default_rng(seed)
    cells = [cell for neutral, others in STUDY.items() for cell in (neutral, *others)]
    return {cell: random.normal(0, 300, (MESH, 3)) for cell in cells}


def rows(faces: dict[int, np.ndarray], people: tuple[int, ...] = tuple(STUDY)) -> pl.DataFrame:
    mean = np.mean([faces[neutral] for neutral in STUDY], axis=0)
    tables = [
        pl.DataFrame(
            {
                "cell_index": np.full(MESH, cell, np.int32),
                "neutral_index": np.full(MESH, neutral, np.int32),
                "mask": [mask] * MESH,
                "point": np.arange(MESH, dtype=np.int16),
                **dict(zip("xyz", faces[cell].T, strict=True)),
                **dict(zip(("mean_x", "mean_y", "mean_z"), mean.T, strict=True)),
            },
            nan_to_null=True,
        )
        for neutral in people
        for cell, mask in {neutral: "00-00", **STUDY[neutral]}.items()
    ]
    return pl.concat(tables).sample(fraction=1, shuffle=True, seed=1)


def mean_pair_changes(batches: Iterable[pl.DataFrame], *, dimensions: int) -> pl.DataFrame:
    return pl.concat(steps.mean_pair_changes(batches, dimensions=dimensions))


def change(face: np.ndarray, neutral: np.ndarray, a: int, b: int, dimensions: int) -> float:
    return math.dist(face[a, :dimensions], face[b, :dimensions]) - math.dist(
        neutral[a, :dimensions], neutral[b, :dimensions]
    )


@pytest.mark.parametrize("dimensions", [2, 3])
def test_a_pair_is_averaged_over_the_participants_who_have_the_mask(dimensions: int) -> None:
    faces = made_up_faces()

    found = mean_pair_changes([rows(faces)], dimensions=dimensions)

    assert found["mask"].unique().sort().to_list() == ["00-01", "05-00"]
    for a, b in ((0, 1), (0, 467), (61, 291), (466, 467)):
        changes = [
            change(faces[cell], faces[neutral], a, b, dimensions)
            for neutral, cell in ((1, 3), (4, 5), (6, 8))
        ]
        [row] = found.filter(mask="05-00", point_a=a, point_b=b).rows(named=True)
        assert row["participants"] == 3
        assert row["mean_change"] == pytest.approx(np.mean(changes), abs=1e-9)
        assert row["mean_abs_change"] == pytest.approx(np.mean(np.abs(changes)), abs=1e-9)
        assert row["sd_change"] == pytest.approx(np.std(changes, ddof=1), abs=1e-9)


def test_every_pair_is_there_once_with_the_diagonal_at_zero() -> None:
    found = mean_pair_changes([rows(made_up_faces())], dimensions=2).filter(mask="00-01")

    assert len(found) == PAIRS_ONCE
    assert found.select("point_a", "point_b").n_unique() == PAIRS_ONCE
    assert found.filter(pl.col("point_a") > pl.col("point_b")).is_empty()
    diagonal = found.filter(pl.col("point_a") == pl.col("point_b"))
    assert diagonal.select("mean_change", "mean_abs_change", "sd_change").unique().rows() == [
        (0, 0, 0)
    ]


@pytest.mark.parametrize("dimensions", [2, 3])
def test_a_point_is_averaged_over_all_the_others(dimensions: int) -> None:
    faces = made_up_faces()
    mean = np.mean([faces[neutral] for neutral in STUDY], axis=0)

    [found] = point_pair_changes([rows(faces)], dimensions=dimensions)

    assert len(found) == 5 * MESH
    for cell, neutral, point in ((3, 1, 0), (5, 4, 200), (8, 6, 467)):
        expected = []
        for compared in (faces[neutral], mean):
            changes = [
                change(faces[cell], compared, point, other, dimensions)
                for other in range(MESH)
                if other != point
            ]
            expected += [np.mean(changes), np.mean(np.abs(changes))]
        [row] = found.filter(cell_index=cell, point=point).rows()
        assert row[2:] == pytest.approx(expected, abs=1e-9)


def test_batches_change_nothing() -> None:
    faces = made_up_faces()
    parts = [rows(faces, (1, 6)), rows(faces, (4,))]

    pairs = mean_pair_changes(iter(parts), dimensions=2)
    points = pl.concat(point_pair_changes(iter(parts), dimensions=2))

    # Participants are added in another order, which may change a last bit.
    whole = mean_pair_changes([rows(faces)], dimensions=2)
    assert np.allclose(pairs["mean_change"], whole["mean_change"], atol=1e-9)
    assert np.allclose(pairs["sd_change"], whole["sd_change"], atol=1e-9)
    means = ("mean_change", "mean_abs_change", "sd_change")
    assert pairs.drop(means).equals(whole.drop(means))
    key = ("cell_index", "point")
    [expected] = point_pair_changes([rows(faces)], dimensions=2)
    assert points.sort(key).equals(expected.sort(key))


def test_a_face_without_depth_has_no_change_with_depth() -> None:
    faces = made_up_faces()
    faces[3][:, 2] = np.nan
    faces[4][:, 2] = np.nan

    pairs = mean_pair_changes([rows(faces)], dimensions=3)
    [points] = point_pair_changes([rows(faces)], dimensions=3)

    [row] = pairs.filter(mask="05-00", point_a=3, point_b=4).rows(named=True)
    assert row["participants"] == 1
    assert row["mean_change"] == pytest.approx(change(faces[8], faces[6], 3, 4, 3), abs=1e-9)
    # The mask of 1 and the neutral face of 4 lack it, and so does the mean of neutral faces here.
    own = points.filter(pl.col("mean_change").is_null())["cell_index"].unique().sort()
    assert own.to_list() == [3, 5]
    assert points["mean_abs_change_from_mean"].null_count() == len(points)
    flat = mean_pair_changes([rows(faces)], dimensions=2)
    assert flat["participants"].unique().sort().to_list() == [2, 3]


def test_one_participant_has_no_spread_and_the_same_change_in_everybody_none() -> None:
    faces = made_up_faces()
    alone = mean_pair_changes([rows(faces, (1,))], dimensions=2)
    for cell, neutral in ((5, 4), (8, 6)):
        faces[neutral], faces[cell] = faces[1], faces[3]

    same = mean_pair_changes([rows(faces)], dimensions=2).filter(mask="05-00")

    assert alone["sd_change"].null_count() == len(alone)
    assert same["mean_abs_change"].max() > 1
    assert same["sd_change"].unique().to_list() == [0.0]


def test_where_nobody_counts_the_means_are_null() -> None:
    faces = {cell: np.full((MESH, 3), np.nan) for cell in made_up_faces()}

    found = mean_pair_changes([rows(faces)], dimensions=2)

    assert len(found) == 2 * PAIRS_ONCE
    assert found["mean_change"].null_count() == found["mean_abs_change"].null_count() == len(found)
    assert found["sd_change"].null_count() == len(found)
    assert found["participants"].unique().to_list() == [0]


def test_a_face_that_is_turned_and_moved_has_not_changed() -> None:
    faces = made_up_faces()
    turn = np.array([[0.6, 0.8, 0], [-0.8, 0.6, 0], [0, 0, 1]])
    for neutral, others in STUDY.items():
        for cell in others:
            faces[cell] = faces[neutral] @ turn + (30, -7, 5)

    found = mean_pair_changes([rows(faces)], dimensions=3)

    assert found["mean_abs_change"].max() == pytest.approx(0, abs=1e-9)


def test_without_rows_the_tables_are_empty_and_typed() -> None:
    nothing = rows(made_up_faces()).clear()
    full_pairs = mean_pair_changes([rows(made_up_faces())], dimensions=2)
    [full_points] = point_pair_changes([rows(made_up_faces())], dimensions=2)

    pairs = mean_pair_changes([nothing], dimensions=2)
    [points] = point_pair_changes([nothing], dimensions=2)

    assert pairs.is_empty()
    assert pairs.schema == full_pairs.schema
    assert points.is_empty()
    assert points.schema == full_points.schema


@pytest.mark.slow
@pytest.mark.parametrize("division", DIVISIONS)
def test_participants_may_be_summed_in_parts(division: str) -> None:
    faces = made_up_faces(7)
    # Nobody's faces of a mask are whole in one part, and somebody has no neutral face.
    faces[2][5, 1] = np.nan
    given = rows(faces).filter(pl.col("cell_index") != 4)
    given = given.with_columns(batch=pl.col("neutral_index"))

    for some in (given, given.filter(neutral_index=1), given.clear()):
        expected = mean_pair_changes([some], dimensions=2)
        found = divided("pairs", "mean_pair_changes", some, Settings(), division)
        assert_frame_equal(found, expected, rel_tol=1e-12, abs_tol=1e-9)

        [expected] = point_pair_changes([some], dimensions=2)
        found = divided("pairs", "point_pair_changes", some, Settings(), division)
        key = ["cell_index", "point"]
        assert_frame_equal(found.sort(key), expected.sort(key), check_exact=True)
