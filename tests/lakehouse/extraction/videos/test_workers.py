"""What real workers find does not hang on how many they are, nor on how videos are divided."""

from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pytest

from lakehouse.extraction.options import Workers
from lakehouse.paths import WarehousePaths
from tests.clips import SIDE, write_clips
from tests.films import filmed, parts, rows, statuses
from tests.once import Once

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("face_model_path")]

STRETCH = 20


@pytest.fixture(scope="session")
def clips(once: Once) -> Path:
    """Videos of the portrait; read only."""
    return once("clips", write_clips)


@pytest.fixture(scope="session")
def clips_lake(clips: Path, once: Once) -> WarehousePaths:
    """Their lake, by two workers in stretches of 20 frames; read only."""

    def make(folder: Path) -> WarehousePaths:
        paths = WarehousePaths(folder)
        filmed(clips, paths, part_frames=STRETCH, workers=Workers(2))
        return paths

    return once("clips_lake", make)


def test_videos_are_in_the_lake(clips_lake: WarehousePaths) -> None:
    assert statuses(clips_lake) == {
        "0001/rest": "ok",
        "0001/long": "ok",
        "0001/short": "ok",
        "0002/stream": "ok",
        "0002/tail": "ok",
        "0002/text": "unreadable",
    }
    held = rows(clips_lake)
    frames = held["frames"]
    long = frames.filter(pc.equal(frames["video"], "long"))
    assert long["frame"].to_pylist() == list(range(66))
    assert long["time_s"].to_pylist() == pytest.approx([number / 25 for number in range(66)])
    gone = [row["frame"] for row in long.to_pylist() if row["status"] == "no_face"]
    assert gone == list(range(28, 47))
    assert set(frames["faces"].to_pylist()) == {0, 1}
    points = held["frame_landmarks"]
    x = np.asarray(points["x"])
    np.testing.assert_array_equal(x * 16, np.round(x * 16))
    assert 0 < x.min() < x.max() < SIDE
    # The face sways by four pixels to both sides.
    nose = points.filter(pc.and_(pc.equal(points["point"], 1), pc.equal(points["video"], "long")))
    assert 6 < np.ptp(np.asarray(nose["x"])) < 11


def test_one_worker_finds_the_same(clips: Path, clips_lake: WarehousePaths, tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "one")
    filmed(clips, paths, part_frames=STRETCH, workers=Workers(1))
    assert parts(paths) == parts(clips_lake)


@pytest.mark.portable
def test_undivided_videos_give_the_same_rows(
    clips: Path, clips_lake: WarehousePaths, tmp_path: Path
) -> None:
    paths = WarehousePaths(tmp_path / "whole")
    filmed(clips, paths, part_frames=1000, workers=Workers(2))
    assert rows(paths) == rows(clips_lake)
