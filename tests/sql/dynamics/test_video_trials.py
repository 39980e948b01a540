from tests.sql.support import RunModel, table

VIDEOS = table(
    "video_index participant video expression supervised",
    *((1, "a", "clip", "happiness", True), (2, "a", "session", None, None)),
)
EXPRESSIONS = table("expression code", ("neutral", "00"), ("happiness", "05"))
COLUMNS = "participant video event onset_s duration_s expression supervised kind implied"


def test_a_clip_without_events_is_one_trial(run_model: RunModel) -> None:
    events = run_model("events", "participant, video, event, onset_s, kind, implied", videos=VIDEOS)

    assert events == [("a", "clip", "trial", 0.0, "trial", True)]


def test_a_clip_with_trials_is_not_another(run_model: RunModel) -> None:
    listed = table(
        "participant video event onset_s kind",
        ("a", "clip", "x", 1.5, "trial"),
        ("a", "session", "y", 2.0, "ignore"),
        ("b", "elsewhere", "z", 0.0, "trial"),
    )

    events = run_model("events", "video, event, implied", videos=VIDEOS, source_events=listed)

    assert events == [("clip", "x", False), ("elsewhere", "z", False), ("session", "y", False)]


def test_a_trial_ends_by_its_duration_or_where_the_next_begins(run_model: RunModel) -> None:
    events = table(
        COLUMNS,
        ("a", "session", "1", 2.0, 1.5, "happiness", False, "trial", False),
        ("a", "session", "2", 5.0, None, "happiness", None, "trial", False),
        ("a", "session", "3", 9.0, None, "sleepy", True, "trial", False),
        ("a", "session", "4", 6.0, None, None, None, "neutral", False),
        ("b", "elsewhere", "5", 0.0, None, "happiness", None, "trial", False),
    )

    trials = run_model(
        "video_trials",
        "trial_index, event, supervised, mask, onset_s, end_s",
        videos=VIDEOS,
        expressions=EXPRESSIONS,
        events=events,
    )

    assert trials == [
        (1, "1", False, "05-00", 2.0, 3.5),
        (2, "2", False, "05-00", 5.0, 9.0),
        (3, "3", True, None, 9.0, None),
    ]


def test_a_trial_shows_what_its_video_shows_unless_the_event_says_else(
    run_model: RunModel,
) -> None:
    events = table(
        COLUMNS,
        ("a", "clip", "1", 0.0, 1.0, None, None, "trial", False),
        ("a", "clip", "2", 1.0, 1.0, "neutral", False, "trial", False),
        ("a", "session", "3", 0.0, 1.0, None, None, "trial", False),
    )

    trials = run_model(
        "video_trials",
        "event, expression, supervised, mask",
        videos=VIDEOS,
        expressions=EXPRESSIONS,
        events=events,
    )

    assert trials == [
        ("1", "happiness", True, "05-01"),
        ("2", "neutral", False, "00-00"),
        ("3", None, False, None),
    ]
