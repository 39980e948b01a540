from lakehouse.charts.correlations.key import Entry, key
from tests.lakehouse.charts.correlations.support import marks_by_name
from tests.lakehouse.charts.scene import Scene, drawing

ENTRIES = [Entry("a false discovery rate of 5 %", ("survivor",)), Entry("none " * 20, sign="×")]


def test_entries_lie_in_a_line_where_there_is_room() -> None:
    def heights(width: int) -> list[float]:
        marks = marks_by_name(Scene(key(ENTRIES, drawing(width)), {}), "_marks")
        return [mark["y"] for mark in marks if mark.get("text") != "×"]

    assert len(set(heights(1080))) == 1
    assert len(set(heights(348))) == 2


def test_a_sign_is_a_letter_and_a_style_a_point() -> None:
    shown = Scene(key(ENTRIES, drawing()), {})

    assert len(shown.of("symbol")) == 1
    assert "×" in shown.texts
