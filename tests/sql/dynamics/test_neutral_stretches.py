import pytest

from tests.sql.support import Row, RunModel, settings_row, table

VIDEOS = table("video_index participant video", (1, "a", "v"))
EVENTS = table(
    "participant video event onset_s duration_s kind",
    ("a", "v", "early", 0.0, 1.0, "neutral"),
    ("a", "v", "near", 2.0, None, "neutral"),
    ("a", "v", "late", 8.0, 1.0, "neutral"),
    ("a", "v", "trial", 4.0, 2.0, "trial"),
)


def trials(onset: float, implied: bool = False) -> list[Row]:
    return table("trial_index video_index onset_s implied", (1, 1, onset, implied))


def seen(*times: float) -> dict[str, list[Row]]:
    """Frames with a face."""
    numbered = list(enumerate(times, start=1))
    return {
        "frames": table(
            "frame_index video_index time_s", *((at, 1, time) for at, time in numbered)
        ),
        "frame_alignments": table(
            "frame_index video_index time_s", *((at, 1, time) for at, time in numbered)
        ),
    }


EVERYWHERE = [at / 10 for at in range(100)]


@pytest.mark.parametrize(
    ("neutral", "onset", "times", "expected"),
    [
        # The last before the onset, of video.neutral_s where it does not say how long it is.
        ("events", 4.0, EVERYWHERE, [("event", 2.0, 2.5)]),
        # The one before has too few faces.
        ("events", 4.0, [0.1, 0.2, 0.3, 2.1, 2.2], [("event", 0.0, 1.0)]),
        # None before.
        ("events", 4.0, [8.1, 8.2, 8.3], [("event", 8.0, 9.0)]),
        ("events", 4.0, [3.6, 3.7, 3.8], [("start", 3.5, 4.0)]),
        ("start", 4.0, EVERYWHERE, [("start", 3.5, 4.0)]),
        # A frame at the onset is not before it.
        ("start", 4.0, [3.6, 3.7, 4.0], []),
        ("stillest", 4.0, EVERYWHERE, []),
    ],
)
def test_what_events_and_onset_offer(
    run_model: RunModel,
    neutral: str,
    onset: float,
    times: list[float],
    expected: list[tuple[str, float, float]],
) -> None:
    found = run_model(
        "offered_stretches",
        "neutral_source, from_s, to_s",
        settings=settings_row(video_neutral=neutral),
        videos=VIDEOS,
        events=EVENTS,
        video_trials=trials(onset),
        **seen(*times),
    )

    assert found == expected


def test_a_whole_video_begins_neutral(run_model: RunModel) -> None:
    found = run_model(
        "offered_stretches",
        "neutral_source, from_s, to_s",
        video_trials=trials(0.0, implied=True),
        **seen(0.2, 0.3, 0.4, 0.8),
    )

    assert found == [("start", 0.2, 0.7)]


def test_the_stillest_stretch_is_where_parts_vary_least(run_model: RunModel) -> None:
    # Two seconds: moving, and from 1 s on hardly.
    times = [at / 10 for at in range(20)]
    frames = table(
        "frame_index video_index time_s", *((at, 1, time) for at, time in enumerate(times, start=1))
    )
    centres = table(
        "video_index frame_index part x y",
        *((1, at, "jaw", float(at if at <= 10 else at % 2), 0.0) for at in range(1, 21)),
        *((1, at, "nose", 5.0, 5.0) for at in range(1, 21)),
    )

    found = run_model("still_stretches", frame_alignments=frames, still_centres=centres)

    [(video, start, end)] = found
    assert video == 1
    assert start >= 1.0
    assert end == pytest.approx(start + 0.5)


def test_a_stretch_without_most_of_its_frames_is_none(run_model: RunModel) -> None:
    # The stillest would be the last, but faces are missing there.
    times = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.4, 1.9, 2.0]
    frames = table(
        "frame_index video_index time_s", *((at, 1, time) for at, time in enumerate(times, start=1))
    )
    centres = table(
        "video_index frame_index part x y",
        *((1, at, "jaw", float(at % 3) if at <= 9 else 7.0, 0.0) for at in range(1, 14)),
    )

    [(_, start, _)] = run_model("still_stretches", frame_alignments=frames, still_centres=centres)

    assert start < 0.9


def test_the_stillest_is_for_trials_that_have_nothing_else(run_model: RunModel) -> None:
    found = run_model(
        "neutral_stretches",
        video_trials=table("trial_index video_index", (1, 1), (2, 1), (3, 2)),
        offered_stretches=table("trial_index neutral_source from_s to_s", (1, "start", 0.0, 0.5)),
        still_stretches=table("video_index from_s to_s", (1, 2.0, 2.5)),
    )

    assert found == [(1, "start", 0.0, 0.5), (2, "stillest", 2.0, 2.5)]
