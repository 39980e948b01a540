import math

import numpy as np
import pytest

from tests.canonical_face import read_canonical_face
from tests.sql.masks.faces import canonical_rows
from tests.sql.support import Row, RunModel

SCALE = 1500 / (8.261778 + 9.403378)


@pytest.fixture(scope="module", name="rows")
def mesh(run_model: RunModel) -> list[Row]:
    return canonical_rows(run_model)


def test_every_mesh_point_is_there_once(rows) -> None:
    assert [row["point"] for row in rows] == list(range(468))


def test_places_are_those_in_the_face_model(rows, face_model_path) -> None:
    _, vertices = read_canonical_face(face_model_path)
    forehead, chin = vertices[10], vertices[152]
    scale = 1500 / math.dist(forehead[:2], chin[:2])
    there = (vertices - forehead) * (scale, -scale, -scale) + (1250, 25, 0)

    for row in rows:
        # The model has single precision.
        assert [row[axis] for axis in "xyz"] == pytest.approx(there[row["point"]], abs=1e-3)


def test_numbers_are_listed_to_the_models_last_digit(rows, face_model_path) -> None:
    _, vertices = read_canonical_face(face_model_path)

    for row in rows:
        x, y, z = (
            (row["x"] - 1250) / SCALE,
            8.261778 - (row["y"] - 25) / SCALE,
            4.481535 - row["z"] / SCALE,
        )
        exact = [round(value, 6) for value in (x, y, z)]
        assert np.array_equal(np.float32(exact), np.float32(vertices[row["point"]]))


def test_the_forehead_lies_where_the_paper_puts_it_and_the_chin_below(rows) -> None:
    places = {row["point"]: (row["x"], row["y"]) for row in rows}

    assert places[10] == (1250.0, 25.0)
    assert places[152] == pytest.approx((1250.0, 1525.0), abs=1e-9)
