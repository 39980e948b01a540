from collections.abc import Mapping

import pytest

from tests.sql.support import Row, RunModel, settings_row, table

EXPRESSIONS = table("expression code", ("neutral", "00"), ("anger", "01"), ("happiness", "05"))
CELLS = table(
    "cell_index participant expression supervised mask",
    (1, "a", "neutral", False, "00-00"),
    (2, "a", "neutral", True, "00-01"),
    (3, "a", "happiness", False, "05-00"),
    (4, "a", "happiness", True, "05-01"),
    (5, "b", "neutral", False, "00-00"),
    (6, "b", "happiness", False, "05-00"),
    (7, "c", "happiness", False, "05-00"),
)
# Each eye 40 wide and 10 open: an aspect ratio of 1/4.
NEUTRAL = {
    **{33: (60, 100), 160: (70, 95), 158: (90, 95), 133: (100, 100)},
    **{153: (90, 105), 144: (70, 105)},
    **{362: (140, 100), 385: (150, 95), 387: (170, 95), 263: (180, 100)},
    **{373: (170, 105), 380: (150, 105)},
    **{61: (80, 200), 291: (160, 200), 152: (120, 260)},
    **{50: (70, 150), 117: (60, 140), 118: (80, 145)},
    **{280: (170, 150), 346: (180, 140), 347: (160, 145)},
}  # fmt: skip
Places = Mapping[int, tuple[float, float]]


def moved(**by: tuple[float, float]) -> Places:
    """The neutral face with points p61, p291… moved."""
    shift = {int(point[1:]): movement for point, movement in by.items()}
    return {
        point: (x + shift.get(point, (0, 0))[0], y + shift.get(point, (0, 0))[1])
        for point, (x, y) in NEUTRAL.items()
    }


def given(
    faces: Mapping[int, Places], poses: Mapping[int, list[tuple[float | None, ...]]] | None = None
) -> dict[str, list[Row]]:
    """Masks by their cells; and of each cell the yaw and pitch of its photographs."""
    poses = poses or {cell: [(None, None)] for cell in faces}
    photos = [(cell, *pose) for cell, each in poses.items() for pose in each]
    return {
        "cells": CELLS,
        "compared_cells": table("cell_index neutral_index", (2, 1), (3, 1), (4, 1), (6, 5), (7, 0)),
        "reference_faces": table(
            "neutral_index point x y",
            *((at, 0, 0, 0) for at in faces if at in (1, 5)),
            *(
                (at, point, *place)
                for at in (0, 1, 5)
                for point, place in faces.get(at, {}).items()
            ),
        ),
        "expressions": EXPRESSIONS,
        "cell_points": table(
            "cell_index point x y",
            *(
                (cell, point, *place)
                for cell, face in faces.items()
                for point, place in face.items()
            ),
        ),
        "photo_alignments": table(
            "photo_index cell_index", *((at, cell) for at, (cell, *_) in enumerate(photos))
        ),
        "photos": table(
            "photo_index yaw pitch", *((at, *pose) for at, (_, *pose) in enumerate(photos))
        ),
    }


def sides(run_model: RunModel, columns: str, tables: dict[str, list[Row]]) -> dict[str, tuple]:
    """One participant's rows by side, where there is one condition."""
    rows = run_model("smile_measures", f"side, {columns}", **tables)
    return {side: tuple(values) for side, *values in rows}


MEASURES = "corner_rise, eye_narrowing, cheek_rise, jaw_opening"


def test_a_smile_on_one_side_is_seen_on_that_side(run_model: RunModel) -> None:
    # The left corner 30 up, the left eye to half its opening, the left cheek 6 up, the jaw 40 down.
    smile = moved(
        p291=(20, -30),
        **{"p385": (0, 2.5), "p387": (0, 2.5), "p373": (0, -2.5), "p380": (0, -2.5)},
        **{"p280": (0, -6), "p346": (0, -6), "p347": (0, -6), "p152": (0, 40)},
    )

    rows = sides(run_model, MEASURES, given({5: NEUTRAL, 6: smile}))

    assert rows == {
        "left": pytest.approx((30, 0.5, 6, 40)),
        "right": pytest.approx((0, 0, 0, 40)),
        "mean": pytest.approx((15, 0.25, 3, 40)),
        "difference": pytest.approx((30, 0.5, 6, 40)),
    }


def test_the_aspect_ratio_is_the_two_openings_over_twice_the_width(run_model: RunModel) -> None:
    # On the right, openings of √(6² + 8²) = 10 and 2, and a width of √(30² + 40²) = 50.
    smile = moved(p160=(6, 1), p144=(0, -1), p158=(0, 4), p153=(0, -4), p33=(10, 40))

    rows = sides(run_model, "eye_narrowing", given({5: NEUTRAL, 6: smile}))

    assert rows["right"] == pytest.approx((1 - (12 / 100) / 0.25,))


