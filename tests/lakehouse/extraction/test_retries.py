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
    uprightness: Callable[[np.ndarray], float] = lambda pixels: 0.3,
    framed: tuple[Sighting, ...] = (),
) -> Face | None:
    """Look at `PICTURE`; what the first detector sees in a frame, it sees in a close-up too."""
    lenient = Fake(w400=first, w800=list(framed), w512=[face(256, 256)] if framed else [])
    return FaceFinder(lenient, lambda: strict, uprightness).find(PICTURE)


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


def test_what_does_not_convince_is_believed_only_if_nothing_better_is_found() -> None:
    nothing = Fake()
    found = find([face()], nothing, lambda pixels: 0.01)
    assert found is not None
    assert found.retry is None
    # Close up, turned three times, tiles of two sizes.
    assert len(nothing.asked) > 1 + 3 + 9
    better = Fake(w200=[face(100, 50)], w512=[face(256, 256)])
    # What the tile shows, and it alone, is more of a face than it is upside down.
    answers = iter([0.01, 0.01, 0.01])
    found = find([face()], better, lambda pixels: next(answers, 0.3))
    assert found is not None
    assert found.retry == "tile"


@pytest.mark.parametrize(("uprightness", "stands"), [(0.01, True), (-0.01, False)])
def test_what_is_more_of_a_face_upside_down_does_not_stand(
    uprightness: float, stands: bool
) -> None:
    assert (find([face()], Fake(), lambda pixels: uprightness) is not None) is stands


def test_at_first_sight_one_glance_is_enough_and_later_two_are_taken() -> None:
    glances: list[np.ndarray] = []

    def uprightness(pixels: np.ndarray) -> float:
        glances.append(pixels)
        return 0.3

    find([face()], Fake(), uprightness)
    assert [each.shape for each in glances] == [(64, 64, 3)]
    glances.clear()
    assert find([face(side=40)], Fake(w512=[face(256, 256)]), uprightness)
    assert [each.shape for each in glances] == [(64, 64, 3)] * 2


def test_the_ladder_ends_and_its_length_is_bounded() -> None:
    nothing, first = Fake(), Fake()
    assert FaceFinder(first, lambda: nothing, lambda pixels: 0.3).find(PICTURE) is None
    # As it is, in a frame, turned in the frame.
    assert first.asked == ["w400"] + ["w800"] * 4
    assert nothing.asked == ["w400"] * 3 + ["w200"] * 9 + ["w100"] * 49


def test_tiles_too_small_to_tell_anything_are_not_looked_at() -> None:
    nothing, first = Fake(), Fake()
    small = np.zeros((150, 150, 3), np.uint8)
    assert FaceFinder(first, lambda: nothing, lambda pixels: 0.3).find(small) is None
    assert first.asked == ["w150"] + ["w300"] * 4
    assert nothing.asked == ["w150"] * 3


def test_what_is_seen_in_a_frame_needs_no_more_confidence_than_at_first() -> None:
    strict = Fake()
    found = find([], strict, framed=(face(400, 300),))
    assert found is not None
    assert (found.retry, strict.asked) == ("padded", [])


@pytest.mark.parametrize(("uprightness", "retry"), [(0.1, "padded"), (0.04, None), (-0.3, None)])
def test_a_retry_needs_to_be_more_of_a_face_than_it_is_upside_down(
    uprightness: float, retry: str | None
) -> None:
    found = find([], Fake(), lambda pixels: uprightness, framed=(face(400, 300),))
    assert (found.retry if found else None) == retry


def test_a_turned_picture_is_looked_at_in_a_frame_where_it_shows_nothing_without() -> None:
    level, upside_down = face(200, 300), face(400, 300)
    # The frame's first look, upright, sees nothing; the second quarter of turned ones does.
    seen = iter([[], [], [upside_down]])

    class Lenient(Fake):
        def detect(self, pixels: np.ndarray) -> list[Sighting]:
            self.asked.append(f"w{pixels.shape[1]}")
            if pixels.shape[1] == 800:
                return next(seen, [])
            return [face(256, 256)] if pixels.shape[1] == 512 else []

    nothing = Fake()
    finder = FaceFinder(Lenient(), lambda: nothing, lambda pixels: 0.3)
    found = finder.find(PICTURE)
    assert found is not None
    assert found.retry == "turned_180"
    assert np.ptp(found.landmarks[:, 0]) == pytest.approx(np.ptp(level.points[:, 0]), rel=0.02)
