"""Measures of one's own: a panel each, whatever people call them."""

from itertools import product

import polars as pl
import pytest

from lakehouse.charts.drawing import Drawing
from lakehouse.charts.measures import MOST, drawn_measures, measure_changes
from lakehouse.charts.words import Labels, Words
from lakehouse.report.texts.read import texts
from tests.lakehouse.charts.scene import EXPRESSIONS
from tests.lakehouse.charts.themed import seen

HOSTILE = "</script><img src=x onerror=alert(1)> {n} {0} 'it' \"is\" \\ `${x}`"


def measures(*names: str) -> dict[str, pl.DataFrame]:
    rows = [
        {
            "measure": name,
            "unit": "aligned px",
            "expression": expression,
            "supervised": supervised,
            "participants": 12,
            "mean_change": 5.0 * (place + 1),
            "mean_low": 4.0 * (place + 1),
            "mean_high": 6.0 * (place + 1),
            "quarter": 3.0,
            "median_change": 5.0,
            "three_quarters": 7.0,
        }
        for (place, name), expression, supervised in product(
            enumerate(names), ("happiness", "surprise"), (False, True)
        )
    ]
    return {"measures": pl.DataFrame(rows)}


def drawing(width: int = 1080, **labels: str) -> Drawing:
    return Drawing(
        Words("en", texts("en"), Labels(expressions=EXPRESSIONS, measures=labels)), width
    )


@pytest.mark.parametrize("width", [1080, 348])
def test_each_measure_has_a_panel_with_its_own_scale(width: int) -> None:
    frames = measures("wide", "narrow")

    scene = seen(measure_changes(frames, drawing(width)), frames)

    assert len(scene.of("symbol")) == 2 * 4 + 2
    # The interval, the middle half of each row, and zero once in each panel.
    assert len(scene.of("rule")) == 2 * (4 + 4 + 1)
    assert "change (aligned px)" in scene.texts
    assert {"wide", "narrow"} <= set(scene.texts)
    assert scene.width <= width


@pytest.mark.slow
def test_labels_are_text_in_one_line_whatever_is_in_them() -> None:
    frames = measures("a", "b", "c")
    given = drawing(a=HOSTILE, b="two\nlines\tand \u202emore", c=" \n ")

    scene = seen(measure_changes(frames, given), frames)

    assert {HOSTILE, "two lines and more", "c"} <= set(scene.texts)


@pytest.mark.slow
def test_a_very_long_label_does_not_widen_the_figure() -> None:
    frames = measures("a", "b", "c")
    plain = seen(measure_changes(frames, drawing()), frames)

    long = seen(measure_changes(frames, drawing(a="very long " * 90)), frames)

    assert long.width == plain.width


def test_of_very_many_measures_the_first_are_drawn() -> None:
    frames = measures(*(f"m{number}" for number in range(MOST + 5)))

    assert list(drawn_measures(frames)) == [f"m{number}" for number in range(MOST)]
