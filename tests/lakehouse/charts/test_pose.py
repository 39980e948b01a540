"""How heads were held and how large faces are, back to back."""

import polars as pl
import pytest

from lakehouse.charts.pose import face_height, mask_pose, pose
from tests.lakehouse.charts.scene import Scene, drawing

SIDES = "left, pale: without cue · right, filled: with cue"


def classes(*rows: tuple[str, bool, float, float], column: str, limit: str) -> pl.DataFrame:
    """Give classes one wide, of which the last number is the share."""
    table = pl.DataFrame(rows, schema=[column, "supervised", "low", "share"], orient="row")
    return table.with_columns(
        high=pl.col("low") + 1,
        photographs=pl.lit(10),
        people=pl.lit(5),
        **{limit: pl.lit(None, dtype=pl.Float64)},
    )


POSE = classes(
    ("yaw", False, -3.0, 0.4),
    ("yaw", False, 2.0, 0.6),
    ("yaw", True, 2.0, 0.2),
    ("pitch", True, -1.0, 1.0),
    column="angle",
    limit="most",
)
HEIGHTS = classes(
    ("neutral", False, 300.0, 1.0),
    ("neutral", True, 301.0, 0.5),
    ("surprise", True, 300.0, 0.5),
    column="expression",
    limit="least",
)


@pytest.mark.parametrize("width", [1080, 348])
def test_without_cue_is_left_of_zero_and_with_cue_right(width: int) -> None:
    frames = {"pose": POSE.filter(pl.col("angle") == "yaw")}

    scene = Scene(pose(frames, drawing(width)), frames)

    without, other, cued = scene.of("rect")
    assert without["x"] + without["width"] == pytest.approx(cued["x"])
    assert other["x"] + other["width"] == pytest.approx(cued["x"])
    # As wide as the shares are, and the greater angle higher up.
    assert other["width"] == pytest.approx(1.5 * without["width"])
    assert other["width"] == pytest.approx(3 * cued["width"])
    assert other["y"] < without["y"]
    assert SIDES in scene.texts
    assert scene.width <= width


def test_each_angle_has_its_own_panel() -> None:
    frames = {"pose": POSE}

    texts = Scene(pose(frames, drawing()), frames).texts

    assert [text for text in texts if "above 0" in text] == [
        "Turn: above 0 to the picture's right",
        "Nod: above 0 raised",
    ]


def test_limits_are_drawn_where_there_are_some() -> None:
    limited = POSE.with_columns(most=pl.when(pl.col("angle") == "yaw").then(20.0))

    rules = Scene(pose({"pose": limited}, drawing()), {"pose": limited}).of("rule")
    none = Scene(pose({"pose": POSE}, drawing()), {"pose": POSE}).of("rule")

    assert [rule["strokeDash"] for rule in rules] == [[4, 3], [4, 3]]
    assert len({rule["y"] for rule in rules}) == len(rules)
    assert none == []


def test_with_one_condition_there_are_no_sides() -> None:
    frames = {"pose": POSE.filter("supervised")}

    scene = Scene(pose(frames, drawing()), frames)

    assert SIDES not in scene.texts
    assert {bar["x"] for bar in scene.of("rect")} == {0}


def test_heights_have_a_panel_for_each_expression_and_its_least() -> None:
    frames = {"face_height": HEIGHTS.with_columns(least=300.5)}

    scene = Scene(face_height(frames, drawing()), frames)

    assert len(scene.of("rect")) == len(HEIGHTS)
    assert len(scene.of("rule")) == HEIGHTS["expression"].n_unique()
    assert {"neutral", "surprise"} <= set(scene.texts)
    colours = {bar["fill"] for bar in scene.of("rect")}
    assert len(colours) == HEIGHTS["expression"].n_unique()


def test_many_expressions_are_no_wider_than_a_telephone() -> None:
    rows = [(name, flag, 300.0, 1.0) for name in "abcdefgh" for flag in (False, True)]
    frames = {"face_height": classes(*rows, column="expression", limit="least")}

    assert Scene(face_height(frames, drawing(348)), frames).width <= 348


@pytest.mark.parametrize("width", [1080, 348])
def test_each_mask_has_its_median_and_the_middle_half(width: int) -> None:
    rows = [
        (angle, expression, supervised, 20, low, low + 2, low + 3)
        for angle in ("pitch", "yaw")
        for expression, low in (("neutral", -3.0), ("surprise", 1.0))
        for supervised in (False, True)
    ]
    columns = "angle expression supervised people lower_quartile median upper_quartile"
    frames = {"mask_pose": pl.DataFrame(rows, schema=columns.split(), orient="row")}

    scene = Scene(mask_pose(frames, drawing(width)), frames)

    key, panels = 2, 2
    medians = scene.of("symbol")[key:]
    assert len(medians) == len(rows)
    assert {"without cue", "with cue"} <= set(scene.texts)
    hollow = [mark for mark in medians if mark.get("fill") in (None, "transparent")]
    assert len(hollow) == len(rows) // 2
    # A line for each, and zero in each panel.
    assert len(scene.of("rule")) == len(rows) + panels
    assert {"Nod: above 0 raised", "Turn, to either side"} <= set(scene.texts)
    assert "Tilt, to either side" not in scene.texts
    assert scene.width <= width
