import polars as pl
import pytest

from lakehouse.charts.correlations.multiverse import multiverse
from tests.lakehouse.charts.correlations.support import marks_by_name
from tests.lakehouse.charts.scene import Scene, drawing

HYPOTHESIS = "05-00 291 dbi"


def specifications() -> pl.DataFrame:
    rows = [
        ("strongest", 1, -0.4, 0.001, "paper", 2),
        ("strongest", 2, 0.2, 0.2, "paper", 3),
        ("strongest", 3, 0.5, 0.001, "procrustes", 2),
        (HYPOTHESIS, 1, 0.1, 0.6, "paper", 2),
    ]
    same = {"n": 30, "instrument": "dbi", "feature": "m05_00_0", "exclusions": "strict"}
    same |= {"feature_kind": "distance", "groups": 6, "starts": 300, "covariates": "none"}
    names = ["curve", "place", "r", "p", "alignment", "dimensions"]
    return pl.DataFrame(rows, names, orient="row").with_columns(
        **{name: pl.lit(value) for name, value in same.items()}
    )


def scene(curve: str, width: int = 1080) -> Scene:
    frames = {"specifications": specifications(), "specification_curve": pl.DataFrame()}
    return Scene(multiverse(frames, drawing(width, {"curve": curve})), frames)


@pytest.mark.parametrize("width", [1080, 348])
def test_each_way_has_a_dot_and_its_choices(width: int) -> None:
    shown = scene("strongest", width)

    assert len(marks_by_name(shown, "concat_0_layer_1_marks")) == 2  # p < 0.05
    assert len(marks_by_name(shown, "concat_0_layer_2_marks")) == 1
    assert len(marks_by_name(shown, "concat_1_marks")) == 3


def test_only_what_differs_is_shown_beneath() -> None:
    texts = scene("strongest").texts

    assert {"alignment", "dimensions", "Procrustes"} <= set(texts)
    assert not {"groups", "exclusions"} & set(texts)


def test_a_hypothesis_has_a_curve_of_its_own() -> None:
    shown = scene(HYPOTHESIS)

    assert len(marks_by_name(shown, "concat_0_layer_1_marks")) == 0
    assert len(marks_by_name(shown, "concat_0_layer_2_marks")) == 1
