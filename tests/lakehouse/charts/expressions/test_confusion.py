"""Confusion matrices and confused pairs: a cell or a point for each row, in its panel."""

from itertools import product

import polars as pl
import pytest

from lakehouse.charts.expressions.confusion import confused_pairs, confusion_matrices, most_confused
from tests.lakehouse.charts.scene import drawing
from tests.lakehouse.charts.themed import INK, PAGE, seen

CONDITIONS = ("unsupervised", "supervised")
SHARES = {
    ("happiness", "happiness"): 0.9,
    ("happiness", "surprise"): 0.1,
    ("surprise", "happiness"): 0.0,
    ("surprise", "surprise"): 1.0,
}


def confusion(conditions: tuple[str, ...] = CONDITIONS) -> dict[str, pl.DataFrame]:
    rows = [
        {
            "classifier": "nearest_centroid",
            "condition": condition,
            "expression": shown,
            "predicted": taken,
            "masks": round(10 * share),
            "share": share,
        }
        for condition, ((shown, taken), share) in product(conditions, SHARES.items())
    ]
    return {"confusion": pl.DataFrame(rows)}


def pairs(*shares: tuple[str, str, str, float]) -> dict[str, pl.DataFrame]:
    rows = [
        {
            "classifier": "nearest_centroid",
            "condition": condition,
            "pair": " ".join(sorted((shown, taken))),
            "expression": shown,
            "predicted": taken,
            "masks": round(10 * share),
            "share": share,
        }
        for condition, shown, taken, share in shares
    ]
    return {"confused_pairs": pl.DataFrame(rows)}


@pytest.mark.parametrize("width", [1080, 348])
def test_each_panel_has_a_cell_for_each_row_and_a_frame_on_the_diagonal(width: int) -> None:
    frames = confusion()

    scene = seen(confusion_matrices(frames, drawing(width)), frames)

    cells = scene.of("rect")
    framed = [cell for cell in cells if cell.get("stroke") == INK]
    assert len(framed) == 2 * 2
    assert len(cells) - len(framed) == 2 * 4
    assert "nearest mean, without cue" in scene.texts
    assert "nearest mean, with cue" in scene.texts
    assert scene.width <= width


def test_shares_and_masks_are_written_where_there_are_any() -> None:
    frames = confusion(CONDITIONS[:1])

    scene = seen(confusion_matrices(frames, drawing()), frames)

    assert sorted(item["text"] for item in scene.of("text")) == ["1", "10", "10", "100", "9", "90"]


def test_letters_take_the_colour_that_is_read_on_their_cell() -> None:
    frames = confusion(CONDITIONS[:1])
    chart = confusion_matrices(frames, drawing()).configure_range(heatmap=["#ffffff", "#000000"])

    letters = {item["text"]: item["fill"] for item in seen(chart, frames).of("text")}

    assert (letters["100"], letters["90"], letters["1"]) == (PAGE, PAGE, INK)


def test_cells_too_narrow_for_numbers_have_none() -> None:
    codes = [f"e{number}" for number in range(40)]
    rows = [
        {
            "classifier": "shrinkage_lda",
            "condition": "unsupervised",
            "expression": shown,
            "predicted": taken,
            "masks": 1,
            "share": 0.025,
        }
        for shown, taken in product(codes, codes)
    ]
    given = drawing(348)
    given.words.labels.expressions.update({code: code for code in codes})  # type: ignore[attr-defined]
    frames = {"confusion": pl.DataFrame(rows)}
    try:
        scene = seen(confusion_matrices(frames, given), frames)
    finally:
        for code in codes:
            del given.words.labels.expressions[code]  # type: ignore[attr-defined]

    assert scene.of("text") == []
    assert len(scene.of("rect")) == 40 * 40 + 40


def test_a_pair_is_a_line_with_a_point_for_each_way() -> None:
    frames = pairs(
        ("unsupervised", "happiness", "surprise", 0.1),
        ("unsupervised", "surprise", "happiness", 0.3),
        ("supervised", "happiness", "surprise", 0.2),
        ("supervised", "surprise", "happiness", 0.0),
    )

    scene = seen(confused_pairs(frames, drawing()), frames)

    assert len(scene.of("symbol")) == 4
    assert len({item["fill"] for item in scene.of("symbol")}) == 2
    assert "happiness – surprise" in scene.texts


def test_the_most_confused_pairs_come_first_and_those_never_confused_are_left_out() -> None:
    frames = pairs(
        ("unsupervised", "a", "b", 0.1),
        ("supervised", "b", "c", 0.4),
        ("supervised", "a", "c", 0.0),
    )

    assert most_confused(frames) == ["b c", "a b"]
    assert most_confused({"confused_pairs": frames["confused_pairs"].tail(1)}) == ["a c"]
    many = pairs(*(("supervised", f"e{number:02}", "z", 0.5) for number in range(30)))
    assert most_confused(many) == [f"e{number:02} z" for number in range(10)]


def test_long_names_of_a_pair_can_both_be_read() -> None:
    frames = pairs(("unsupervised", "surprised_beyond_measure", "tired_beyond_measure", 0.1))

    scene = seen(confused_pairs(frames, drawing(348)), frames)

    [label] = [text for text in scene.texts if " – " in text]
    assert label == "surprised… – tired_bey…"
