"""Files that a stand-in takes for videos, and what a lake holds of them."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.ingest.listeners import Listeners
from lakehouse.ingest.summary import Summary
from lakehouse.ingest.videos.summary import VideoSummary
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings

PART_FRAMES = 10
FILMS = {
    "00/00/0001/rest.mp4": "video 4",
    "05/00/0001/long.mp4": "video 33 gone 8 25",
    "05/00/0001/short.mp4": "video 7",
    "05/00/0002/broken.mp4": "broken",
    "05/00/0002/exact.mp4": "video 20",
    "05/00/0002/odd.mp4": "video 26 unforeseen",
    "05/00/0002/tail.mp4": "video 3",
}


def write_films(root: Path) -> Path:
    for name, content in FILMS.items():
        write_film(root, name, content)
    return root


def write_film(root: Path, name: str, content: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def filmed(
    root: Path,
    paths: WarehousePaths,
    listeners: Listeners = Listeners(),
    settings: Settings | None = None,
    **options: Any,
) -> VideoSummary:
    """Extract videos in small stretches, and tell of them."""
    summary = run(root, paths, listeners, settings, **options)
    assert summary.videos is not None
    return summary.videos


def run(
    root: Path,
    paths: WarehousePaths,
    listeners: Listeners = Listeners(),
    settings: Settings | None = None,
    **options: Any,
) -> Summary:
    given = {"part_frames": PART_FRAMES, **options}
    return extract(root, paths, settings or Settings(), ExtractionOptions(**given), listeners)


def parts(paths: WarehousePaths) -> dict[str, pa.Table]:
    """Give what each file holds, without the time of extraction."""
    found = {}
    for folder in (paths.frames, paths.videos, paths.frame_landmarks, paths.frame_blendshapes):
        for file in sorted(folder.glob("*.parquet")):
            table = pq.ParquetFile(file).read().replace_schema_metadata()
            if folder == paths.videos:
                table = table.drop_columns(["extracted_at"])
            found[f"{folder.name}/{file.name}"] = table
    return found


def rows(paths: WarehousePaths) -> dict[str, pa.Table]:
    """Give all rows, sorted, in whatever parts they lie."""
    found: dict[str, list[pa.Table]] = {}
    for name, table in parts(paths).items():
        found.setdefault(name.partition("/")[0], []).append(table)
    keys = ["participant", "video", "frame", "point", "blendshape"]
    result = {}
    for name, tables in found.items():
        table = pa.concat_tables(tables)
        by = [(key, "ascending") for key in keys if key in table.column_names]
        result[name] = table.sort_by(by).combine_chunks()
    return result


def statuses(paths: WarehousePaths) -> dict[str, str]:
    """Give the status of each video."""
    videos = rows(paths).get("videos")
    if videos is None:
        return {}
    names = zip(videos["participant"].to_pylist(), videos["video"].to_pylist(), strict=True)
    return dict(zip(map("/".join, names), videos["status"].to_pylist(), strict=True))
