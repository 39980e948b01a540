"""Points above average, on the face."""

import pytest

from lakehouse.charts.points.above import above_grid, common_points
from tests.lakehouse.charts.points.frames import COMMON, MASKS, MESH, PLACED, POINTS
from tests.lakehouse.charts.scene import Scene, drawing

FRAMES = {"point_distances": POINTS, "point_places": PLACED, "mesh": MESH, "points_common": COMMON}


@pytest.mark.parametrize("width", [1080, 348])
def test_every_face_has_all_points_and_says_how_many_are_above(width: int) -> None:
    scene = Scene(above_grid(FRAMES, drawing(width, {"point": 4})), FRAMES)

    assert len(scene.of("symbol")) == len(MASKS) * 6
    assert sorted(text for text in scene.texts if text.endswith(" above")) == [
        "1 above",
        "1 above",
        "3 above",
    ]
    assert [scene.texts.count(side) for side in "RL"] == [len(MASKS), len(MASKS)]
    assert scene.width <= width


def test_points_lie_where_they_are_on_the_face() -> None:
    scene = Scene(above_grid(FRAMES, drawing(chosen={"point": 4})), FRAMES)

    *points, ring = [(mark["x"], mark["y"]) for mark in scene.of("symbol")[:6]]
    assert points.count(ring) == 1
    across, down = zip(*points, strict=True)
    assert ring == (
        pytest.approx((min(across) + max(across)) / 2),
        pytest.approx((min(down) + max(down)) / 2),
    )


@pytest.mark.parametrize("width", [1080, 348])
def test_points_in_common_are_large_and_the_chosen_one_is_in_every_mask(width: int) -> None:
    scene = Scene(common_points(FRAMES, drawing(width, {"point": 4})), FRAMES)

    symbols = scene.of("symbol")
    # Five points and a ring on the face, the key's two, and the chosen one in each mask.
    assert len(symbols) == 5 + 1 + 2 + len(MASKS)
    # Only point 4 is above average in all three.
    assert sorted(mark["size"] for mark in symbols[:5]) == [20, 20, 20, 20, 60]
    assert len(scene.of("shape")) == len(MESH)
    assert scene.width <= width


@pytest.mark.slow
def test_another_choice_moves_the_marks() -> None:
    def seen(point: int) -> list[float]:
        scene = Scene(common_points(FRAMES, drawing(chosen={"point": point})), FRAMES)
        return [mark["x"] for mark in scene.of("symbol")[6:]]

    assert seen(4) != seen(0)
