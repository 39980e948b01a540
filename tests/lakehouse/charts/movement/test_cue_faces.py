"""The cue's effects, point by point on faces."""

import polars as pl
import pytest

from lakehouse.charts.movement.cue_faces import cue_faces
from tests.lakehouse.charts.movement.frames import EXPRESSIONS, MESH, PLACED
from tests.lakehouse.charts.scene import Mark, Scene, drawing

DIFFERENCES = (1.0, -2.0, 0.0, None, 8.0)
FRAMES = {
    "cue_points": pl.DataFrame(
        [
            {
                "expression": expression,
                "point": point,
                "mean_difference": difference,
                "max_t_p": p,
                "paper_mean_difference": None if difference is None else -difference,
                "paper_max_t_p": 0.5,
            }
            for expression, p in zip(EXPRESSIONS, (0.01, 0.05), strict=True)
            for point, difference in enumerate(DIFFERENCES)
        ]
    ),
    "point_places": PLACED,
    "mesh": MESH,
}


def dots(width: int) -> list[Mark]:
    """The dots that carry a value, in the order of faces; their edges lie below them."""
    symbols = Scene(cue_faces(FRAMES, drawing(width)), FRAMES).of("symbol")
    return [symbol for symbol in symbols if symbol.get("opacity") == 1]


@pytest.mark.parametrize("width", [1080, 348])
def test_every_known_point_is_on_every_face_in_both_comparisons(width: int) -> None:
    scene = Scene(cue_faces(FRAMES, drawing(width)), FRAMES)

    # A dot and its edge, of four points on two faces in two comparisons.
    assert len(scene.of("symbol")) == 4 * 2 * 2 * 2
    assert [scene.texts.count(side) for side in "RL"] == [4, 4]
    assert scene.width <= width


def test_points_that_survive_are_large_and_counted() -> None:
    scene = Scene(cue_faces(FRAMES, drawing(1080)), FRAMES)
    sizes = [round(dot["size"]) for dot in dots(1080)]

    # Only the first expression survives, and only as compared with its own neutral face.
    assert sizes.count(max(sizes)) == 4
    assert min(sizes) < max(sizes) / 4
    assert sorted(text for text in scene.texts if "/" in text) == ["0 / 4"] * 3 + ["4 / 4"]


def test_where_no_point_was_tested_none_is_counted() -> None:
    untested = FRAMES["cue_points"].with_columns(
        pl.lit(None, pl.Float64).alias(name) for name in ("max_t_p", "paper_max_t_p")
    )
    frames = FRAMES | {"cue_points": untested}

    scene = Scene(cue_faces(frames, drawing(1080)), frames)

    assert [text for text in scene.texts if "/" in text] == []
    assert len(scene.of("symbol")) == 4 * 2 * 2 * 2


def test_opposite_differences_have_colours_equally_far_from_the_middle() -> None:
    scene = Scene(cue_faces(FRAMES, drawing(1080)), FRAMES)

    labels = [float(text.replace("−", "-")) for text in scene.texts if text[-1:].isdigit()
              and "/" not in text]  # fmt: skip

    assert 0 in labels
    assert min(labels) == -max(labels)
