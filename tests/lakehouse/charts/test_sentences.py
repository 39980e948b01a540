"""Sentences that a chart fills from a row."""

import altair as alt
import polars as pl
import pytest

from lakehouse.charts.drawing import named
from lakehouse.charts.sentences import number_expr, sentence_expr, shortened
from tests.lakehouse.charts.scene import Scene


def test_a_sentence_is_filled_from_the_row_whatever_is_in_it() -> None:
    frames = {"rows": pl.DataFrame({"r": [0.256, None], "n": [1234, 5]})}
    sentence = sentence_expr(
        'it\'s "r" = {r} \\ n = {n}', {"r": number_expr("r", ".2f"), "n": number_expr("n", ",")}
    )
    chart = alt.Chart(named("rows")).transform_calculate(written=sentence)

    scene = Scene(chart.mark_text().encode(text="written:N"), frames)

    assert scene.texts == ['it\'s "r" = 0.26 \\ n = 1,234', 'it\'s "r" = – \\ n = 5']


def test_a_place_without_a_value_is_refused() -> None:
    with pytest.raises(KeyError):
        sentence_expr("{r}", {})


@pytest.mark.parametrize(
    ("text", "short"), [("abcde", "abcde"), ("abcdef", "abcd…"), ("abc def", "abc…")]
)
def test_a_text_is_cut_to_so_many_letters(text: str, short: str) -> None:
    assert shortened(text, 5) == short
