"""Pixels and shares of the picture."""

import numpy as np
import pytest

from lakehouse.importing.coordinates import NoLandmarksError, PictureSize, in_pixels
from tests.lakehouse.importing.trees import Points, face

SIZE = PictureSize(640, 800)


def with_depth(points: Points, depth: float | Points = np.nan) -> Points:
    return np.column_stack([points, np.broadcast_to(depth, len(points))])


def relief(height: float) -> Points:
    """Depths of a face: so many units between the nearest and the farthest point."""
    return np.linspace(-height, 0, 468)


PIXELS = with_depth(face(), relief(150))
SHARES = with_depth(face() / (640, 800), relief(150) / 640)


@pytest.mark.parametrize("size", [None, SIZE])
def test_pixels_are_left_as_they_are(size: PictureSize | None) -> None:
    np.testing.assert_array_equal(in_pixels(PIXELS, size), PIXELS)


def test_shares_become_pixels() -> None:
    np.testing.assert_allclose(in_pixels(SHARES, SIZE), PIXELS, atol=1e-9)


def test_a_face_that_the_edge_cuts_off_has_shares_beyond_0_and_1() -> None:
    beyond = SHARES + np.array([-0.7, 0.9, 0])

    found = in_pixels(beyond, SIZE)

    np.testing.assert_allclose(found, PIXELS + np.array([-0.7 * 640, 0.9 * 800, 0]), atol=1e-9)


def test_shares_without_a_size_are_refused() -> None:
    with pytest.raises(NoLandmarksError) as raised:
        in_pixels(SHARES, None)

    assert str(raised.value) == (
        "x and y are shares of the picture (0 to 1), not pixels; give --width and --height, or "
        "add columns width and height"
    )


def test_no_depth_stays_none_and_depth_without_relief_becomes_none() -> None:
    for depth in (np.nan, 0.0, -3.5):
        for points, size in ((face(), None), (face() / (640, 800), SIZE)):
            assert np.isnan(in_pixels(with_depth(points, depth), size)[:, 2]).all()


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (PIXELS / (640, 1, 1), "x is a share of the picture (0 to 1), but y is not"),
        (PIXELS / (1, 800, 1), "y is a share of the picture (0 to 1), but x is not"),
        (np.vstack([PIXELS[:400], SHARES[400:]]), "some points are shares of the picture"),
        (PIXELS / (1, 1, 640), "x and y are pixels, but z is a share of the picture"),
        (SHARES * (1, 1, 640), "x and y are shares of the picture (0 to 1), but z is not"),
        (PIXELS + np.array([700, 0, 0]), "x and y are pixels beyond a picture of 640 × 800"),
        (PIXELS + np.array([0, 900, 0]), "x and y are pixels beyond a picture of 640 × 800"),
    ],
    ids=["x", "y", "points", "z", "pixel z", "too wide", "too high"],
)
def test_a_mixture_is_refused(points: Points, said: str) -> None:
    with pytest.raises(NoLandmarksError) as raised:
        in_pixels(points, SIZE)

    assert str(raised.value).startswith(said)


def test_a_face_in_the_corner_of_its_picture_is_in_pixels() -> None:
    # Cut out along the face: its outermost points lie on the edges.
    cut_out = face() - face().min(axis=0)
    for height in (30, 60, 200):
        small = with_depth(cut_out * height / np.ptp(cut_out[:, 1]))
        np.testing.assert_array_equal(in_pixels(small, None), small)
