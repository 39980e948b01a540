"""Groups of points on the face."""

import polars as pl
import pytest

from lakehouse.charts.points.clusters import group_faces
from tests.lakehouse.charts.points.frames import GROUPS, MESH, PLACED
from tests.lakehouse.charts.scene import Scene, drawing

FRAMES = {"point_groups": GROUPS, "point_places": PLACED, "mesh": MESH}


@pytest.mark.parametrize("width", [1080, 348])
def test_every_point_is_in_its_groups_and_every_group_has_a_name(width: int) -> None:
    scene = Scene(group_faces(FRAMES, drawing(width)), FRAMES)

    # Three points, then three and two of the eyelid, then the three groups of the key.
    assert len(scene.of("symbol")) == 3 + 5 + 3
    assert [scene.texts.count(number) for number in "012"] == [2, 2, 1]
    assert {"0: group 0 (2 points)", "2: group 2 (2 points)"} <= set(scene.texts)
    assert scene.width <= width


def test_a_point_in_two_groups_is_a_dot_in_a_ring() -> None:
    scene = Scene(group_faces(FRAMES, drawing()), FRAMES)

    by_place: dict[tuple[float, float], list[float]] = {}
    for mark in scene.of("symbol")[3:8]:
        by_place.setdefault((mark["x"], mark["y"]), []).append(mark["size"])
    assert [70, 42] in by_place.values()


def test_long_names_are_broken_and_not_cut() -> None:
    name = "right side of the lower lip and skin below the lower lip and more"
    frames = FRAMES | {"point_groups": GROUPS.with_columns(group_en=pl.lit(name))}

    said = " ".join(Scene(group_faces(frames, drawing(348)), frames).texts).replace("\n", " ")

    assert f"0: {name} (2 points)" in said
