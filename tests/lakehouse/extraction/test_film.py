from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lakehouse.extraction.film import look_at_video
from lakehouse.extraction.retries import FaceFinder
from lakehouse.extraction.sighting import Pixels, Sighting
from lakehouse.ingest.videos.result import Chunk, ChunkTask, Known, Probed, ProbeTask
from tests.clips import FILM, clip
from tests.numbered_video import number_in
from tests.video_zoo import Specimen, video_zoo


class Blocks:
    """Sees a face in each upright numbered picture, as far right as its number says."""

    def detect(self, pixels: Pixels) -> list[Sighting]:
        number = number_in(pixels)
        if number is None:
            return []
        points = np.full((478, 3), 100.0) + np.arange(478)[:, None] / 7
        points[:, 0] += number
        return [Sighting(points, ("smile",), np.ones(1, np.float32), np.eye(3))]


BLOCKS = FaceFinder(Blocks(), Blocks, lambda _: 1.0)


def looked_at(path: Path, every: int = 1, size: int = 1000) -> Iterator[Chunk]:
    """Look at all of a video, stretch by stretch, each behind the one before."""
    first, behind = 0, None
    while True:
        answer = look_at_video(ChunkTask(str(path), every, first, size, behind), BLOCKS)
        assert isinstance(answer, Chunk)
        yield answer
        if answer.ended:
            return
        last = answer.frames[-1]
        first, behind = last.number + every, Known(last.number, last.time_s)


@pytest.mark.parametrize("specimen", video_zoo(), ids=lambda each: each.name)
def test_every_file_of_the_zoo_is_an_answer(specimen: Specimen, video_zoo_folder: Path) -> None:
    path = video_zoo_folder / specimen.name
    probed = look_at_video(ProbeTask(str(path)), BLOCKS)
    assert isinstance(probed, Probed)
    if probed.problem is not None:
        assert probed.problem.status == specimen.status
        assert specimen.error in probed.problem.error
        return
    whole = list(looked_at(path))
    assert (whole[-1].problem.status if whole[-1].problem else "ok") == specimen.status
    frames = [frame for chunk in whole for frame in chunk.frames]
    assert [frame.number for frame in frames] == list(range(len(frames)))
    assert whole[-1].decoded == len(frames)
    pieces = [frame for chunk in looked_at(path, size=5) for frame in chunk.frames]
    assert [(each.number, each.time_s, each.corrupt) for each in pieces] == [
        (each.number, each.time_s, each.corrupt) for each in frames
    ]
    for one, other in zip(frames, pieces, strict=True):
        assert len(one.faces) == len(other.faces) == (0 if one.corrupt else 1)
        for face, again in zip(one.faces, other.faces, strict=True):
            np.testing.assert_array_equal(face.landmarks, again.landmarks)


def test_times_are_foreseen_where_frames_can_be_sought(tmp_path: Path) -> None:
    for ending, container, foreseen in (
        ("mp4", "mp4", True),
        ("mkv", "matroska", True),
        ("ts", "mpegts", False),
    ):
        film = replace(FILM, container=container, b_frames=2)
        path = clip(tmp_path / f"clip.{ending}", 12, film=film)
        probed = look_at_video(ProbeTask(str(path)), BLOCKS)
        assert isinstance(probed, Probed)
        [chunk] = looked_at(path)
        if foreseen:
            assert probed.times is not None
            assert probed.times.tolist() == [frame.time_s for frame in chunk.frames]
        else:
            assert probed.times is None


def test_landmarks_are_sixteenths_and_every_nth_frame_keeps_its_place(
    video_zoo_folder: Path,
) -> None:
    path = video_zoo_folder / video_zoo()[0].name
    [*chunks] = looked_at(path, every=5, size=2)
    frames = [frame for chunk in chunks for frame in chunk.frames]
    assert [frame.number for frame in frames] == list(range(0, 24, 5))
    assert chunks[-1].decoded == 24
    assert chunks[0].blendshape_names == ("smile",)
    for frame in frames:
        sixteenths = frame.faces[0].landmarks * 16
        np.testing.assert_array_equal(sixteenths, np.round(sixteenths))


def test_a_file_that_is_gone_is_an_answer(tmp_path: Path) -> None:
    probed = look_at_video(ProbeTask(str(tmp_path / "gone.mp4")), BLOCKS)
    assert isinstance(probed, Probed)
    assert probed.problem is not None
    assert (probed.sha256, probed.problem.status) == (None, "unreadable")
