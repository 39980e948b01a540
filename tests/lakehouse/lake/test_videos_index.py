import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from lakehouse.dataset.listing import VideoFile
from lakehouse.extraction.videos.jobs import Told
from lakehouse.extraction.videos.rows import video_row
from lakehouse.ingest.videos.part_writer import VideoPartWriter
from lakehouse.ingest.videos.result import Chunk, Probed
from lakehouse.ingest.videos.tables import FrameRecord, Stretch
from lakehouse.lake import compact as compacting
from lakehouse.lake.compact import compact
from lakehouse.lake.inspection import inspect
from lakehouse.lake.leftovers import clear_leftovers
from lakehouse.lake.origin import look_at_origin, record_origin
from lakehouse.lake.video_parts import video_part_names
from lakehouse.lake.videos_index import complete, read_videos_index
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.status import status
from tests.films import parts
from tests.lakehouse.lake.lakes import ORDER, PARTS, write_lake

MADE_BY = {"extractor": "mediapipe 1", "model_sha256": "model"}


def stretch(video: str, first: int, frames: int, *, ends: bool, every: int = 1) -> Stretch:
    """Give frames without a face, and the video's row where it ends."""
    numbers = range(first * every, (first + frames) * every, every)
    records = [FrameRecord(number, number / 25, "no_face", 0, None) for number in numbers]
    row = None
    if ends:
        file = VideoFile("1", None, None, video, f"{video}.mp4", Path(f"{video}.mp4"))
        told = Told([number / 25 for number in range(first + frames)], ["no_face"] * frames)
        row = video_row(file, Probed("hash"), told, Chunk((), (), first + frames), MADE_BY)
    return Stretch(("1", video), records, (), row)


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    """A lake of a long video, two short ones and one that is not complete."""
    paths = WarehousePaths(tmp_path / "warehouse")
    writer = VideoPartWriter(paths, 5)
    writer.add_chunk(stretch("long", 0, 5, ends=False))
    writer.add_chunk(stretch("long", 5, 2, ends=True))
    writer.add_whole(stretch("a", 0, 3, ends=True, every=4))
    writer.add_whole(stretch("b", 0, 0, ends=True))
    writer.add_chunk(stretch("begun", 0, 5, ends=False))
    return paths


def test_it_says_where_videos_are(paths: WarehousePaths) -> None:
    index = read_videos_index(paths)
    assert {
        key[1]: (video.parts, video.frames, video.every, video.row is not None)
        for key, video in index.items()
    } == {
        "long": (["video-000001.parquet", "video-000002.parquet"], 7, 1, True),
        "a": (["video-000003.parquet"], 3, 4, True),
        "b": (["video-000003.parquet"], 0, None, True),
        "begun": (["video-000004.parquet"], 5, 1, False),
    }
    assert [key[1] for key in complete(index)] == ["long", "a", "b"]
    assert index["1", "long"].status == "no_face"


def test_videos_are_dropped_from_their_parts(paths: WarehousePaths) -> None:
    index = read_videos_index(paths)
    VideoPartWriter(paths).drop([index["1", "long"], index["1", "a"]])
    assert {key[1]: video.parts for key, video in read_videos_index(paths).items()} == {
        "b": ["video-000003.parquet"],
        "begun": ["video-000004.parquet"],
    }
    assert not inspect(paths).damaged


def frames_of(paths: WarehousePaths) -> list[tuple[str, int]]:
    """Give video and number of all frames, in the order of the parts."""
    tables = [pq.read_table(paths.frames / name) for name in video_part_names(paths)]
    return [(row["video"], row["frame"]) for table in tables for row in table.to_pylist()]


