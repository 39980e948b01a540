from itertools import pairwise

import numpy as np
import pytest

from lakehouse.figures.canvas import CANVAS, View, beyond_canvas, close_view, fitted_view
from lakehouse.figures.mesh import (
    draw_change,
    draw_ghost,
    draw_mask,
    edges_of,
    line_coverage,
    overlay,
    trails_of,
)
from tests.lakehouse.figures.support import CHIN, FOREHEAD, edges, mask


def darkest(picture: np.ndarray, x: float, y: float, around: int = 2) -> int:
    x, y = round(x), round(y)
    part = picture[max(y - around, 0) : y + around + 1, max(x - around, 0) : x + around + 1]
    return int(part.min())


def test_every_side_comes_once():
    assert edges_of(np.array([[0, 1, 2], [2, 1, 3]])).tolist() == [
        [0, 1], [0, 2], [1, 2], [1, 3], [2, 3],
    ]  # fmt: skip
    assert edges().shape == (1322, 2)


def test_a_mask_is_black_lines_on_a_white_canvas_where_the_points_are():
    points = mask()
    picture = draw_mask(points, edges())
    assert picture.shape == (1900, 2500)
    assert points[FOREHEAD] == pytest.approx([1250, 25])
    assert points[CHIN, 1] - points[FOREHEAD, 1] == pytest.approx(1500, abs=5)
    assert darkest(picture, 1250, 25) == 0
    assert [darkest(picture, *point) for point in points] == [0] * 468
    assert (picture == 255).mean() > 0.85


def test_nothing_is_drawn_beyond_the_face():
    points = mask()
    rows, columns = np.nonzero(draw_mask(points, edges()) < 255)
    assert columns.min() == pytest.approx(points[:, 0].min(), abs=4)
    assert columns.max() == pytest.approx(points[:, 0].max(), abs=4)
    assert rows.min() == pytest.approx(points[:, 1].min(), abs=4)
    assert rows.max() == pytest.approx(points[:, 1].max(), abs=4)


def test_eyes_and_mouth_are_holes():
    points = mask()
    picture = draw_mask(points, edges())
    for upper, lower in ((159, 145), (386, 374), (13, 14)):
        middle = (points[upper] + points[lower]) / 2
        assert darkest(picture, *middle, around=1) == 255


def test_places_are_drawn_finer_than_a_pixel():
    line = np.array([[0, 1]])
    at = {
        y: line_coverage(np.array([[10.0, y], [90.0, y]]), line, View(100, 40), 1)
        for y in (20.0, 20.5)
    }
    assert at[20.0][20, 50] > at[20.5][20, 50]
    assert at[20.5][21, 50] > at[20.0][21, 50]


@pytest.mark.parametrize("masks", [2, 24, 400])
def test_a_line_that_more_masks_share_is_darker(masks):
    view = View(60, 40)
    shared, own = [[5.0, 10.0], [55.0, 10.0]], [[5.0, 30.0], [55.0, 30.0]]
    away = [[5.0, 80.0], [55.0, 80.0]]
    points = np.array([[*shared, *(own if number == 0 else away)] for number in range(masks)])
    lines = np.array([[0, 1], [2, 3]])
    ghost = draw_ghost(points, lines, view)
    alone = draw_ghost(points[:1], lines, view)
    assert ghost[10, 30] < alone[10, 30] < 255
    assert ghost[10, 30] < ghost[30, 30] < 255
    assert ghost[20, 30] == 255


def test_a_line_of_all_of_very_many_masks_is_nearly_black():
    points = np.broadcast_to([[5.0, 10.0], [55.0, 10.0]], (3000, 2, 2))
    assert draw_ghost(points, np.array([[0, 1]]), View(60, 20))[10, 30] < 12


def test_a_picture_shines_through_lines():
    grey = np.full((4, 4, 3), 100, dtype=np.uint8)
    coverage = np.zeros((4, 4), dtype=np.uint8)
    coverage[1, 1] = 255
    mixed = overlay(grey, coverage, (0, 255, 100), 0.5)
    assert mixed[1, 1].tolist() == [50, 178, 100]
    assert (mixed[0] == 100).all()


def test_a_face_that_does_not_fit_is_found():
    moves = np.array([[0, 0], [0, 400], [0, -30], [800, 0]])
    assert beyond_canvas(mask() + moves[:, None]).tolist() == [False, True, True, True]


@pytest.mark.parametrize("stretched", [0.5, 1.0, 1.6, 3.0])
def test_a_window_holds_the_whole_face(stretched):
    points = (mask() - (1250, 25)) * (stretched, 1.3) + (1250, 25)
    view = fitted_view(points, 780, 1080)
    placed = view.placed(points)
    assert placed.min() >= 0
    assert placed[:, 0].max() < 780
    assert placed[:, 1].max() < 1080
    assert view.placed(np.array([[1250.0, 0.0]]))[0, 0] == pytest.approx(390)


def test_the_canvas_shows_aligned_pixels_as_they_are():
    assert CANVAS.placed(mask()) == pytest.approx(mask())


def test_a_change_is_the_mask_in_black_over_the_earlier_one_in_grey():
    earlier, later = mask(), mask() + np.array([0.0, 40.0])
    picture = draw_change(earlier, later, edges())
    alone = draw_mask(later, edges())
    assert np.array_equal(picture == 0, alone == 0)
    only_earlier = (draw_mask(earlier, edges()) == 0) & (alone == 255)
    assert set(np.unique(picture[only_earlier])) == {round(255 * 0.6)}
    assert (picture <= alone).all()


def test_a_close_view_has_all_points_with_a_margin():
    points = mask()
    view = close_view(points, 400)
    placed = view.placed(points)
    margin = 25 * view.scale
    assert view.width == 400
    assert placed.min(axis=0) == pytest.approx([margin, margin])
    assert placed.max(axis=0) == pytest.approx([400 - margin, view.height - margin], abs=1)


def test_trails_have_each_edge_once() -> None:
    rng = np.random.default_rng(3)
    triangles = np.array([rng.choice(30, 3, replace=False) for _ in range(60)])
    edges = edges_of(triangles)

    trails = trails_of(edges)

    walked = [sorted(pair) for trail in trails for pair in pairwise(trail)]
    assert sorted(walked) == edges.tolist()
    assert len(trails) < len(edges) / 3


def test_a_ghost_of_one_is_its_mesh() -> None:
    rng = np.random.default_rng(4)
    points = rng.uniform(10, 190, (30, 2))
    edges = edges_of(np.array([rng.choice(30, 3, replace=False) for _ in range(20)]))
    view = View(200, 200)

    ghost = 255 - draw_ghost(np.stack([points] * 9), edges, view, 1).astype(int)
    mesh = line_coverage(points, edges, view, 1).astype(int)

    covered = np.log(1 - ghost / 255.0001) / np.log(1 - ghost.max() / 255.0001)
    # Ends of lines that meet are laid on once, and not by each line.
    assert np.abs(covered - mesh / 255).max() < 0.06
