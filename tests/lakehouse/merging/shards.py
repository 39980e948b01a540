"""Photographs that a stand-in looks at, their shards, and what a lake holds."""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from lakehouse.dataset.shard import Shard
from lakehouse.extraction import extract as extraction
from lakehouse.extraction import options
from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.ingest.listeners import Listeners
from lakehouse.ingest.summary import Summary
from lakehouse.lake.staging import shard_warehouse
from lakehouse.merging.merge import MergeOptions, merge
from lakehouse.merging.summary import MergeSummary
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from tests.lakehouse.lake.lakes import ORDER, rows
from tests.stand_in import StandIn

PEOPLE = 8
PART_PHOTOS = 3


def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no real workers, and no slow disk."""
    monkeypatch.setattr(options, "WorkerPool", StandIn)
    monkeypatch.setattr(extraction, "fetch_model", lambda _: Path("no model"))
    monkeypatch.setattr(extraction, "require_graphics", lambda _: None)
    # No power is cut here.
    monkeypatch.setattr(os, "fsync", lambda _: None)


def write_photos(root: Path) -> Path:
    """Write what the stand-in takes for photographs, among them failures and twins of one name."""
    for person in range(PEOPLE):
        for code in ("00", "05"):
            for photo in range(1 + person % 3):
                write(root, f"{code}/00/{person:04d}/{photo}.png", f"{code} {person} {photo}")
    write(root, "05/00/0001/0.jpg", "of the same name")
    write(root, "00/00/0002/gone.png", "damaged")
    write(root, "00/00/0007/nobody.png", "nobody")
    return root


def write(root: Path, name: str, content: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


def extracted(
    photos: Path,
    paths: WarehousePaths,
    shard: str | None = None,
    listeners: Listeners = Listeners(),
    settings: Settings | None = None,
    **options: Any,
) -> Summary:
    given = None if shard is None else Shard.parse(shard)
    how = ExtractionOptions(part_photos=PART_PHOTOS, shard=given, **options)
    return extract(photos, paths, settings or Settings(), how, listeners)


def sharded(photos: Path, paths: WarehousePaths, of: int) -> list[WarehousePaths]:
    """Extract all shards, one after the other."""
    for number in range(1, of + 1):
        extracted(photos, paths, f"{number}/{of}")
    return [shard_warehouse(paths, number, of) for number in range(1, of + 1)]


def merged(
    paths: WarehousePaths, given: Sequence[WarehousePaths] = (), *, remove: bool = False
) -> MergeSummary:
    options = MergeOptions(remove=remove, part_photos=PART_PHOTOS)
    return merge(paths, [each.root for each in given], ORDER, options)


def content(paths: WarehousePaths) -> list[Counter[tuple[object, ...]]]:
    """Count the rows of each kind, without the time of extraction, which is the last column."""
    photos, *others = rows(paths)
    return [Counter({row[:-1]: times for row, times in photos.items()}), *others]


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Give every file with when it was written."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {".lock", ".lake.held"}
    }
