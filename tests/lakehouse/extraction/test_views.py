"""Views know where their pixels come from: tested with a picture whose colours tell their place."""

from collections.abc import Iterator

import numpy as np
import pytest

from lakehouse.extraction.sighting import Sighting
from lakehouse.extraction.views import View, close_up, framed, tiles, turned, whole
from lakehouse.ingest.face_box import distinct
from lakehouse.ingest.pose import pose_from_rotation

LEVEL = np.eye(3)


def picture(width: int, height: int) -> np.ndarray:
    """Red grows with x, green with y, blue says that this is the picture."""
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    blue = np.full((height, width), 255.0)
    return np.dstack([x / width * 255, y / height * 255, blue]).round().astype(np.uint8)


def sighting(points: np.ndarray, rotation: np.ndarray = LEVEL) -> Sighting:
    return Sighting(points.astype(float), (), np.empty(0, np.float32), rotation)


def box(left: float, top: float, right: float, bottom: float) -> Sighting:
    return sighting(np.array([[left, top, 0], [right, bottom, 0]]))


def views(pixels: np.ndarray) -> Iterator[View]:
    yield framed(pixels)
    for quarters in (1, 2, 3):
        yield turned(whole(pixels), quarters)
        yield turned(framed(pixels), quarters)
    for share in (1 / 2, 1 / 4):
        yield from tiles(pixels, share)
    width, height = pixels.shape[1::-1]
    for roll in (0, 30, -140):
        face = box(0.4 * width, 0.3 * height, 0.6 * width, 0.5 * height)
        yield close_up(pixels, face, roll, sides=1.5, size=200)


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(640, 480), (300, 400), (3000, 1700), (900, 2400)])
def test_every_pixel_of_a_view_knows_its_place(width: int, height: int) -> None:
    pixels = picture(width, height)
    random = np.random.default_rng(0)
    for view in views(pixels):
        assert view.pixels.flags.c_contiguous
        assert view.pixels.dtype == np.uint8
        seen_height, seen_width = view.pixels.shape[:2]
        columns = random.integers(2, seen_width - 2, 50)
        rows = random.integers(2, seen_height - 2, 50)
        points = np.column_stack([columns + 0.5, rows + 0.5, np.zeros(50)])
        places = view.brought_back(sighting(points)).points
        colours = view.pixels[rows, columns].astype(float)
        # The picture's own edge is mixed with the grey around it.
        inside = (colours[:, 2] > 250) & (
            (places[:, :2] > 0.01 * width) & (places[:, :2] < [0.99 * width, 0.99 * height])
        ).all(axis=1)
        assert inside.any()
        expected = places[:, :2] / (width, height) * 255
        assert np.abs(colours[:, :2] - expected)[inside].max() < 2.5


def test_depth_is_scaled_and_the_pose_turned_back() -> None:
    pixels = picture(2048, 1024)
    tilted = np.radians(-10)
    rotation = np.array(
        [[np.cos(tilted), -np.sin(tilted), 0], [np.sin(tilted), np.cos(tilted), 0], [0, 0, 1]]
    )
    seen = sighting(np.array([[10.0, 20, -8], [30, 40, 8]]), rotation)
    for quarters in (1, 2, 3):
        back = turned(whole(pixels), quarters).brought_back(seen)
        # Looked at in half its size.
        assert back.points[:, 2] == pytest.approx([-16, 16])
        roll = pose_from_rotation(back.rotation).roll
        assert (roll - (10 - 90 * quarters) + 180) % 360 == pytest.approx(180)


def test_tiles_overlap_by_half_and_leave_nothing_out() -> None:
    pixels = picture(1000, 700)
    for share, count in ((1 / 2, 6), (1 / 4, 35)):
        found = list(tiles(pixels, share))
        assert len(found) == count
        covered = np.zeros((700, 1000), bool)
        for view in found:
            (scale, _, left), (_, _, top) = view.to_picture
            height, width = np.array(view.pixels.shape[:2]) * scale
            covered[round(top) : round(top + height), round(left) : round(left + width)] = True
        assert covered.all()


def test_one_sighting_of_each_face_is_left() -> None:
    large, inside, other = box(0, 0, 100, 100), box(20, 20, 60, 60), box(200, 0, 280, 80)
    assert distinct([inside, other, large]) == [large, other]
    assert distinct([]) == []
