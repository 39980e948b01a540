import polars as pl
import pytest

from lakehouse.charts.correlations.questionnaires import questionnaire_matrix, score_histograms
from tests.lakehouse.charts.correlations.support import described, marks_by_name
from tests.lakehouse.charts.scene import Scene, drawing


def pairs() -> pl.DataFrame:
    rows = [("bai", "dbi", 0.6), ("bai", "srq", None), ("dbi", "srq", -0.25)]
    names = ["instrument_a", "instrument_b", "spearman_r"]
    numbers = {"spearman_p": 0.01, "spearman_q": 0.02, "n": 30}
    return pl.DataFrame(rows, names, orient="row").with_columns(
        **{name: pl.lit(value) for name, value in numbers.items()},
        spearman_low=pl.col("spearman_r") - 0.1,
        spearman_high=pl.col("spearman_r") + 0.1,
    )


@pytest.mark.parametrize("width", [1080, 348])
def test_colours_are_below_the_diagonal_and_numbers_above(width: int) -> None:
    frames = {"instrument_correlations": pairs()}
    shown = Scene(questionnaire_matrix(frames, drawing(width)), frames)

    cells = marks_by_name(shown, "layer_0_marks")
    numbers = marks_by_name(shown, "layer_1_marks")
    assert [cell["y"] > cell["x"] * cell["height"] / cell["width"] for cell in cells] == [True] * 2
    assert {text["text"] for text in numbers} == {"0.60", "−0.25", "\N{MULTIPLICATION SIGN}"}
    # Those that have a name come first; so bai, which has none here, is above the diagonal too.
    assert any(text.startswith("['1  Beck Depression") for text in shown.texts)


def test_intervals_stand_where_there_is_room() -> None:
    frames = {"instrument_correlations": pairs()}

    def texts(width: int) -> list[str]:
        return Scene(questionnaire_matrix(frames, drawing(width)), frames).texts

    assert "[0.50, 0.70]" in texts(1080)
    assert "[0.50, 0.70]" not in texts(348)


def scores() -> dict[str, pl.DataFrame]:
    names = ["instrument", "bin_low", "bin_high", "participants", "range_low", "range_high"]
    bins = [("dbi", 0.0, 3.0, 7, 0.0, 9.0), ("dbi", 6.0, 9.0, 5, 0.0, 9.0)]
    bins += [("bai", 1.0, 2.0, 9, 0.0, 2.0)]
    moments = {"instrument": ["bai", "dbi"], "n": [9, 12], "mean": [1.0, 4.0], "sd": [0.0, 3.0]}
    ends = {"instrument": ["dbi", "dbi"], "bound": ["floor", "ceiling"], "score": [0.0, 9.0]}
    return {
        "score_histogram": pl.DataFrame(bins, names, orient="row"),
        "score_distributions": pl.DataFrame(moments | {"skewness": [None, 0.5]}),
        "score_ends": pl.DataFrame(ends | {"participants": [3, 0], "share": [0.25, 0.0]}),
    }


@pytest.mark.parametrize("width", [1080, 348])
def test_each_questionnaire_has_its_bars_and_mean(width: int) -> None:
    shown = Scene(score_histograms(scores(), drawing(width)), scores())

    bars = described(marks_by_name(shown, "concat_0_layer_0_marks"))
    assert [row["participants"] for row in bars] == [7, 5]
    assert len(marks_by_name(shown, "concat_1_layer_0_marks")) == 1
    assert len(marks_by_name(shown, "layer_1_marks")) == 2


def test_who_is_at_the_floor_is_said_and_nobody_at_the_ceiling_is_not() -> None:
    said = " ".join(Scene(score_histograms(scores(), drawing()), scores()).texts)

    assert "25.0 % at the floor, 0" in said.replace("\\xa0", " ")
    assert "ceiling" not in said
    assert "mean 4.0, sd 3.0, skewness 0.50, n = 12" in said
    assert "skewness –" in said
