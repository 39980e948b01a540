from typing import Any

import pytest

from tests.sql.support import Row, RunModel, settings_row, table

EXPRESSIONS = table("expression code", ("neutral", "00"), ("happiness", "05"))
ALIGNABLE = table("photo_index alignable", (1, True), (2, True), (3, True))


@pytest.fixture(name="judge")
def verdicts(run_model: RunModel) -> RunModel:
    """`photo_verdicts`, of photographs that can be aligned unless told otherwise."""

    def run(columns: str = "*", **tables: list[Row]) -> list[tuple[Any, ...]]:
        given = {"photo_anchors": ALIGNABLE, "expressions": EXPRESSIONS, **tables}
        return run_model("photo_verdicts", columns, **given)

    return run


def photo(**values: object) -> list[Row]:
    study = {"expression": "happiness", "supervised": False, "status": "ok", "faces": 1}
    return [{"photo_index": 1, **study, **values}]


def test_the_mask_is_the_code_of_the_expression_and_the_condition(judge: RunModel) -> None:
    photos = (
        photo() + photo(photo_index=2, supervised=True) + photo(photo_index=3, expression="neutral")
    )

    rows = judge("photo_index, mask, usable", photos=photos)

    assert rows == [(1, "05-00", True), (2, "05-01", True), (3, "00-00", True)]


@pytest.mark.parametrize("status", ["no_face", "damaged", "unreadable", "unsupported", "crashed"])
def test_a_photo_without_a_face_is_unusable_for_its_status(judge: RunModel, status: str) -> None:
    rows = judge(photos=photo(status=status))

    assert rows == [(1, "05-00", False, status)]


@pytest.mark.parametrize("anchors", [[], table("photo_index alignable", (1, False))])
def test_a_face_that_cannot_be_aligned_is_unusable(judge: RunModel, anchors: list[Row]) -> None:
    rows = judge("usable, reason", photos=photo(faces=2), photo_anchors=anchors)

    assert rows == [(False, "degenerate_face")]


@pytest.mark.parametrize(
    ("faces", "max_faces", "verdict"),
    [
        (1, 1, (True, None)),
        (2, 1, (False, "several_faces")),
        (2, 2, (True, None)),
        (3, 2, (False, "several_faces")),
        (None, 1, (True, None)),
    ],
)
def test_more_faces_than_the_setting_allows_make_a_photo_unusable(
    judge: RunModel, faces: int | None, max_faces: int, verdict: tuple[bool, str | None]
) -> None:
    rows = judge(
        "usable, reason",
        photos=photo(faces=faces),
        settings=settings_row(max_faces=max_faces),
    )

    assert rows == [verdict]


@pytest.mark.parametrize(
    ("pose", "limit", "reason"),
    [
        ({"yaw": -20.5}, {"max_yaw": 20.0}, "turned"),
        ({"yaw": -20.0}, {"max_yaw": 20.0}, None),
        ({"pitch": 11.0}, {"max_pitch": 10.0}, "raised_or_lowered"),
        ({"face_height": 199.0}, {"min_face_height": 200.0}, "small_face"),
        ({"face_height": 200.0}, {"min_face_height": 200.0}, None),
        ({"yaw": 80.0, "pitch": 80.0, "face_height": 1.0}, {}, None),
        ({"yaw": None, "pitch": None}, {"max_yaw": 1.0, "max_pitch": 1.0}, None),
    ],
)
def test_limits_on_pose_and_size_make_a_photo_unusable(
    judge: RunModel,
    pose: dict[str, float | None],
    limit: dict[str, float],
    reason: str | None,
) -> None:
    rows = judge(
        "usable, reason",
        photos=photo(**pose),
        settings=settings_row(**limit),
    )

    assert rows == [(reason is None, reason)]


def test_an_expression_that_is_not_listed_has_no_mask(judge: RunModel) -> None:
    photos = photo(expression="sleepy", status="no_face")

    rows = judge(photos=photos)

    assert rows == [(1, None, False, "unlisted_expression")]
