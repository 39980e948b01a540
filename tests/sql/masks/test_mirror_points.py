from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from lakehouse.synthetic.mesh_points import MIRRORED
from tests.canonical_face import read_canonical_face
from tests.sql.support import RunModel

MIDLINE = {10, 151, 9, 8, 168, 6, 197, 195, 5, 4, 1, 19, 94, 2, 164, 0, 11, 12, 13} | {
    *(14, 15, 16, 17, 18, 200, 199, 175, 152)
}
PAIRS = [(33, 263), (61, 291), (133, 362), (234, 454), (172, 397), (159, 386), (145, 374)]


@pytest.fixture(scope="module", name="mirror")
def mirrored(run_model: RunModel) -> dict[int, int]:
    return dict(run_model("mirror_points", "point, mirrored_point"))


@pytest.fixture(scope="module", name="sides")
def sides_of(run_model: RunModel) -> dict[int, str]:
    return dict(run_model("mirror_points", "point, side"))


def test_it_is_an_involution_of_all_points(mirror: dict[int, int]) -> None:
    assert list(mirror) == list(range(468))
    assert {point: mirror[mirror[point]] for point in mirror} == {point: point for point in mirror}


@pytest.mark.parametrize(("right", "left"), [*PAIRS, *MIRRORED.items()])
def test_known_pairs_are_swapped(
    mirror: dict[int, int], sides: dict[int, str], right: int, left: int
) -> None:
    assert (mirror[right], mirror[left]) == (left, right)
    assert (sides[right], sides[left]) == ("right", "left")


def test_the_midline_and_nothing_else_is_fixed(
    mirror: dict[int, int], sides: dict[int, str]
) -> None:
    assert {point for point, mirrored in mirror.items() if point == mirrored} == MIDLINE
    assert {point for point, side in sides.items() if side == "midline"} == MIDLINE


def test_the_mesh_is_its_own_mirror_image(mirror: dict[int, int], run_model: RunModel) -> None:
    triangles = set(run_model("triangles", "point_a, point_b, point_c"))
    # Seen in a mirror, what ran anticlockwise runs clockwise.
    images = {
        _from_the_smallest(tuple(mirror[point] for point in reversed(points)))
        for points in triangles
    }

    # MediaPipe cuts six quadrilaterals, at the nostrils and the upper eyelids, along one diagonal
    # on the right and along the other on the left. Without these cuts nothing differs.
    assert len(triangles - images) == len(images - triangles) == 12
    assert _outlines(triangles - images) == _outlines(images - triangles)
    assert len(_outlines(triangles - images)) == 6


def _from_the_smallest(points: tuple[int, ...]) -> tuple[int, ...]:
    at = points.index(min(points))
    return points[at:] + points[:at]


def _outlines(halves: set[tuple[int, ...]]) -> set[frozenset[tuple[int, int]]]:
    """Put triangles that share a side together and give the quadrilaterals' sides."""
    sides = {half: set(pairwise((*half, half[0]))) for half in halves}
    return {
        frozenset((sides[one] | sides[other]) - {(start, end), (end, start)})
        for one in halves
        for other in halves
        for start, end in sides[one]
        if (end, start) in sides[other]
    }


def test_on_the_canonical_face_it_turns_x_round_and_leaves_the_rest(
    mirror: dict[int, int], sides: dict[int, str], face_model_path: Path
) -> None:
    face = read_canonical_face(face_model_path)[1]
    image = face[[mirror[point] for point in range(468)]]

    assert np.array_equal(image, face * (-1, 1, 1))
    # x runs to the participant's left.
    words = {-1: "right", 0: "midline", 1: "left"}
    assert sides == {point: words[int(np.sign(x))] for point, x in enumerate(face[:, 0])}
