import polars as pl
import pytest

from lakehouse.charts.correlations.cells import correlation_cells
from tests.lakehouse.charts.correlations.support import CHOSEN, correlation, correlations
from tests.lakehouse.charts.scene import Scene, drawing


def scene(frame: pl.DataFrame, width: int = 1080, **chosen: str) -> Scene:
    frames = {"correlations": frame}
    return Scene(correlation_cells(frames, drawing(width, CHOSEN | chosen)), frames)


@pytest.mark.parametrize("width", [1080, 348])
def test_each_correlation_is_a_cell_and_none_a_cross(width: int) -> None:
    shown = scene(correlations(), width)

    cells = [mark for mark in shown.of("rect") if "Spearman" in mark.get("description", "")]
    assert len(cells) == 7
    assert shown.texts.count("\N{MULTIPLICATION SIGN}") == 2  # in its cell, and in the key


def test_marks_are_of_what_stands() -> None:
    dots = scene(correlations()).of("symbol")

    # Two cells by q, one of them by max-T too; the key shows a dot, and a dot with its ring.
    assert len(dots) == 2 + 1 + 3


def test_without_permutations_no_ring_is_explained() -> None:
    shown = scene(correlations().with_columns(permutation_p=pl.lit(None, pl.Float64)))

    assert not any("max-T" in text for text in shown.texts)


@pytest.mark.slow
def test_what_is_chosen_is_outlined() -> None:
    frame = correlations()

    def place(feature: str) -> list[tuple[float, float]]:
        rects = scene(frame, feature=feature, instrument="bai").of("rect")
        return [(rect["x"], rect["y"]) for rect in rects if "Spearman" not in rect["description"]]

    assert len(place("m05_00_0")) == 2  # an outline of two lines
    assert place("m05_00_0") != place("m05_01_1")


def test_rows_are_masks_of_which_an_expression_is_named_once() -> None:
    texts = scene(correlations()).texts

    assert texts.count("happiness, without cue") == 1
    assert texts.count("with cue") == 1


def test_with_one_condition_rows_are_expressions() -> None:
    frame = pl.DataFrame([correlation("m05_00_0", "dbi", 0.4), correlation("m07_00_0", "dbi", 0.1)])

    texts = scene(frame).texts

    assert [text for text in texts if text in {"happiness", "surprise"}] == [
        "happiness",
        "surprise",
    ]
