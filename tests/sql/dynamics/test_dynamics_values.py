"""Who has videos only is a participant, and courses are features."""

import pytest

from tests.sql.support import RunModel, table

VIDEOS = table("video_index participant video", (1, "a", "v"), (2, "b", "w"))


def test_who_has_videos_only_is_included(run_model: RunModel) -> None:
    people = run_model("participants", videos=VIDEOS, scores=table("participant", ("a",), ("c",)))

    assert people == [
        ("a", True, 0, 0, False, None),
        ("b", True, 0, 0, False, None),
        ("c", True, 0, 0, False, "own"),
    ]


def test_videos_are_as_good_as_photographs(run_model: RunModel) -> None:
    scores = table("participant instrument score", ("a", "dbi", 3.0), ("c", "dbi", 4.0))

    found = run_model("exclusions", "participant, reason, scope", videos=VIDEOS, scores=scores)

    assert found == [
        ("b", "no_scores", "correlations"),
        ("c", "no_photos", "participant"),
    ]


def test_trials_of_a_mask_are_averaged_where_they_have_a_value(run_model: RunModel) -> None:
    expressions = table("expression code", ("neutral", "00"), ("happiness", "05"))
    columns = "trial_index participant expression supervised mask"
    trials = table(
        columns,
        (1, "a", "happiness", False, "05-00"),
        (2, "a", "happiness", False, "05-00"),
        (3, "a", "neutral", False, "00-00"),
        (4, "a", "sleepy", False, None),
        (5, "excluded", "happiness", False, "05-00"),
    )
    measured = run_model(
        "trial_measures",
        "participant, mask, group_id, place, value",
        trials=trials,
        participants=table("participant included", ("a", True), ("excluded", False)),
        expressions=expressions,
        dynamics_measures=table(
            "group_id measure group_index", (3, "onset", 5), (15, "amplitude", 5), (7, "rise", 5)
        ),
        series_dynamics=table(
            "trial_index series_index rise_10_s rise_50_s rise_90_s amplitude",
            (1, 5, 0.25, 0.4, 0.75, 30.0),
            (2, 5, None, None, None, 4.0),
        ),
    )

    assert measured == [
        ("a", "05-00", 3, 1, 0.4),
        ("a", "05-00", 3, 2, None),
        ("a", "05-00", 7, 1, 0.5),
        ("a", "05-00", 7, 2, None),
        ("a", "05-00", 15, 1, 30.0),
        ("a", "05-00", 15, 2, 4.0),
    ]
    values = run_model(
        "dynamics_values",
        "group_id, value, trials",
        trial_measures=table("participant mask group_id place value", *measured),
    )
    assert values == [(3, 0.4, 1), (7, 0.5, 1), (15, pytest.approx(17), 2)]
