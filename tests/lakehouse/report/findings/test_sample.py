"""Who the results are of, and who was left out."""

from typing import Any

import pytest

from lakehouse.report.findings.sample import left_out, sample
from lakehouse.report.privacy import Privacy
from tests.lakehouse.report.given import Given, facts, settings, words

PHOTOGRAPHS = [{"photographs": 960}]


def given(
    *reasons: tuple[str, int],
    aggregate: bool = False,
    extractor: str = "mediapipe 1.2.2",
    **known: Any,
) -> Given:
    frames: dict[str, list[dict[str, Any]]] = {
        "glance_photographs": PHOTOGRAPHS,
        "extractors": [{"extractor": extractor, "model_sha256": "a", "photographs": 960}],
        "left_out": [{"reason": reason, "people": people} for reason, people in reasons],
    }
    return Given(facts(**known), frames, Privacy(aggregate=aggregate))


def test_people_photographs_and_expressions_are_counted() -> None:
    assert sample(given(), words()) == (
        "The results are of 20 participants and 960 photographs: the neutral face and 3 "
        "expressions (anger, fear and happiness), without and with the cue. Nobody was left out."
    )


def test_videos_are_counted_beside_photographs_and_alone() -> None:
    said = "There are 8 videos of 4 participants, with 1 trial of an expression: see Movement"
    filmed = {"videos": 8, "filmed": 4, "trials": 1}

    assert said in sample(given(**filmed), words())
    assert sample(given(participants=0, included=0, **filmed), words()).startswith(said)
    assert said not in sample(given(aggregate=True, **filmed), words())
    assert "videos" not in sample(given(), words())


def test_stills_are_explained_where_masks_are_made_of_videos() -> None:
    videos = settings(video={"masks": "plateau"})

    assert "A still is the mean face" in sample(given(settings=videos), words())
    assert "A still" not in sample(given(), words())


def test_one_of_each_is_said_in_the_singular() -> None:
    one = given(
        participants=1, included=1, own_neutral=1, expressions=("fear",), conditions=(False,)
    )

    assert sample(one, words("pt")) == (
        "Os resultados são de 1 participante e 960 fotografias: a face neutra e 1 expressão "
        "(fear). Ninguém ficou de fora."
    )


def test_reasons_are_told_with_their_people() -> None:
    said = sample(given(("missing_mask", 4), ("no_photos", 3), participants=26), words())

    assert "Of 26 people 6 were left out." in said
    assert "several: a mask that is missing (4) and no photograph (3)." in said


def test_few_who_were_left_out_are_not_counted_in_an_aggregated_report() -> None:
    few = given(aggregate=True, participants=24)
    said = sample(few, words())

    assert left_out(few) is None
    assert "Fewer than 5 people were left out." in said
    assert "24" not in said


def test_few_who_are_included_are_not_counted_there() -> None:
    assert sample(given(aggregate=True, participants=20, included=4), words()).startswith(
        "Fewer than 5 people are included"
    )
    assert "4 participants" in sample(given(participants=4, included=4), words())


@pytest.mark.parametrize(("participants", "counted"), [(25, 5), (20, 0)])
def test_as_many_as_five_and_none_are_counted_there(participants: int, counted: int) -> None:
    assert left_out(given(aggregate=True, participants=participants)) == counted


def test_nobody_included_is_said_with_the_reasons() -> None:
    said = sample(given(("photo_count", 20), included=0), words())

    assert said.startswith("All 20 participants are left out, so there are no results.")
    assert "a mask with too few or too many photographs (20)" in said


def test_an_empty_warehouse_is_told_what_comes_first() -> None:
    assert "`lakehouse extract PHOTOS`" in sample(given(participants=0, included=0), words())


def test_another_face_than_the_own_neutral_one_is_told() -> None:
    mean = given(own_neutral=12, settings=settings(quality={"reference": "mean"}))

    assert (
        "8 participants have no neutral face and are compared with the mean neutral face of the "
        "others" in sample(mean, words())
    )


def test_made_up_landmarks_are_called_so() -> None:
    assert "nothing here is said of real people" in sample(given(extractor="synthetic"), words())
    assert "real people" not in sample(given(), words())
