import pytest

from tests.blendshapes import UNITS, WITHOUT_UNIT, side_of, units_of_blendshapes
from tests.sql.support import RunModel, table

PHOTO = "participant expression supervised photo"
MAP = table(
    "blendshape action_unit side",
    ("smileLeft", "AU12", "left"),
    ("smileRight", "AU12", "right"),
    ("rollUpper", "AU28", "both"),
    ("rollLower", "AU28", "both"),
    ("_neutral", None, "both"),
)
MASKS = table("mask expression supervised", ("00-00", "neutral", False), ("05-01", "joy", True))


def shapes(*photos: tuple[str, str, bool, str, dict[str, float]]) -> list[dict[str, object]]:
    return table(
        f"{PHOTO} blendshape score",
        *((*key, name, score) for *key, scores in photos for name, score in scores.items()),
    )


def test_a_score_is_the_mean_of_both_sides_beside_that_of_each(run_model: RunModel) -> None:
    found = shapes(
        (
            *("007", "joy", True, "1"),
            {"smileLeft": 0.75, "smileRight": 0.25, "rollUpper": 0.5, "rollLower": 0.25},
        ),
        ("007", "sleepy", False, "1", {"smileLeft": 1.0, "_neutral": 0.5, "unknown": 0.5}),
    )

    rows = run_model(
        "action_unit_scores", blendshapes=found, blendshape_action_units=MAP, mask_labels=MASKS
    )

    assert rows == [
        ("007", "joy", True, "05-01", "1", "AU12", 0.5, 0.75, 0.25),
        ("007", "joy", True, "05-01", "1", "AU28", 0.375, None, None),
        ("007", "sleepy", False, None, "1", "AU12", 1.0, 1.0, None),
    ]


def test_a_masks_score_is_the_mean_of_its_photographs_beside_the_change_from_neutral(
    run_model: RunModel,
) -> None:
    keys = f"{PHOTO} photo_index"
    photos = table(
        keys,
        *(("007", "neutral", False, "1", 1), ("007", "joy", True, "1", 2)),
        *(("007", "joy", True, "2", 3), ("007", "joy", True, "3", 4)),
        *(("008", "joy", True, "1", 5), ("009", "neutral", False, "1", 6)),
    )
    verdicts = table(
        "photo_index mask usable",
        *((1, "00-00", True), (2, "05-01", True), (3, "05-01", True), (4, "05-01", False)),
        *((5, "05-01", True), (6, "00-00", True)),
    )
    people = table("participant included", ("007", True), ("008", True), ("009", False))
    scores = table(
        f"{PHOTO} action_unit score score_left score_right",
        ("007", "neutral", False, "1", "AU12", 0.25, 0.5, 0.0),
        ("007", "joy", True, "1", "AU12", 0.5, 0.5, 0.5),
        ("007", "joy", True, "2", "AU12", 1.0, 1.0, 1.0),
        ("007", "joy", True, "3", "AU12", 0.0, 0.0, 0.0),
        ("008", "joy", True, "1", "AU12", 0.5, 0.5, 0.5),
        ("009", "neutral", False, "1", "AU12", 0.5, 0.5, 0.5),
    )

    rows = run_model(
        "action_unit_means",
        photos=photos,
        photo_verdicts=verdicts,
        participants=people,
        action_unit_scores=scores,
        mask_labels=[{**row, "is_reference": row["mask"] == "00-00"} for row in MASKS],
    )

    assert rows == [
        ("007", "joy", True, "05-01", "AU12", 0.75, 0.75, 0.75, 0.5, 0.25, 0.75, 2),
        ("007", "neutral", False, "00-00", "AU12", 0.25, 0.5, 0.0, 0.0, 0.0, 0.0, 1),
        ("008", "joy", True, "05-01", "AU12", 0.5, 0.5, 0.5, None, None, None, 1),
    ]


def test_a_photograph_with_a_face_is_a_row_with_a_column_for_each_unit(
    run_model: RunModel,
) -> None:
    photos = table(
        f"photo_index {PHOTO} status faces face_height yaw pitch roll",
        (1, "007", "joy", True, "1", "ok", 1, 200.0, 1.0, 2.0, 3.0),
        (2, "007", "joy", True, "2", "no_face", 0, None, None, None, None),
        (3, "007", "joy", True, "3", "ok", 2, 100.0, None, None, None),
    )
    verdicts = table(
        "photo_index mask usable", (1, "05-01", True), (2, "05-01", False), (3, "05-01", False)
    )

    rows = run_model(
        "photo_action_units",
        'participant, mask, photo, usable, faces, face_height, pitch, yaw, roll, "AU12", "AU28"',
        photos=photos,
        photo_verdicts=verdicts,
        action_unit_scores=table(
            f"{PHOTO} action_unit score",
            ("007", "joy", True, "1", "AU12", 0.5),
            ("007", "joy", True, "2", "AU12", 0.25),
        ),
    )

    assert rows == [
        ("007", "05-01", "1", True, 1, 200.0, 2.0, 1.0, 3.0, 0.5, None),
        ("007", "05-01", "3", False, 2, 100.0, None, None, None, None, None),
    ]


def test_every_blendshape_of_the_landmarker_is_listed_with_its_unit_and_side(
    run_model: RunModel,
) -> None:
    rows = run_model("blendshape_action_units", "blendshape, action_unit, side")

    expected = [(name, unit, side_of(name)) for name, unit in units_of_blendshapes().items()]
    assert rows == expected
    assert len(rows) == 52


@pytest.mark.parametrize("blendshape", WITHOUT_UNIT)
def test_what_has_no_unit_says_why(run_model: RunModel, blendshape: str) -> None:
    caveats = dict(run_model("blendshape_action_units", "blendshape, caveat"))

    assert caveats[blendshape]


def test_each_unit_with_a_score_has_a_name_and_a_column(run_model: RunModel) -> None:
    names = dict(run_model("action_units", "action_unit, label_en"))

    assert names["AU12"] == "lip corner puller"
    assert set(UNITS) < set(names)
    # One that the wide relation lacked would be unknown to its query.
    columns = ", ".join(f'"{unit}"' for unit in UNITS)
    assert run_model("photo_action_units", columns) == []
