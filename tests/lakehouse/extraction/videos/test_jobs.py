from pathlib import Path

import numpy as np
import pytest

from lakehouse.dataset.listing import VideoFile
from lakehouse.extraction.videos.jobs import Job, Told, chunk_frames
from lakehouse.ingest.videos.result import Chunk, Known, LookedAt, Probed, Problem

FILE = VideoFile("1", None, None, "clip", "clip.mp4", Path("clip.mp4"))


def times(frames: int, step: float = 0.25) -> np.ndarray:
    return np.arange(frames) * step


def chunk(numbers: range, step: float = 0.25, decoded: int | None = None) -> Chunk:
    looked = (LookedAt(number, number * step, False, ()) for number in numbers)
    return Chunk(tuple(looked), (), decoded)


def job(expected: np.ndarray | None, **options: object) -> Job:
    made = Job(FILE, None, 1, part_frames=10, **options)  # type: ignore[arg-type]
    made.opened(Probed("hash", times=expected))
    return made


def taken(made: Job) -> Chunk | Problem | None:
    """Take the next stretch as the run does."""
    answer = made.take()
    if isinstance(answer, Chunk):
        made.told.times += [frame.time_s for frame in answer.frames]
    return answer


def test_stretches_that_are_foreseen_are_given_out_at_once() -> None:
    made = job(times(25))
    given = [made.next_task() for _ in range(4)]
    assert [each and (each[2].first, each[2].behind) for each in given] == [
        (0, None),
        # Behind the last frame of the second before the one that the frame before begins in.
        (10, Known(7, 1.75)),
        (20, Known(15, 3.75)),
        None,
    ]


def test_stretches_that_are_not_foreseen_wait_for_those_before() -> None:
    made = job(None)
    place, of_round, task = made.next_task() or pytest.fail("there is one")
    assert task.first == 0
    assert made.next_task() is None
    made.arrived(place, of_round, chunk(range(10)))
    assert made.next_task() is None
    assert taken(made)
    following = made.next_task()
    assert following
    assert (following[2].first, following[2].behind) == (10, Known(7, 1.75))
    made.arrived(following[0], following[1], chunk(range(10, 13), decoded=13))
    assert taken(made)
    assert made.over
    assert made.next_task() is None


def test_what_was_foreseen_wrongly_is_given_out_again() -> None:
    made = job(times(25))
    first, second, _ = (made.next_task() or pytest.fail("there is one") for _ in range(3))
    made.arrived(*second[:2], chunk(range(10, 20)))
    made.arrived(*first[:2], chunk(range(10), step=0.3))
    assert taken(made)
    # What lay behind it began elsewhere.
    assert taken(made) is None
    again = made.next_task()
    assert again
    assert again[2].first == 10
    assert again[2].behind == Known(6, pytest.approx(1.8))
    made.arrived(*second[:2], chunk(range(10, 20)))
    assert taken(made) is None
    made.arrived(*again[:2], chunk(range(10, 12), step=0.3, decoded=12))
    assert taken(made)
    assert made.over


def test_a_video_that_ends_early_needs_no_more_stretches() -> None:
    made = job(times(25))
    first, second, _ = (made.next_task() or pytest.fail("there is one") for _ in range(3))
    made.arrived(*first[:2], chunk(range(6), decoded=6))
    assert taken(made)
    made.arrived(*second[:2], chunk(range(0), decoded=6))
    assert taken(made) is None
    assert made.over
    assert made.waiting == 0


def test_a_video_that_was_begun_goes_on_unless_it_is_another() -> None:
    told = Told(list(times(20)), ["ok"] * 20)
    made = job(None, told=told, known_sha256="hash")
    following = made.next_task()
    assert following
    assert following[2].first == 20
    other = job(None, told=Told(list(times(20)), ["ok"] * 20), known_sha256="another")
    assert other.restarted
    following = other.next_task()
    assert following
    assert following[2].first == 0


@pytest.mark.parametrize(
    ("every", "frames"), [(1, 1800), (10, 1800), (11, 1636), (1000, 18), (20_000, 1)]
)
def test_few_frames_of_many_are_a_chunk(every: int, frames: int) -> None:
    assert chunk_frames(every) == frames
