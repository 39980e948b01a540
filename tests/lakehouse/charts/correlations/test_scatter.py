import numpy as np
import polars as pl
import pytest
from scipy import stats

from lakehouse.charts.correlations.scatter import correlation_scatter
from tests.lakehouse.charts.correlations.support import (
    CHOSEN,
    correlations,
    described,
    marks_by_name,
)
from tests.lakehouse.charts.scene import Scene, drawing

pytestmark = pytest.mark.slow

X = [1.0, 2.0, 2.0, 4.0, 5.0, 7.0, 8.0, 11.0, None, 3.0]
Y = [2.0, 1.0, 4.0, 3.0, 6.0, 5.0, 9.0, 7.0, 1.0, None]
PAIRS = [(x, y) for x, y in zip(X, Y, strict=True) if x is not None and y is not None]


def scene(x: list[float | None], y: list[float | None], width: int = 1080, **chosen: str) -> Scene:
    values = pl.DataFrame({"m05_00_0": x, "m05_00_1": x[::-1], "dbi": y, "bai": y[::-1]})
    frames = {"correlation_values": values, "correlations": correlations()}
    return Scene(correlation_scatter(frames, drawing(width, CHOSEN | chosen)), frames)


def band(x: np.ndarray, y: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Compute a line and half its band by SciPy."""
    fit = stats.linregress(x, y)
    free = len(x) - 2
    line = fit.intercept + fit.slope * at
    spread = np.sqrt(((y - fit.intercept - fit.slope * x) ** 2).sum() / free)
    leverage = 1 / len(x) + (at - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum()
    return line, stats.t.ppf(0.975, free) * spread * np.sqrt(leverage)


@pytest.mark.parametrize("panel", [0, 1])
def test_line_and_band_are_those_of_least_squares(panel: int) -> None:
    shown = scene(X, Y)
    x, y = (np.array(values) for values in zip(*PAIRS, strict=True))
    if panel:
        x, y = stats.rankdata(x), stats.rankdata(y)

    drawn = described(marks_by_name(shown, f"concat_{panel}_layer_1_marks"))
    at = np.array([row["at"] for row in drawn])
    line, half = band(x, y, at)

    assert (at[0], at[-1]) == (x.min(), x.max())
    assert [row["below"] for row in drawn] == pytest.approx(line - half, abs=0.01)
    assert [row["above"] for row in drawn] == pytest.approx(line + half, abs=0.01)


def test_a_dot_is_a_participant_with_both_values() -> None:
    assert len(marks_by_name(scene(X, Y), "concat_0_layer_0_marks")) == len(PAIRS)


def test_what_is_chosen_is_drawn() -> None:
    def title(**chosen: str) -> str:
        return next(text for text in scene(X, Y, **chosen).texts if "m05_00" in text)

    assert "m05_00_0 × Beck Depression Inventory" in title()
    assert "m05_00_1 × bai" in title(feature="m05_00_1", instrument="bai")
    assert len(marks_by_name(scene(X, Y, feature="m05_00_1"), "layer_0_marks")) == 2 * 8


def test_the_correlation_is_written_above() -> None:
    texts = scene(X, Y, 348).texts

    assert "Pearson r = 0.40 [−0.50, 0.50], p = 0.500, n = 20" in texts
    assert "Spearman ρ = 0.40 [−0.50, 0.50], p = 0.500, n = 20" in texts


@pytest.mark.parametrize("x", [[1.0, 2.0, 3.0, 5.0], [2.0] * 8])
def test_too_few_or_equal_values_have_no_line(x: list[float | None]) -> None:
    shown = scene(x, [float(value) for value in range(len(x))])

    assert {mark["opacity"] for mark in marks_by_name(shown, "layer_1_marks")} == {0}
    assert len(marks_by_name(shown, "concat_0_layer_0_marks")) == len(x)
