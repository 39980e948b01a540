"""Steps, ways of finding faces, reasons and balance."""

import polars as pl
import pytest

from lakehouse.charts.quality import balance, detection, exclusions, flow
from tests.lakehouse.charts.scene import Scene, drawing

FLOW = {
    "quality_flow": pl.DataFrame(
        [
            ("people", 1, "known", 40),
            ("people", 2, "included", 30),
            ("photographs", 1, "found", 2000),
            ("photographs", 2, "used", 1250),
        ],
        schema=["kind", "step", "stage", "number"],
        orient="row",
    )
}
EXCLUSIONS = {
    "exclusions": pl.DataFrame(
        [
            ("participant", "turned", 8, 1200),
            ("participant", "missing_mask", 4, None),
            ("correlations", "no_scores", 2, None),
        ],
        schema=["scope", "reason", "people", "photographs"],
        orient="row",
    )
}
BALANCE = {
    "balance": pl.DataFrame(
        [
            ("instrument", "dbi", "number", 30, 10, -0.5, 0.0004),
            ("covariate", "yaw", "number", 30, 9, 0.25, 0.0432),
            ("covariate", "sex", "<b>", 30, 8, 0.05, None),
        ],
        schema=["kind", "name", "category", "included_n", "excluded_n", "difference", "p"],
        orient="row",
    )
}


def test_a_step_stands_before_what_there_was() -> None:
    scene = Scene(flow(FLOW, drawing()), FLOW)

    left = sorted(round(bar["width"]) for bar in scene.of("rect"))
    full = max(left)
    # Behind the second step of each lies the first; then come both steps.
    assert left == sorted([full] * 4 + [round(full * 0.75), round(full * 0.625)])
    for text in ("40", "30 (75.0 %)", "2,000", "1,250 (62.5 %)", "People", "included"):
        assert text in scene.texts


def test_nobody_there_is_no_share_of_nobody() -> None:
    frames = {"quality_flow": FLOW["quality_flow"].with_columns(number=0)}

    texts = Scene(flow(frames, drawing()), frames).texts

    assert texts.count("0") == len(frames["quality_flow"])
    assert not [text for text in texts if "NaN" in text]


@pytest.mark.slow
@pytest.mark.parametrize("width", [1080, 348])
def test_nothing_is_wider_than_the_figure(width: int) -> None:
    for draw, frames in ((flow, FLOW), (exclusions, EXCLUSIONS), (balance, BALANCE)):
        assert Scene(draw(frames, drawing(width)), frames).width <= width


def test_outcomes_are_counted_in_the_group_they_belong_to() -> None:
    frames = {
        "detection": pl.DataFrame(
            [
                (True, "at_once", 4000, 90, 0.9756),
                (True, "turned_90", 90, 40, 0.022),
                (False, "damaged", 1, 1, 0.0002),
            ],
            schema=["found", "outcome", "photographs", "people", "share"],
            orient="row",
        )
    }

    scene = Scene(detection(frames, drawing()), frames)

    assert [text for text in scene.texts if "%" in text] == [
        "4,000 (97.6 %)",
        "90 (2.2 %)",
        "1 (< 0.1 %)",
    ]
    heads = [scene.texts.index(text) for text in ("A face was found", "No face was found")]
    assert heads == sorted(heads)
    assert "turned by 90°" in scene.texts
    assert len(scene.of("symbol")) == len(frames["detection"])


def test_reasons_have_bars_as_long_as_people_and_no_number_where_there_is_none() -> None:
    scene = Scene(exclusions(EXCLUSIONS, drawing()), EXCLUSIONS)

    widths = [bar["width"] for bar in scene.of("rect")]
    assert widths == pytest.approx([widths[0], widths[0] / 2, widths[0] / 4])
    assert {"8", "1,200", "4", "2", "head turned", "Out of every result"} <= set(scene.texts)
    assert "null" not in scene.texts
    # The reasons of the second scope are none of photographs.
    assert (scene.texts.count("people"), scene.texts.count("photographs")) == (2, 1)


def test_differences_lie_about_zero_with_numbers_and_p() -> None:
    scene = Scene(balance(BALANCE, drawing()), BALANCE)

    [zero] = {mark["x"] for mark in scene.of("rule") if mark.get("strokeDash") == [1, 0]}
    by_height = sorted((dot["y"], dot["x"] - zero) for dot in scene.of("symbol"))
    places = [x for _, x in by_height]
    assert places[0] < 0 < places[2] < places[1]
    assert places[0] == pytest.approx(-2 * places[1])
    texts = set(scene.texts)
    assert {"< 0.001", "0.043", "–", "Beck Depression Inventory", "turn of the head"} <= texts
    assert "sex: <b>" in texts


def test_a_telephone_names_questionnaires_by_their_code() -> None:
    texts = Scene(balance(BALANCE, drawing(348)), BALANCE).texts

    assert "dbi" in texts
    assert "Beck Depression Inventory" not in texts
