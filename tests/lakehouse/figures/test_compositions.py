"""Captions, comparisons, frames and contact sheets."""

import io

import numpy as np
import pytest
from PIL import Image

from lakehouse.figures import frames
from lakehouse.figures.contact_sheet import Words, draw_sheet, draw_tile
from lakehouse.figures.encode import encoded
from lakehouse.figures.frames import Caption, draw_frame, draw_title_card
from lakehouse.figures.panels import Column, captioned, compare, halved
from lakehouse.synthetic.portrait import load_portrait
from tests.lakehouse.figures.support import aligned, alignment_of, edges, photographed

HOSTILE = "a\nb/ç " + "x" * 400
CAPTION = Caption("05-00", "happiness", "unsupervised", "0101", "1", "1 of 2")


def frame(caption=CAPTION):
    points = photographed()
    return draw_frame(
        load_portrait().image, alignment_of(points), aligned(points), edges(), caption
    )


def test_a_caption_stands_where_no_face_reaches():
    white = np.full((1900, 2500), 255, dtype=np.uint8)
    rows, columns = np.nonzero(captioned(white, HOSTILE) < 255)
    assert rows.min() > 1700
    assert columns.min() >= 38
    assert columns.max() < 2500


def test_a_comparison_has_a_column_per_condition_ghost_above_mean():
    def shade(grey):
        return halved(np.full((1900, 2500), grey, dtype=np.uint8))

    columns = [Column("left", (shade(10), shade(20))), Column("right", (shade(30), shade(40)))]
    picture = compare("title", columns, ("upper", "lower"), "note")
    height, width = picture.shape
    assert width == 2500
    assert height == pytest.approx(2 * 950 + 300, abs=60)
    upper, lower = picture[700], picture[1700]
    assert (upper[100], upper[1400], lower[100], lower[1400]) == (10, 30, 20, 40)
    assert (picture[:100] < 128).any()


def test_a_frame_has_the_face_left_the_mask_right_and_words_between():
    picture = frame()
    assert picture.shape == (frames.HEIGHT, frames.WIDTH, 3)
    left, between, right = np.split(picture.astype(int), [780, 1140], axis=1)
    assert np.ptp(left, axis=2).max() > 40  # colours of skin
    assert np.ptp(right, axis=2).max() == 0
    assert (right == 255).mean() > 0.5
    assert right.min() == 0
    assert between.max() == 255


def test_other_ids_change_what_stands_between_and_nothing_else():
    one = frame()
    for caption in (
        Caption("05-01", "happiness", "unsupervised", "0101", "1", "1 of 2"),
        Caption("05-00", "happiness", "unsupervised", "0102", "1", "1 of 2"),
        Caption("05-00", "happiness", "unsupervised", "0101", "2", "1 of 2"),
        Caption("05-00", HOSTILE, "unsupervised", HOSTILE, HOSTILE, "1 of 2"),
    ):
        other = frame(caption)
        assert (one != other)[:, 780:1140].any()
        assert not (one != other)[:, :780].any()
        assert not (one != other)[:, 1140:].any()


def test_a_title_card_is_of_a_frames_size():
    card = draw_title_card("05-00", ["happiness, unsupervised", HOSTILE])
    assert card.shape == (frames.HEIGHT, frames.WIDTH, 3)
    assert card.max() == 255


def test_a_tile_shows_the_mesh_over_the_face():
    photograph = load_portrait().image
    with_mesh = draw_tile(photograph, photographed(), edges(), whole=True).astype(int)
    without = draw_tile(photograph, None, edges()).astype(int)
    changed = np.abs(with_mesh - without).max(axis=2) > 20
    scale = 360 / max(photograph.shape)
    left = (360 - photograph.shape[1] * scale) / 2
    rows, columns = np.nonzero(changed)
    places = photographed() * scale + (left, 0)
    assert [columns.min(), rows.min()] == pytest.approx(places.min(axis=0), abs=3)
    assert [columns.max(), rows.max()] == pytest.approx(places.max(axis=0), abs=3)


def test_a_tile_shows_the_surroundings_of_the_face_only():
    photograph = np.zeros((1000, 1000, 3), dtype=np.uint8)
    photograph[400:500, 400:500] = 255
    mesh = photographed()
    mesh = (mesh - mesh.min(axis=0)) * 100 / np.ptp(mesh, axis=0) + 400
    assert (draw_tile(photograph, mesh, edges()) > 0).any(axis=2).mean() > 0.5


@pytest.mark.parametrize("shift", [-5000, 5000])
def test_a_mesh_outside_its_photograph_stops_nothing(shift):
    photograph = np.zeros((50, 2000, 3), dtype=np.uint8)
    assert draw_tile(photograph, photographed() + shift, edges()).shape == (360, 360, 3)


def test_without_a_photograph_the_tile_is_empty():
    assert len(np.unique(draw_tile(None, photographed(), edges()))) == 1


@pytest.mark.parametrize("tiles", [1, 5, 6])
def test_pages_have_one_size_however_full(tiles):
    tile = np.zeros((360, 360, 3), dtype=np.uint8)
    words = Words(HOSTILE, HOSTILE, alarming=True)
    page = draw_sheet([(tile, words)] * tiles, columns=3, rows=2, title=HOSTILE)
    assert page.shape == draw_sheet([], columns=3, rows=2, title="").shape
    black = (page == 0).all(axis=2)
    assert black.sum() == pytest.approx(tiles * 360 * 360, rel=0.05)


def test_jpeg_and_png_hold_rgb():
    red = np.zeros((8, 8, 3), dtype=np.uint8)
    red[..., 0] = 255
    for picture_format in ("png", "jpg"):
        image = Image.open(io.BytesIO(encoded(red, picture_format)))
        assert image.getpixel((4, 4)) == pytest.approx((255, 0, 0), abs=3)
