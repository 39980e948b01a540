"""What the method of alignment changes."""

import polars as pl
import pytest

from lakehouse.charts.alignment import alignment, alignment_outlines
from lakehouse.charts.drawing import Choice
from tests.lakehouse.charts.scene import Scene, drawing

METHODS = ("paper", "neutral_scale", "procrustes")
MASKS = (("happiness", False), ("happiness", True), ("surprise", True))
MEASURES = 6

COMPARISON = {
    "alignment": pl.DataFrame(
        [
            {
                "method": method,
                "expression": expression,
                "supervised": supervised,
                "participants": 20,
                "upper_face_size": 0.97 + place / 100,
                "upper_face_size_sd": 0.01,
                "chin_drop": 10.0 * place,
                "upper_face_shift": 3.0,
                "lower_face_shift": 9.0,
                "upper_to_lower": 1 / 3,
                "mean_shift": 5.0,
                "in_force": method == "neutral_scale",
            }
            for expression, supervised in MASKS
            for place, method in enumerate(METHODS)
        ]
    )
}
OUTLINES = {
    "alignment_outlines": pl.DataFrame(
        [
            {
                "method": method,
                "expression": expression,
                "supervised": supervised,
                "is_reference": expression == "neutral",
                "upper_face_size": None if expression == "neutral" else 0.97,
                "chin_drop": None if expression == "neutral" else drop,
                "geo": {
                    "type": "MultiLineString",
                    "coordinates": [
                        [[700, 25], [1800, 700], [1250, 1525]],
                        [[900, 500], [1000, 500]],
                    ],
                },
            }
            for method, drop in zip(METHODS, (-0.2, 54.4, 33.0), strict=True)
            for expression, supervised in (("neutral", False), *MASKS)
        ]
    )
}
CHOSEN: dict[str, Choice] = {"expression": "happiness", "supervised": True}


@pytest.mark.slow
@pytest.mark.parametrize("width", [1080, 348])
def test_every_measure_has_a_mark_for_each_method_and_mask(width: int) -> None:
    scene = Scene(alignment(COMPARISON, drawing(width)), COMPARISON)

    marks = scene.of("symbol")
    assert len(marks) == MEASURES * len(METHODS) * len(MASKS)
    hollow = [mark for mark in marks if mark.get("fill") in (None, "transparent")]
    assert len(hollow) == MEASURES * len(METHODS)
    assert scene.width <= width


@pytest.mark.slow
def test_the_method_in_force_is_named() -> None:
    texts = Scene(alignment(COMPARISON, drawing()), COMPARISON).texts

    legend = [text for text in texts if text.startswith(("paper", "neutral scale", "Procrustes"))]
    assert legend == ["paper", "neutral scale (in force)", "Procrustes"]


@pytest.mark.slow
def test_a_spread_is_drawn_for_the_sizes_alone() -> None:
    rules = Scene(alignment(COMPARISON, drawing()), COMPARISON).of("rule")

    assert len(rules) == MEASURES + len(METHODS) * len(MASKS)


@pytest.mark.slow
def test_one_person_has_no_spread() -> None:
    frames = {
        "alignment": COMPARISON["alignment"].with_columns(
            upper_face_size_sd=pl.lit(None, dtype=pl.Float64)
        )
    }

    sizes = [
        rule.get("x2", 0) - rule["x"]
        for rule in Scene(alignment(frames, drawing()), frames).of("rule")
    ]

    assert {size for size in sizes if size > 0} == set()


@pytest.mark.parametrize("width", [1080, 348])
def test_the_chosen_face_lies_over_the_neutral_one_under_each_method(width: int) -> None:
    scene = Scene(alignment_outlines(OUTLINES, drawing(width, CHOSEN)), OUTLINES)

    faces = scene.of("shape")
    assert len(faces) == 2 * len(METHODS)
    grey, colour = faces[0]["stroke"], faces[1]["stroke"]
    assert [face["stroke"] for face in faces] == [grey, colour] * len(METHODS)
    assert grey != colour
    assert [text for text in scene.texts if text.startswith("chin")] == [
        "chin 0 px",
        "chin +54 px",
        "chin +33 px",
    ]
    assert (scene.texts.count("R"), scene.texts.count("L")) == (3, 3)
    assert scene.width <= width
