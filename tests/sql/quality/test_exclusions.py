from typing import Any

import pytest

from tests.sql.support import Row, RunModel, settings_row, table

LABELS = table("mask is_reference", ("00-00", True), ("05-00", False))
RELAXED = settings_row(photos_per_mask=None, required_masks="neutral")


class Study:
    """Photographs and what follows from them in the tables before `exclusions`."""

    def __init__(self) -> None:
        self.photos: list[Row] = []
        self.photo_verdicts: list[Row] = []
        self.cells: list[Row] = []

    def cell(self, participant: str, mask: str, *reasons: str | None) -> "Study":
        """Add a cell with a photograph for each reason (None: the photograph is usable)."""
        for number, reason in enumerate(reasons, start=1):
            index = len(self.photos) + 1
            self.photos += table(
                "photo_index participant expression photo", (index, participant, "?", str(number))
            )
            self.photo_verdicts += table(
                "photo_index mask usable reason", (index, mask, reason is None, reason)
            )
        self.cells += table(
            "cell_index participant mask photos usable_photos",
            (len(self.cells) + 1, participant, mask, len(reasons), reasons.count(None)),
        )
        return self

    def unlisted(self, participant: str, expression: str) -> "Study":
        index = len(self.photos) + 1
        self.photos += table(
            "photo_index participant expression photo", (index, participant, expression, "1")
        )
        self.photo_verdicts += table(
            "photo_index usable reason", (index, False, "unlisted_expression")
        )
        return self


def sound(participant: str = "1") -> Study:
    return Study().cell(participant, "00-00", *3 * [None]).cell(participant, "05-00", *3 * [None])


def excluded(run_model: RunModel, study: Study, **tables: list[Row]) -> list[tuple[Any, ...]]:
    return run_model("exclusions", **{"mask_labels": LABELS, **vars(study), **tables})


def test_a_complete_participant_is_not_excluded(run_model: RunModel) -> None:
    assert excluded(run_model, sound()) == []


@pytest.mark.parametrize("count", [1, 2, 4])
def test_another_number_of_photos_excludes(run_model: RunModel, count: int) -> None:
    study = Study().cell("1", "00-00", *3 * [None]).cell("1", "05-00", *count * [None])

    assert excluded(run_model, study) == [
        ("1", "photo_count", "participant", f"05-00 has {count} of 3")
    ]


def test_all_masks_with_a_wrong_count_are_named_in_one_row(run_model: RunModel) -> None:
    study = Study().cell("1", "05-00", None).cell("1", "00-00", None, None)

    assert excluded(run_model, study) == [
        ("1", "photo_count", "participant", "00-00 has 2 of 3, 05-00 has 1 of 3")
    ]


def test_any_number_of_photos_will_do_where_the_setting_says_so(run_model: RunModel) -> None:
    study = Study().cell("1", "00-00", None).cell("1", "05-00", *7 * [None])

    assert excluded(run_model, study, settings=RELAXED) == []


@pytest.mark.parametrize(
    "status",
    [
        *("no_face", "damaged", "unreadable", "unsupported", "crashed"),
        *("several_faces", "degenerate_face"),
    ],
)
def test_an_unusable_photo_excludes_the_participant(run_model: RunModel, status: str) -> None:
    study = Study().cell("1", "00-00", *3 * [None]).cell("1", "05-00", None, status, status)

    assert excluded(run_model, study) == [("1", status, "participant", "05-00 2, 05-00 3")]


def test_an_unusable_photo_is_only_left_out_where_any_number_will_do(run_model: RunModel) -> None:
    study = Study().cell("1", "00-00", None, "no_face").cell("1", "05-00", None, "several_faces")

    assert excluded(run_model, study, settings=RELAXED) == [
        ("1", "no_face", "photo", "00-00 2"),
        ("1", "several_faces", "photo", "05-00 2"),
    ]


def test_a_photo_of_an_unlisted_expression_is_only_left_out(run_model: RunModel) -> None:
    study = sound().unlisted("1", "sleepy")

    assert excluded(run_model, study) == [("1", "unlisted_expression", "photo", "sleepy 1")]


def test_a_missing_mask_excludes(run_model: RunModel) -> None:
    study = sound().cell("2", "00-00", *3 * [None])

    assert excluded(run_model, study) == [("2", "missing_mask", "participant", "05-00")]


def test_a_mask_without_a_usable_photo_is_missing(run_model: RunModel) -> None:
    study = Study().cell("1", "00-00", *3 * [None]).cell("1", "05-00", *3 * ["no_face"])

    assert excluded(run_model, study) == [
        ("1", "missing_mask", "participant", "05-00"),
        ("1", "no_face", "participant", "05-00 1, 05-00 2, 05-00 3"),
    ]


def test_only_the_reference_is_required_where_the_setting_says_so(run_model: RunModel) -> None:
    study = (
        Study()
        .cell("no neutral", "05-00", None)
        .cell("no smile", "00-00", None)
        .cell("nothing usable", "00-00", "crashed")
    )

    assert excluded(run_model, study, settings=RELAXED) == [
        ("no neutral", "missing_mask", "participant", "00-00"),
        ("no smile", "missing_mask", "mask", "05-00"),
        ("nothing usable", "crashed", "photo", "00-00 1"),
        ("nothing usable", "missing_mask", "mask", "05-00"),
        ("nothing usable", "missing_mask", "participant", "00-00"),
    ]


