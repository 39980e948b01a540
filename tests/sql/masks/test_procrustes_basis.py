import numpy as np
import pytest

from tests.canonical_face import read_canonical_face
from tests.sql.masks.faces import basis_rows, canonical_rows
from tests.sql.support import Row, RunModel


@pytest.fixture(scope="module", name="rows")
def basis(run_model: RunModel) -> list[Row]:
    return basis_rows(run_model)


def test_points_and_weights_are_those_in_the_face_model(rows, face_model_path) -> None:
    weights, _ = read_canonical_face(face_model_path)

    assert {row["point"]: np.float32(row["weight"]) for row in rows} == weights


def test_places_are_those_of_the_canonical_face(rows, run_model) -> None:
    there = {row["point"]: row for row in canonical_rows(run_model)}

    for row in rows:
        assert {"point": row["point"], **{axis: row[axis] for axis in "xyz"}} == there[row["point"]]


def test_the_forehead_lies_where_the_paper_puts_it_and_the_chin_is_no_part(rows) -> None:
    places = {row["point"]: (row["x"], row["y"], row["z"]) for row in rows}

    assert len(rows) == 33
    assert places[10] == (1250.0, 25.0, 0.0)
    assert 152 not in places
    # The tip of the nose is nearer to the camera than the forehead, the temples are farther.
    assert places[4][2] < 0 < places[127][2]


def test_left_and_right_are_mirror_images_of_the_same_weight(rows) -> None:
    def sides(sign: int) -> list[tuple[float, ...]]:
        return sorted(
            (round(row["y"], 9), abs(row["x"] - 1250), row["z"], row["weight"])
            for row in rows
            if (row["x"] - 1250) * sign > 0
        )

    assert len(sides(1)) == 15
    assert np.allclose(sides(1), sides(-1), atol=1e-9)


def test_the_upper_points_lie_above_the_tip_of_the_nose(rows) -> None:
    upper = {row["point"] for row in rows if row["upper"]}

    assert upper == {
        *(6, 10, 33, 54, 67, 117, 119, 121, 127, 133, 143, 198),
        *(263, 284, 297, 346, 348, 350, 356, 362, 372, 420),
    }
