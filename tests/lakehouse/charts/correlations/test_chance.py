import polars as pl
import pytest

from lakehouse.charts.correlations.chance import chance, shown_thresholds
from tests.lakehouse.charts.correlations.support import correlation, described, marks_by_name
from tests.lakehouse.charts.scene import Scene, drawing

P = [0.0, 0.049, 0.05, 0.051, 0.5, 1.0]


def thresholds() -> pl.DataFrame:
    rows = [
        (kind, method, level, 6, passed, expected)
        for method in ("spearman", "pearson")
        for kind, level, passed, expected in (
            ("p", 0.05, 3, 0.3),
            ("p", 0.0005, 1, 0.003),
            ("p", 0.005, 1, 0.03),
            ("p", 5e-05, 0, 0.0003),
            ("r", 0.1, 2, None),
        )
    ]
    names = ["kind", "method", "threshold", "tests", "passed", "expected"]
    return pl.DataFrame(rows, names, orient="row")


@pytest.fixture(params=[1080, 348])
def scene(request: pytest.FixtureRequest) -> Scene:
    rows = [correlation("m05_00_0", "dbi", 0.1, spearman_p=p) for p in P]
    frames = {"correlation_thresholds": thresholds(), "correlations": pl.DataFrame(rows)}
    return Scene(chance(frames, drawing(request.param)), frames)


def test_every_p_is_in_a_bin(scene: Scene) -> None:
    bars = marks_by_name(scene, "concat_0_layer_0_marks")

    tests = {row["p"]: row["tests"] for row in map(_bar, bars)}
    assert tests == {0.0: 2, 0.05: 2, 0.5: 1, 0.95: 1}


def _bar(mark: dict[str, object]) -> dict[str, float]:
    [row] = described(
        [{**mark, "description": str(mark["description"]).replace(" (Spearman)", "")}]
    )
    return row


def test_thresholds_that_nothing_passes_are_left_out() -> None:
    assert shown_thresholds(thresholds()) == [0.05, 0.005, 0.0005]


def test_each_method_has_a_bar_and_chance_a_line(scene: Scene) -> None:
    assert len(marks_by_name(scene, "concat_1_layer_0_marks")) == 2 * 3
    assert len(marks_by_name(scene, "concat_1_layer_1_marks")) == 3