def test_only_unlisted_expressions_leave_every_mask_missing(run_model: RunModel) -> None:
    assert excluded(run_model, Study().unlisted("1", "sleepy")) == [
        ("1", "missing_mask", "participant", "00-00, 05-00"),
        ("1", "unlisted_expression", "photo", "sleepy 1"),
    ]


def test_scores_without_photos_exclude(run_model: RunModel) -> None:
    scores = table("participant instrument score", ("1", "dbi", 4), ("2", "dbi", 5))

    assert excluded(run_model, sound("1"), scores=scores) == [
        ("2", "no_photos", "participant", "scores only")
    ]


def test_photos_without_any_score_leave_the_correlations(run_model: RunModel) -> None:
    study = sound("1").cell("2", "00-00", *3 * [None]).cell("2", "05-00", *3 * [None])
    scores = table("participant instrument score", ("1", "dbi", 4), ("2", "dbi", None))

    assert excluded(run_model, study, scores=scores) == [
        ("2", "no_scores", "correlations", "every instrument")
    ]
    assert excluded(run_model, study, scores=scores[:1]) == [
        ("2", "no_scores", "correlations", "every instrument")
    ]


def test_some_missing_scores_leave_some_correlations(run_model: RunModel) -> None:
    scores = table(
        "participant instrument score",
        ("1", "srq", None),
        ("1", "dbi", 4),
        ("1", "bai", None),
    )

    assert excluded(run_model, sound(), scores=scores) == [
        ("1", "missing_score", "correlations", "bai, srq")
    ]


def test_a_study_without_scores_says_nothing_about_them(run_model: RunModel) -> None:
    reasons = {row[1] for row in excluded(run_model, sound().cell("2", "00-00", None))}

    assert reasons == {"photo_count", "missing_mask"}


def test_a_participant_can_be_excluded_for_several_reasons(run_model: RunModel) -> None:
    study = sound("1").cell("2", "00-00", None, "no_face")
    scores = table("participant instrument score", ("1", "dbi", 4))

    assert excluded(run_model, study, scores=scores) == [
        ("2", "missing_mask", "participant", "05-00"),
        ("2", "no_face", "participant", "00-00 2"),
        ("2", "no_scores", "correlations", "every instrument"),
        ("2", "photo_count", "participant", "00-00 has 2 of 3"),
    ]


def of(reference: str, **changed: Any) -> list[Row]:
    given = {"photos_per_mask": None, "required_masks": "neutral", "reference_face": reference}
    return settings_row(**{**given, **changed})


def a_mixed_study() -> Study:
    return (
        Study()
        .cell("both", "00-00", None)
        .cell("both", "05-00", None)
        .cell("no neutral", "05-00", None)
        .cell("unusable neutral", "00-00", "no_face")
        .cell("unusable neutral", "05-00", None)
    )


@pytest.mark.parametrize("reference", ["mean", "canonical"])
def test_another_face_stands_for_a_missing_neutral_one(run_model: RunModel, reference: str) -> None:
    assert excluded(run_model, a_mixed_study(), settings=of(reference)) == [
        ("no neutral", "missing_mask", "mask", "00-00"),
        ("unusable neutral", "missing_mask", "mask", "00-00"),
        ("unusable neutral", "no_face", "photo", "00-00 1"),
    ]


@pytest.mark.parametrize("reference", ["mean", "canonical"])
def test_all_other_masks_may_be_required(run_model: RunModel, reference: str) -> None:
    study = a_mixed_study().cell("only neutral", "00-00", None)
    settings = of(reference, required_masks="all")

    rows = excluded(run_model, study, settings=settings)

    assert ("only neutral", "missing_mask", "participant", "05-00") in rows
    assert ("no neutral", "missing_mask", "mask", "00-00") in rows


@pytest.mark.parametrize(("reference", "scope"), [("mean", "participant"), ("canonical", "mask")])
def test_a_mean_needs_somebody_with_a_neutral_face(
    run_model: RunModel, reference: str, scope: str
) -> None:
    study = Study().cell("1", "05-00", None).cell("2", "00-00", "no_face").cell("2", "05-00", None)

    rows = excluded(run_model, study, settings=of(reference))

    assert [row for row in rows if row[1] == "missing_mask"] == [
        ("1", "missing_mask", scope, "00-00"),
        ("2", "missing_mask", scope, "00-00"),
    ]


@pytest.mark.parametrize(
    "study",
    [
        # Whoever has a neutral face lacks another mask, or has too many photographs of it.
        Study().cell("1", "05-00", None).cell("2", "00-00", None),
        Study().cell("1", "05-00", None).cell("2", "00-00", None, None).cell("2", "05-00", None),
    ],
)
def test_whoever_is_excluded_is_no_part_of_the_mean(run_model: RunModel, study: Study) -> None:
    settings = of("mean", photos_per_mask=1, required_masks="all")

    rows = excluded(run_model, study, settings=settings)

    assert ("1", "missing_mask", "participant", "00-00") in rows
    assert {row[0] for row in rows if row[2] == "participant"} == {"1", "2"}


@pytest.mark.parametrize("reference", ["mean", "canonical"])
def test_who_has_no_mask_at_all_is_excluded(run_model: RunModel, reference: str) -> None:
    study = a_mixed_study().cell("nothing", "05-00", "no_face")

    rows = excluded(run_model, study, settings=of(reference))

    assert [row for row in rows if row[0] == "nothing"] == [
        ("nothing", "missing_mask", "participant", "00-00, 05-00"),
        ("nothing", "no_face", "photo", "05-00 1"),
    ]
