"""Matrices of pairs in colours."""

import numpy as np
import pytest

from lakehouse.figures.heat_maps import Band, HeatMap, draw_pair_maps

MESH = 468
CELL = 2
BLUE_BAND, GREY_BAND = (0, 0, 200), (110, 110, 110)
BANDS = [Band("first", 100, BLUE_BAND), Band("second_one", 368, GREY_BAND)]
LEFT = 40 + 190 + 18
NEXT = CELL * MESH + 70 + 18
"""From one map's left edge to the next one's."""


def shown(values, limit=10.0, diverging=True):
    return HeatMap("a heading", values, limit, diverging)


def drawn(*maps):
    return draw_pair_maps("a title", list(maps), BANDS, "a note")


def top_of(picture):
    """Where the maps begin: below the strips of the bands."""
    return int(np.flatnonzero((picture[:, LEFT + 5] == BLUE_BAND).all(axis=1)).max()) + 5


def colour(picture, a, b, place=0):
    """The colour of a pair, given by its place on the axes."""
    cell = picture[top_of(picture) + CELL * a, LEFT + NEXT * place + CELL * b + 1]
    return tuple(cell.tolist())


def test_apart_is_red_together_is_blue_and_nothing_is_light():
    values = np.zeros((MESH, MESH))
    values[3, 5], values[5, 3], values[7, 7] = 10, -10, 5
    picture = drawn(shown(values))

    red, blue, half, light = (colour(picture, *at) for at in ((3, 5), (5, 3), (7, 7), (50, 50)))

    assert red[0] > red[1] + 50
    assert red[0] > red[2] + 50
    assert blue[2] > blue[0] + 50
    assert min(light) > 240
    assert red[0] < half[0]
    assert half[1] < light[1]


def test_beyond_the_scale_is_the_colour_of_its_end():
    values = np.zeros((MESH, MESH))
    values[3, 5], values[3, 6] = 10, 1e6

    picture = drawn(shown(values))

    assert colour(picture, 3, 5) == colour(picture, 3, 6)


def test_unknown_is_grey():
    picture = drawn(shown(np.full((MESH, MESH), np.nan)))

    assert colour(picture, 20, 30) == (190, 190, 190)


@pytest.mark.parametrize("place", [0, 1])
def test_maps_stand_beside_each_other_on_their_own_scales(place):
    values = np.full((MESH, MESH), 5.0)
    maps = [shown(values, limit=5), shown(values, limit=50, diverging=False)]

    picture = drawn(*maps)

    alone = drawn(maps[place])
    assert colour(picture, 20, 30, place) == colour(alone, 20, 30)
    assert colour(picture, 20, 30, 0) != colour(picture, 20, 30, 1)


def test_bands_are_as_long_as_their_points():
    picture = drawn(shown(np.zeros((MESH, MESH))))

    across = (picture[top_of(picture) - 10] == BLUE_BAND).all(axis=1)
    down = (picture[:, LEFT - 10] == BLUE_BAND).all(axis=1)

    assert across.sum() == down.sum() == 100 * CELL - 1


@pytest.mark.slow
def test_long_names_change_nothing_but_the_words():
    long = [Band("a very long name of a group of muscles" * 3, MESH, BLUE_BAND)]
    values = shown(np.zeros((MESH, MESH)))

    picture = draw_pair_maps("title " * 99, [values], long, "note " * 999)

    assert picture.shape == drawn(values).shape
