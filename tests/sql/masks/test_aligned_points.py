import math

import pytest

from tests.sql.support import Row, RunModel, table

TILT = math.radians(20)
# A face made level, then tilted clockwise by 20 degrees, halved and moved: depth is halved too.
LEVEL_FACE = {
    10: (0.0, 0.0, 0.0),
    152: (0.0, 1500.0, 60.0),
    133: (-300.0, 500.0, 10.0),
    362: (280.0, 500.0, -10.0),
    1: (20.0, 700.0, -200.0),
}


def photographed(x: float, y: float, z: float) -> tuple[float, float, float]:
    return (
        640 + 0.5 * (x * math.cos(TILT) - y * math.sin(TILT)),
        120 + 0.5 * (x * math.sin(TILT) + y * math.cos(TILT)),
        33 + 0.5 * z,
    )


@pytest.fixture
def photo_points() -> list[Row]:
    return table(
        "photo_index point x y z",
        *((1, point, *photographed(*place)) for point, place in LEVEL_FACE.items()),
    )


def test_a_tilted_face_is_brought_back_level_at_its_place(
    run_model: RunModel, photo_points: list[Row]
) -> None:
    cell = {"participant": "1", "expression": "fear", "supervised": False}
    alignments = run_model(
        "photo_alignments",
        photos=[{"photo_index": 1, **cell}],
        cells=[{"cell_index": 7, **cell}],
        photo_verdicts=[{"photo_index": 1, "usable": True}],
        participants=[{"participant": "1", "included": True}],
        photo_points=photo_points,
    )
    names = (
        "photo_index cell_index forehead_x forehead_y forehead_z eye_roll scale "
        "scaled_cos scaled_sin"
    )

    rows = run_model(
        "aligned_points", photo_points=photo_points, photo_alignments=table(names, *alignments)
    )

    expected = {point: (1250 + x, 25 + y, z) for point, (x, y, z) in LEVEL_FACE.items()}
    assert {row[:2] for row in rows} == {(1, 7)}
    assert {row[2]: row[3:] for row in rows} == {
        point: pytest.approx(place, abs=1e-9) for point, place in expected.items()
    }


def test_photos_that_are_not_aligned_have_no_aligned_points(
    run_model: RunModel, photo_points: list[Row]
) -> None:
    assert run_model("aligned_points", photo_points=photo_points) == []


def test_without_a_scale_or_without_depth_places_are_null(run_model: RunModel) -> None:
    columns = "photo_index cell_index forehead_x forehead_y forehead_z scale scaled_cos scaled_sin"
    alignments = table(
        columns, (1, 1, 5.0, 5.0, 0.0, None, None, None), (2, 2, 5.0, 5.0, None, 2.0, 2.0, 0.0)
    )
    points = table("photo_index point x y z", (1, 0, 1.0, 2.0, 3.0), (2, 0, 6.0, 8.0, None))

    rows = run_model("aligned_points", photo_points=points, photo_alignments=alignments)

    assert rows == [(1, 1, 0, None, None, None), (2, 2, 0, 1252.0, 31.0, None)]