@pytest.mark.parametrize(
    ("full", "names"),
    [
        # Frames of the parts are 5, 2, 3 and 5.
        (1800, ["video-000005.parquet"]),
        (10, ["video-000005.parquet", "video-000006.parquet"]),
        (5, ["video-000001.parquet", "video-000005.parquet", "video-000006.parquet"]),
        (4, [f"video-00000{number}.parquet" for number in range(1, 5)]),
    ],
)
def test_small_parts_of_video_are_joined_in_their_order(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch, full: int, names: list[str]
) -> None:
    monkeypatch.setattr(compacting, "PART_FRAMES", full)
    before, frames = read_videos_index(paths), frames_of(paths)
    summary = compact(paths, ORDER)
    assert video_part_names(paths) == names
    assert (summary.video_parts_before, summary.video_parts_after) == (4, len(names))
    assert (summary.videos, summary.frames) == (3, 15)
    assert frames_of(paths) == frames
    after = read_videos_index(paths)
    assert {key: (each.row, each.frames, each.every) for key, each in after.items()} == {
        key: (each.row, each.frames, each.every) for key, each in before.items()
    }
    assert not inspect(paths).damaged
    again = compact(paths, ORDER)
    assert again.video_parts_before == again.video_parts_after == len(names)
    assert video_part_names(paths) == names
    # What an interrupted run left goes on behind the last part.
    VideoPartWriter(paths).add_chunk(stretch("begun", 5, 1, ends=True))
    assert complete(read_videos_index(paths))["1", "begun"].frames == 6


def test_a_videos_chunks_that_lie_apart_come_together(paths: WarehousePaths) -> None:
    writer = VideoPartWriter(paths)
    writer.add_chunk(stretch("c", 0, 2, ends=True))
    writer.add_chunk(stretch("begun", 5, 2, ends=True))
    compact(paths, ORDER)
    assert frames_of(paths)[-9:] == [("begun", at) for at in range(7)] + [("c", 0), ("c", 1)]
    assert read_videos_index(paths)["1", "begun"].parts == ["video-000007.parquet"]


def test_photographs_are_compacted_beside_videos(
    paths: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compacting, "PART_FRAMES", 4)
    write_lake(paths, PARTS[1:])
    before = parts(paths)
    assert compact(paths, ORDER).parts_written
    assert parts(paths) == before
    assert not inspect(paths).damaged


@pytest.mark.parametrize("folder", ["frames", "videos", "frame_landmarks", "frame_blendshapes"])
def test_a_changed_or_missing_file_is_damage(folder: str, paths: WarehousePaths) -> None:
    file = paths.lake / folder / "video-000002.parquet"
    content = file.read_bytes()
    file.write_bytes(content[:-9] + b"x" + content[-8:])
    assert inspect(paths).damaged_video_parts == ("video-000002.parquet",)
    file.unlink()
    inspection = inspect(paths)
    assert inspection.damaged_video_parts == ("video-000002.parquet",)
    assert inspection.damaged_parts == ()


def test_a_stranger_is_told(paths: WarehousePaths) -> None:
    shutil.copy(paths.frames / "video-000001.parquet", paths.videos / "other.parquet")
    [damage] = inspect(paths).damaged
    assert (damage.file, damage.problem) == (
        "videos/other.parquet",
        "belongs to no part of the lake",
    )


def test_what_a_killed_command_left_is_cleared(paths: WarehousePaths) -> None:
    before = parts(paths)
    file = paths.frames / "video-000002.parquet"
    # Marked ready, and not yet in its place.
    file.rename(file.with_name(f".{file.name}.ready"))
    clear_leftovers(paths)
    assert parts(paths) == before


def test_status_and_origin_count_them(paths: WarehousePaths, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").touch()
    record_origin(paths, tmp_path)
    origin = look_at_origin(paths)
    assert origin
    assert set(origin.gone) == {"long.mp4", "b.mp4"}
    found = status(paths, Settings()).videos
    assert found.statuses == {"no_face": 3}
    assert (found.participants, found.frames, found.face_frames, found.unfinished) == (1, 15, 0, 1)
    assert found.seconds == pytest.approx((6 + 8 + 4) / 25)
