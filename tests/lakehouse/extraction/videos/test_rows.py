from pathlib import Path

import pytest

from lakehouse.dataset.listing import VideoFile
from lakehouse.extraction.videos.jobs import Told
from lakehouse.extraction.videos.rows import video_row
from lakehouse.ingest.videos.result import Chunk, Probed, Problem
from lakehouse.lake.schemas import VIDEOS
from lakehouse.video.facts import Facts

FILE = VideoFile("1", "anger", True, "clip", "clip.mp4", Path("clip.mp4"))
MADE_BY = {"extractor": "mediapipe 1", "model_sha256": "model"}


def outcome(
    statuses: list[str], end: Chunk | Problem | None, problem: Problem | None = None
) -> tuple[str, str | None]:
    told = Told([number / 10 for number in range(len(statuses))], statuses)
    row = video_row(FILE, Probed("hash", problem=problem), told, end, MADE_BY)
    assert [*row] == VIDEOS.names
    return row["status"], row["error"]


@pytest.mark.parametrize(
    ("statuses", "end", "became"),
    [
        (["no_face", "ok"], Chunk((), (), 2), ("ok", None)),
        (
            ["ok"],
            Chunk((), (), 1, Problem("ok", "a frame is missing")),
            ("ok", "a frame is missing"),
        ),
        (["no_face"], Chunk((), (), 1), ("no_face", "no face was found in any frame")),
        (["no_face"], Chunk((), (), 1, Problem("truncated", "cut")), ("truncated", "cut")),
        (["ok"], Problem("crashed", "by a signal"), ("crashed", "by a signal")),
        (["ok"], Chunk((), (), None, Problem("unsupported", "turns")), ("unsupported", "turns")),
    ],
)
def test_what_became_of_a_video_is_said(
    statuses: list[str], end: Chunk | Problem, became: tuple[str, str | None]
) -> None:
    assert outcome(statuses, end) == became


def test_what_cannot_be_opened_has_a_row() -> None:
    problem = Problem("unreadable", "it is empty")
    assert outcome([], None, problem) == problem


def test_steps_and_frames_are_those_that_were_looked_at() -> None:
    told = Told([0.0, 0.1, 0.2, 0.6], ["ok", "corrupt", "no_face", "ok"])
    facts = Facts(duration_s=9.0, header_frames=5)
    row = video_row(FILE, Probed("hash", facts=facts), told, Chunk((), (), 4), MADE_BY)
    steps = [row[f"{which}_step_s"] for which in ("min", "median", "max")]
    assert steps == pytest.approx([0.1, 0.1, 0.4])
    counts = ("header_frames", "decoded_frames", "corrupt_frames", "face_frames")
    assert [row[name] for name in counts] == [5, 4, 1, 2]
    # Headers are often wrong about it.
    assert row["duration_s"] == pytest.approx(0.7)
