"""A lake with videos, of which nothing but their row is there."""

from pathlib import Path

import pyarrow as pa

from lakehouse.lake.schemas import FRAME_BLENDSHAPES, FRAME_LANDMARKS, FRAMES, VIDEOS
from lakehouse.lake.video_parts import VideoTables, commit_video_part
from lakehouse.paths import WarehousePaths

SESSION = {"expression": None, "supervised": None}


def write_videos(paths: WarehousePaths, *videos: dict[str, object]) -> WarehousePaths:
    """Commit a part of videos of ten seconds, each of happiness unless it says otherwise."""
    rows = [
        {
            "expression": "happiness",
            "supervised": False,
            "path": f"{video['participant']}/{video['video']}.mp4",
            "duration_s": 10.0,
            "status": "ok",
            "extractor": "test",
            "extracted_at": "2026-01-01T00:00:00Z",
            **video,
        }
        for video in videos
    ]
    tables = VideoTables(
        FRAME_LANDMARKS.empty_table(),
        FRAME_BLENDSHAPES.empty_table(),
        pa.Table.from_pylist(rows, schema=VIDEOS),
        FRAMES.empty_table(),
    )
    commit_video_part(paths, "video-000001.parquet", tables)
    return paths


def sessions(root: Path, *participants: str) -> WarehousePaths:
    """Make a lake with a session of each participant, called after them."""
    paths = WarehousePaths(root)
    videos = [{"participant": who, "video": f"session_{who}", **SESSION} for who in participants]
    return write_videos(paths, *videos)
