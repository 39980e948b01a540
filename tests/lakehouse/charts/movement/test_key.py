"""A figure's key."""

import altair as alt

from lakehouse.charts.movement.key import Entry, key
from tests.lakehouse.charts.scene import Scene

ENTRIES = [
    Entry(label, alt.MarkDef(type="point")) for label in ("first", "second of them", "third")
]


def test_marks_stand_before_their_texts_in_one_line() -> None:
    scene = Scene(key(ENTRIES, 600), {})

    assert scene.texts == ["first", "second of them", "third"]
    places = [(mark["x"], mark["y"]) for mark in scene.of("symbol", "text")]
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    assert len({y for _, y in places}) == 1


def test_what_finds_no_room_begins_another_line() -> None:
    marks = Scene(key(ENTRIES, 170), {}).of("symbol")

    assert [mark["y"] for mark in marks] == sorted(mark["y"] for mark in marks)
    assert len({mark["y"] for mark in marks}) == 2
    assert marks[0]["x"] == marks[-1]["x"]
