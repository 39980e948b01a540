import numpy as np
import pytest

from lakehouse.figures.aligned_face import Alignment, align_face
from lakehouse.figures.canvas import CANVAS, View
from tests.lakehouse.figures.support import alignment_of, photographed


def spotted(points, size, radius):
    """A black picture with a soft spot at each place; 0.5 is the middle of the first pixel."""
    picture = np.zeros((size, size, 3), dtype=np.uint8)
    for at in points:
        left, top = np.floor(at).astype(int) - 3 * radius
        y, x = np.mgrid[: 6 * radius, : 6 * radius] + 0.5
        squared = (x + left - at[0]) ** 2 + (y + top - at[1]) ** 2
        spot = np.rint(255 * np.exp(-squared / radius**2))
        picture[top : top + 6 * radius, left : left + 6 * radius] = spot[..., None]
    return picture


def centre(picture, x, y, around):
    left, top = round(x) - around, round(y) - around
    part = picture[top : top + 2 * around + 1, left : left + 2 * around + 1, 0].astype(float)
    rows, columns = np.mgrid[: part.shape[0], : part.shape[1]]
    weights = part / part.sum()
    return [left + (columns * weights).sum(), top + (rows * weights).sum()]


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [0, 17, -120])
@pytest.mark.parametrize(("height", "radius"), [(150, 3), (700, 8), (4000, 40)])
def test_what_lies_at_a_landmark_comes_to_lie_at_the_aligned_one(height, radius, degrees):
    size = round(height * 1.5)
    points = photographed()
    points = (points - points.mean(axis=0)) * height / np.hypot(*(points[152] - points[10]))
    turn = np.deg2rad(degrees)
    turned = points @ [[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]] + size / 2
    alignment = alignment_of(turned)
    aligned = turned @ alignment.matrix[:, :2].T + alignment.matrix[:, 2]
    chosen = [1, 33, 61, 263, 291]
    face = align_face(spotted(turned[chosen], size, radius), alignment, aligned)
    around = round(radius * 1500 / height * 2)
    for point in chosen:
        found = centre(face, *aligned[point], around)
        assert found == pytest.approx(aligned[point], abs=0.8)


def test_only_the_faces_rectangle_with_its_margin_is_kept():
    points = np.array([[800.0, 25.0], [1700.0, 25.0], [1250.0, 1525.0]])
    white = np.full((2000, 2600, 3), 255, dtype=np.uint8)
    face = align_face(white, Alignment(-20, -35, 1.0, 0.0), points)
    assert face.shape == (1900, 2500, 3)
    rows, columns = np.nonzero(face[..., 0])
    assert (rows.min(), rows.max()) == (0, 1550)
    assert (columns.min(), columns.max()) == (775, 1725)
    assert (face[: 1550 + 1, 775 : 1725 + 1] == 255).all()


def test_beyond_the_photograph_it_is_black():
    points = np.array([[800.0, 25.0], [1700.0, 25.0], [1250.0, 1525.0]])
    white = np.full((800, 1000, 3), 255, dtype=np.uint8)
    face = align_face(white, Alignment(750, -75, 1.0, 0.0), points)
    assert face[300, 1250].tolist() == [255] * 3
    assert face[900, 1250].tolist() == [0] * 3
    assert face[300, 1250 + 510].tolist() == [0] * 3


def test_a_face_outside_its_photograph_is_black():
    points = np.array([[800.0, 25.0], [1700.0, 25.0], [1250.0, 1525.0]])
    white = np.full((50, 50, 3), 255, dtype=np.uint8)
    assert not align_face(white, Alignment(10250, 9025, 1.0, 0.0), points).any()


def test_a_window_beside_the_face_is_black():
    points = np.array([[800.0, 25.0], [1700.0, 25.0], [1250.0, 1525.0]])
    white = np.full((2000, 2600, 3), 255, dtype=np.uint8)
    beside = View(20, 10, left=100.0)
    assert not align_face(white, Alignment(-20, -35, 1.0, 0.0), points, beside).any()


@pytest.mark.slow
def test_fine_detail_of_a_large_photograph_is_averaged_not_skipped():
    stripes = np.zeros((9000, 9000, 3), dtype=np.uint8)
    stripes[::2] = 255
    points = np.array([[800.0, 25.0], [1700.0, 25.0], [1250.0, 1525.0]])
    face = align_face(stripes, Alignment(485, 8, 0.17, 0.0), points, CANVAS)
    inside = face[100:1400, 900:1600, 0].astype(float)
    assert inside.mean() == pytest.approx(127.5, abs=2)
    assert inside.std() < 20
