"""The order of the retries, with detectors that see what they are told to."""

from collections.abc import Callable

import numpy as np
import pytest

from lakehouse.extraction.retries import FaceFinder
from lakehouse.extraction.sighting import Sighting
from lakehouse.ingest.result import Face

LEVEL = np.eye(3)
PICTURE = np.zeros((400, 400, 3), np.uint8)


def face(middle: float = 200, side: float = 100, rotation: np.ndarray = LEVEL) -> Sighting:
    """Give a round face around a place on the picture's diagonal."""
    angles = np.linspace(0, 2 * np.pi, 478)
    # The forehead is opposite the chin.
    angles[[10, 152]] = -np.pi / 2, np.pi / 2
    points = np.zeros((478, 3))
    points[:, 0] = middle + np.cos(angles) * side / 2
    points[:, 1] = middle + np.sin(angles) * side / 2
    return Sighting(points, ("smile",), np.ones(1, np.float32), rotation)


class Fake:
    """Answers by the side of the picture it is shown, and counts how often it is asked."""

    def __init__(self, **answers: list[Sighting]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def detect(self, pixels: np.ndarray) -> list[Sighting]:
        width = f"w{pixels.shape[1]}"
        self.asked.append(width)
        return self.answers.get(width, [])


def find(
    first: list[Sighting],
    strict: Fake,
    likeness: Callable[[np.ndarray], float] = lambda pixels: 1.0,
) -> Face | None:
    return FaceFinder(Fake(w400=first), lambda: strict, likeness).find(PICTURE)


def test_a_face_that_is_clear_at_once_is_not_looked_at_again() -> None:
    def never() -> Fake:
        raise AssertionError("a second landmarker was made")

    found = FaceFinder(Fake(w400=[face(), face(320, 40)]), never, lambda pixels: 0.9).find(PICTURE)
    assert found is not None
    assert (found.faces, found.retry) == (2, None)
    assert np.ptp(found.landmarks[:, 0]) == pytest.approx(100, rel=1e-3)


def test_a_small_face_takes_its_landmarks_from_nearby() -> None:
    # The close-up shows two boxes' sides in 512 pixels.
    found = find([face(side=40)], Fake(w512=[face(256, 250)]))
    assert found is not None
    assert found.retry == "crop"
    assert np.ptp(found.landmarks[:, 0]) == pytest.approx(250 / 512 * 80, rel=1e-3)
    assert found.landmarks[:, 0].mean() == pytest.approx(200, abs=0.1)


def test_a_face_that_moves_between_close_ups_is_looked_at_again_and_again() -> None:
    strict = Fake(w512=[face(256, 150)])  # always smaller than thought
    found = find([face(side=40)], strict)
    assert strict.asked[:3] == ["w512"] * 3
    assert strict.asked[3] != "w512"
    # Nothing else was found, so what was seen first stands.
    assert found is not None
    assert (found.retry, np.ptp(found.landmarks[:, 0])) == (None, pytest.approx(40, rel=1e-3))


def test_what_does_not_look_like_a_face_is_believed_only_if_nothing_better_is_found() -> None:
    nothing = Fake()
    found = find([face()], nothing, lambda pixels: 0.7)
    assert found is not None
    assert found.retry is None
    # A frame, three turns, tiles of two sizes.
    assert len(nothing.asked) > 1 + 3 + 9


def test_the_ladder_ends_and_its_length_is_bounded() -> None:
    nothing = Fake()
    assert find([], nothing) is None
    assert nothing.asked[0] == "w800"
    assert nothing.asked[1:4] == ["w400"] * 3
    assert nothing.asked[4:] == ["w200"] * 9 + ["w100"] * 49


def test_tiles_too_small_to_tell_anything_are_not_looked_at() -> None:
    nothing = Fake()
    small = np.zeros((150, 150, 3), np.uint8)
    assert FaceFinder(Fake(), lambda: nothing, lambda pixels: 1.0).find(small) is None
    assert nothing.asked == ["w300"] + ["w150"] * 3


@pytest.mark.parametrize(("likeness", "retry"), [(0.9, "padded"), (0.5, None)])
def test_a_retry_needs_a_likeness(likeness: float, retry: str | None) -> None:
    strict = Fake(w800=[face(400, 300)], w512=[face(256, 256)])
    found = find([], strict, lambda pixels: likeness)
    assert (found.retry if found else None) == retry
