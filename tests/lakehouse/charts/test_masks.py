import re

import pytest

from lakehouse.charts.masks import enlarged, mask_grid, masks_enlarged
from tests.lakehouse.charts.small_faces import (
    EDGES,
    NARROW,
    WIDE,
    drawing,
    edges,
    marks,
    masks,
    shapes,
    svg,
    written,
)

MOVED = {
    ("neutral", False): 0.0,
    ("neutral", True): 5.0,
    ("happiness", False): 20.0,
    ("happiness", True): 30.0,
    ("surprise", False): 60.0,
}


def frames(moved=MOVED):
    return {"mean_masks": masks(moved), "mesh_edges": edges()}


def heights(path: str) -> list[float]:
    return [float(place.split(",")[1]) for place in re.findall(r"[ML]([^MLZ]+)", path)]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_each_panel_has_one_mask_of_all_lines(width):
    picture = svg(mask_grid(frames(), drawing(width)), frames())
    assert marks(picture, "shape") == [1] * 5
    assert [path.count("M") for path in shapes(picture)] == [len(EDGES)] * 5
    # Right and left of each of them.
    assert (written(picture).count("R"), written(picture).count("L")) == (5, 5)


def test_a_mask_is_drawn_where_its_points_are():
    picture = svg(mask_grid(frames(), drawing()), frames())
    tops = sorted(min(heights(path)) for path in shapes(picture))
    pixels = [60 * (top - tops[0]) / (tops[-1] - tops[0]) for top in tops]
    assert pixels == pytest.approx([0, 5, 20, 30, 60], abs=0.01)


def test_large_masks_lie_over_the_neutral_one():
    picture = svg(masks_enlarged(frames(), drawing()), frames())
    below, above = shapes(picture, "layer_0_marks"), shapes(picture, "layer_1_marks")
    assert (len(below), len(above)) == (3, 3)
    # The neutral face is the same in all panels, and above its movement.
    assert len(set(below)) == 1
    assert all(min(heights(path)) > min(heights(below[0])) for path in above)
    assert {"happiness, with cue", "surprise, without cue"} <= set(written(picture))


def test_without_a_neutral_face_there_is_none_below():
    alone = frames({("happiness", False): 20.0})
    picture = svg(masks_enlarged(alone, drawing()), alone)
    assert marks(picture, "shape") == [1]


@pytest.mark.parametrize(
    ("there", "shown"),
    [
        (["neutral", "anger", "happiness", "surprise"], ["happiness", "surprise"]),
        (["neutral", "anger", "fear", "sadness"], ["anger", "fear"]),
        (["neutral", "anger", "surprise"], ["surprise", "anger"]),
        (["neutral", "sleepy"], ["sleepy"]),
        (["neutral"], ["neutral"]),
    ],
)
def test_the_studys_two_are_enlarged_or_the_first(there, shown):
    order = ["neutral", "anger", "fear", "happiness", "sadness", "surprise", "sleepy"]
    assert enlarged(masks({(code, False): 0.0 for code in there}), order) == shown