def test_where_the_face_lies_does_not_matter(run_model: RunModel) -> None:
    elsewhere = {point: (x + 17, y - 23) for point, (x, y) in NEUTRAL.items()}

    rows = sides(run_model, MEASURES, given({5: NEUTRAL, 6: elsewhere}))

    assert list(rows.values()) == [pytest.approx((0, 0, 0, 0), abs=1e-12)] * 4


def test_heights_are_from_the_inner_corners_of_both_eyes(run_model: RunModel) -> None:
    rows = sides(run_model, MEASURES, given({5: NEUTRAL, 6: moved(p133=(0, 4), p362=(0, 8))}))

    assert (rows["left"][0], rows["right"][2], rows["mean"][3]) == pytest.approx((6, 6, -6))


def test_conditions_stand_apart_and_as_their_mean(run_model: RunModel) -> None:
    faces = {
        1: NEUTRAL,
        2: moved(p291=(0, 99)),
        3: moved(p61=(0, -10), p291=(0, -10)),
        4: moved(p61=(0, -20), p291=(0, -30)),
        5: NEUTRAL,
        6: moved(p61=(0, -5)),
    }

    rows = run_model("smile_measures", "participant, condition, side, corner_rise", **given(faces))

    risen = {tuple(key): rise for *key, rise in rows}
    assert risen == {
        **{("a", "unsupervised", side): 10 for side in ("left", "right", "mean")},
        ("a", "unsupervised", "difference"): 0,
        **{("a", "supervised", "left"): 30, ("a", "supervised", "right"): 20},
        **{("a", "supervised", "mean"): 25, ("a", "supervised", "difference"): 10},
        **{("a", "both", "left"): 20, ("a", "both", "right"): 15},
        **{("a", "both", "mean"): 17.5, ("a", "both", "difference"): 5},
        **{("b", "unsupervised", "left"): 0, ("b", "unsupervised", "right"): 5},
        **{("b", "unsupervised", "mean"): 2.5, ("b", "unsupervised", "difference"): -5},
    }


def test_the_pose_is_its_change_from_neutral(run_model: RunModel) -> None:
    poses = {5: [(-10.0, 1.0), (-6.0, 3.0)], 6: [(4.0, -2.0), (-2.0, -4.0)]}

    rows = sides(run_model, "yaw, pitch", given({5: NEUTRAL, 6: NEUTRAL}, poses))

    signed, size = 1 - -8, 3 - 8
    assert rows == {
        "left": (signed, -5),
        "right": (signed, -5),
        "mean": (size, -5),
        "difference": (signed, -5),
    }


def test_an_unknown_pose_or_an_eye_without_size_is_null(run_model: RunModel) -> None:
    flat = moved(p33=(40, 0))
    shut = moved(p160=(0, 5), p158=(0, 5), p144=(0, -5), p153=(0, -5))

    rows = sides(run_model, "eye_narrowing, yaw, corner_rise", given({5: NEUTRAL, 6: flat}))
    from_shut = sides(run_model, "eye_narrowing", given({5: shut, 6: NEUTRAL}))

    assert rows == {
        "left": (pytest.approx(0), None, 0),
        **dict.fromkeys(("right", "mean", "difference"), (None, None, 0)),
    }
    assert from_shut["right"] == from_shut["mean"] == (None,)


def test_without_happiness_or_a_neutral_face_there_is_nothing(run_model: RunModel) -> None:
    only_smiles = given({6: NEUTRAL})
    frowns = given({5: NEUTRAL, 6: NEUTRAL})
    frowns["cells"] = [
        {**row, "expression": "anger"} if row["mask"] == "05-00" else row for row in CELLS
    ]
    first = given({5: NEUTRAL, 6: NEUTRAL})
    first["expressions"] = table("expression code", ("happiness", "00"), ("neutral", "01"))

    for tables in (only_smiles, frowns, first):
        assert run_model("smile_measures", **tables) == []


@pytest.mark.parametrize(("reference", "yaw", "pitch"), [("canonical", 4, -2), ("mean", 9, -5)])
def test_who_has_no_neutral_face_is_compared_with_another(
    run_model: RunModel, reference: str, yaw: float, pitch: float
) -> None:
    # The heads of two neutral faces are turned by -4 and -6 and raised by 2 and 4, on average.
    faces = {0: NEUTRAL, 1: moved(p291=(0, 9)), 5: moved(), 7: moved(p291=(0, -30), p152=(0, 40))}
    poses = {1: [(-5.0, 2.0), (-3.0, 2.0)], 5: [(-6.0, 4.0)], 7: [(4.0, -2.0)]}
    settings = settings_row(reference_face=reference)

    rows = sides(
        run_model,
        "participant, corner_rise, jaw_opening, yaw, pitch",
        {**given(faces, poses), "settings": settings},
    )

    assert rows["left"] == ("c", 30, 40, yaw, pitch)
    assert rows["right"][:3] == ("c", 0, 40)
