"""The atlas of muscles as a picture."""

import cv2
import numpy as np
import pytest

from lakehouse.figures.muscle_atlas import GROUP_HUES, Muscle, draw_muscles

# Points far enough from each other that no dot touches another.
FACE = np.array([[70.0 * (point % 18), 60.0 * (point // 18)] for point in range(468)])
# The last ones, where no muscle of these tests is, and two further up.
TRIANGLES = np.array([[465, 466, 467], [100, 101, 118], [200, 201, 218]])
WHITE = (255, 255, 255)
HEAD = 200
"""Rows with title and legend; below there are no words where muscles have no names."""


def muscle(right=(), left=(), midline=(), group="orbital", name="", units=()):
    sides = (np.array(points, dtype=np.int64) for points in (right, left, midline))
    return Muscle(name, group, units, *sides)


def drawn(*muscles):
    return draw_muscles(FACE, TRIANGLES, list(muscles))


def blobs(picture, colour, within=70):
    """Count the patches of about this colour below the head, and the holes in them."""
    low, high = (np.clip(np.array(colour) + by, 0, 255) for by in (-within, within))
    found = cv2.inRange(picture[HEAD:], low, high)
    outlines, tree = cv2.findContours(found, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    # Blends at the edges of other colours are single pixels.
    kept = [
        parent for outline, (*_, parent) in zip(outlines, tree[0], strict=True) if len(outline) > 8
    ] if outlines else []  # fmt: skip
    return sum(parent < 0 for parent in kept), sum(parent >= 0 for parent in kept)


def darkened(colour):
    return tuple(round(value / 2) for value in colour)


def test_every_point_is_drawn_on_the_face_of_all_and_on_its_muscles():
    picture = drawn(muscle(right=[0, 30], left=[16, 50], midline=[9]))
    # Five on the face of all; five on the muscle's, of which the two on the left are rings.
    assert blobs(picture, GROUP_HUES["orbital"]) == (10, 2)
    assert blobs(picture, GROUP_HUES["oral"]) == (0, 0)


def test_points_of_several_muscles_are_dark_and_parted_among_their_groups():
    picture = drawn(muscle(right=[0, 30]), muscle(right=[0], group="oral"))
    orbital, oral = GROUP_HUES["orbital"], GROUP_HUES["oral"]
    dark = [blobs(picture, darkened(hue), within=20) for hue in (orbital, oral)]
    assert dark == [(1, 0), (1, 0)]
    # Point 30 twice, and a half of point 0; the other half.
    assert blobs(picture, orbital) == (3, 0)
    assert blobs(picture, oral) == (1, 0)


def test_the_right_of_the_parted_dot_is_the_first_groups():
    picture = drawn(muscle(right=[0, 30]), muscle(right=[0], group="oral"))
    halves = [
        np.nonzero((picture[HEAD:, :1000] == GROUP_HUES[group]).all(axis=2))[1].min()
        for group in ("oral", "orbital")
    ]
    assert halves[0] < halves[1] < halves[0] + 15


def test_what_lies_between_points_of_a_muscle_is_coloured_and_nothing_else():
    hue = np.array(GROUP_HUES["orbital"])
    tint = np.rint(255 + (hue - 255) * 0.25).astype(int)

    def tinted(points):
        picture = drawn(muscle(right=points))
        return int((cv2.inRange(picture[HEAD:], tint - 2, tint + 2) > 0).sum())

    # 100, 101 and 118 are a triangle, here with legs of 20 and 17 pixels; the rest are strangers.
    assert tinted([100, 101, 118]) > 40
    assert tinted([100, 201, 467]) < 20


@pytest.mark.parametrize("group", ["neck", "muscles_of_mastication"])
def test_groups_of_ones_own_have_colours_too(group):
    picture = drawn(muscle(right=[0], group=group), muscle(left=[17], group="oral"))
    coloured = (np.ptp(picture[HEAD:], axis=2) > 60).astype(np.uint8)
    assert cv2.connectedComponents(coloured)[0] - 1 == 4
    assert blobs(picture, GROUP_HUES["oral"]) == (2, 1)


@pytest.mark.parametrize(("number", "faces_down"), [(1, 2), (10, 2), (11, 3), (17, 3), (18, 4)])
def test_there_is_a_face_for_every_muscle(number, faces_down):
    picture = drawn(*(muscle(right=[point]) for point in range(number)))
    few = drawn(muscle(right=[0]))
    down = few.shape[0] - HEAD
    assert picture.shape[1] == few.shape[1]
    assert picture.shape[0] - HEAD == pytest.approx(down * faces_down / 2, rel=0.05)
    assert blobs(picture, GROUP_HUES["orbital"]) == (2 * number, 0)


def test_a_legend_of_many_groups_takes_more_lines():
    names = [f"group_{'x' * 50}_{number}" for number in range(9)]
    few, many = (
        drawn(*(muscle(right=[point], group=name) for point, name in enumerate(given)))
        for given in (["oral", "jaw"], names)
    )
    assert many.shape[0] - few.shape[0] == 2 * 35


def test_names_and_units_stand_above_the_muscles_face():
    plain = drawn(muscle(right=[0]))
    named = drawn(muscle(right=[0], name="levator_" * 20, units=("AU01",) * 40))
    assert plain.shape == named.shape
    rows, columns = np.nonzero((plain != named).any(axis=2))
    # Beside the face of all, which is two faces wide, and above the muscle's own.
    assert columns.min() > 800
    assert columns.max() < 1320
    assert rows.min() > HEAD - 60
    assert rows.max() < HEAD + 92
