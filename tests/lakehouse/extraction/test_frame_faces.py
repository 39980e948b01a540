from dataclasses import dataclass, field

import numpy as np

from lakehouse.extraction.frame_faces import CROP, FrameFaces
from lakehouse.extraction.sighting import Pixels, Sighting

PIXELS = np.zeros((8, 8, 3), np.uint8)


def sighting(x: float = 0.0) -> Sighting:
    points = np.array([(x, 0, 0), (x + 100, 100, 0)], np.float64)
    return Sighting(points, (), np.zeros(52, np.float32), np.eye(3))


@dataclass
class Finder:
    """Sees what it is told to, and remembers what it was asked for."""

    seen: list[Sighting] = field(default_factory=list)
    hidden: list[Sighting] = field(default_factory=list)
    near_by: bool = False
    convincing: bool = True
    upright: bool = True
    asked: list[str] = field(default_factory=list)

    def at_first_sight(self, pixels: Pixels) -> list[Sighting]:
        return self.seen

    def convinces(self, face: Sighting, pixels: Pixels) -> bool:
        self.asked.append("glance")
        return self.convincing

    def stands(self, face: Sighting, pixels: Pixels) -> bool:
        self.asked.append("glances")
        return self.upright

    def sought(self, pixels: Pixels) -> tuple[str, list[Sighting]]:
        self.asked.append("all")
        return ("padded", self.hidden) if self.hidden else ("", [])

    def near(self, face: Sighting, pixels: Pixels, word: str | None) -> Sighting | None:
        self.asked.append(f"near {word}")
        return face if self.near_by else None


def watched(finder: Finder) -> FrameFaces:
    return FrameFaces(finder)  # type: ignore[arg-type]


def test_a_face_has_one_glance_a_second() -> None:
    finder = Finder([sighting()])
    faces = watched(finder)
    for step in range(10):
        finder.seen = [sighting(3.0 * step)]
        assert [each.retry for each in faces.find(PIXELS)] == [None]
    assert finder.asked == ["glance"]
    faces.begin_second()
    faces.find(PIXELS)
    assert finder.asked == ["glance"] * 2


def test_who_comes_into_the_picture_has_a_glance() -> None:
    finder = Finder([sighting()])
    faces = watched(finder)
    faces.find(PIXELS)
    finder.seen = [sighting(), sighting(500)]
    assert len(faces.find(PIXELS)) == 2
    assert finder.asked == ["glance"] * 2


def test_a_second_without_face_is_searched_once() -> None:
    finder = Finder()
    faces = watched(finder)
    assert [faces.find(PIXELS) for _ in range(25)] == [[]] * 25
    assert finder.asked == ["all"]
    faces.begin_second()
    faces.find(PIXELS)
    assert finder.asked == ["all"] * 2


def test_a_face_that_comes_and_goes_does_not_have_everything_tried_each_time() -> None:
    finder = Finder()
    faces = watched(finder)
    for step in range(40):
        finder.seen = [sighting()] if step % 2 else []
        faces.find(PIXELS)
    assert finder.asked.count("all") == 2


def test_a_face_that_goes_missing_is_looked_for_where_it_was() -> None:
    finder = Finder([sighting()], near_by=True)
    faces = watched(finder)
    faces.find(PIXELS)
    finder.seen = []
    assert [each.retry for each in faces.find(PIXELS)] == [CROP]
    assert [each.retry for each in faces.find(PIXELS)] == [CROP]
    assert "all" not in finder.asked


def test_a_face_found_otherwise_is_followed_in_the_same_way() -> None:
    finder = Finder(hidden=[sighting()], near_by=True)
    faces = watched(finder)
    assert [[each.retry for each in faces.find(PIXELS)] for _ in range(4)] == [["padded"]] * 4
    assert finder.asked == ["all", "near padded", "near padded", "near padded"]


def test_what_does_not_convince_stands_unless_it_is_upside_down() -> None:
    finder = Finder([sighting()], convincing=False)
    faces = watched(finder)
    assert len(faces.find(PIXELS)) == 1
    assert finder.asked == ["glance", "all", "glances"]
    assert len(faces.find(PIXELS)) == 1
    assert finder.asked == ["glance", "all", "glances"]
    other = Finder([sighting()], convincing=False, upright=False)
    faces = watched(other)
    assert [faces.find(PIXELS) for _ in range(5)] == [[]] * 5
    assert other.asked == ["glance", "all", "glances"]
