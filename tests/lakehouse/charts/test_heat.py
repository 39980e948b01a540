import pytest

from lakehouse.charts.heat import heat_grid
from tests.lakehouse.charts.small_faces import (
    NARROW,
    WIDE,
    drawing,
    heat,
    marks,
    mesh,
    svg,
    written,
)

MOVED = {
    ("neutral", False): None,
    ("neutral", True): 5.0,
    ("happiness", False): 20.0,
    ("happiness", True): 30.0,
}


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_each_panel_has_every_triangle_once_and_the_reference_its_mesh(width):
    frames = {"heat": heat(MOVED), "mesh": mesh()}
    picture = svg(heat_grid(frames, drawing(width)), frames)
    assert marks(picture, "shape") == [2] * 4
    assert written(picture).count("R") == 4


def test_the_legend_says_all_of_its_title_and_unit():
    frames = {"heat": heat(MOVED), "mesh": mesh()}
    picture = svg(heat_grid(frames, drawing(NARROW, "pt")), frames)
    assert "distância à face neutra (px alinhados)" in written(picture)
