"""Photographs with two lakes: one trusts the stamps of files, for the other all are read."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lakehouse.errors import LakehouseError
from lakehouse.extraction import extract as extraction_module
from lakehouse.extraction import options as options_module
from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.ingest.summary import Summary
from lakehouse.lake.parts import part_names, read_part
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.system import file_stamps
from tests.stand_in import StandIn

STEP_S = 0.02
"""Clocks of file systems are taken to go in such steps here; real ones go in smaller ones."""

SETTINGS = Settings()
NAMES = tuple(f"{expression}/00/{person}/{photo}.jpg"
              for expression in ("00", "05") for person in "12" for photo in "ab")  # fmt: skip


class Refused(Exception):
    """Neither way was a folder extracted."""


class Study:
    """A folder of photographs with a lake by stamps, and one for which all files are read."""

    def __init__(self, folder: Path) -> None:
        self.photos = folder / "photos"
        self.quick = WarehousePaths(folder / "quick")
        self.careful = WarehousePaths(folder / "careful")
        for number, name in enumerate(NAMES):
            self.write(name, f"content {number}")

    def write(self, name: str, content: str) -> None:
        path = self.photos / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)

    def extract(self, **options: Any) -> Summary:
        time.sleep(1.5 * STEP_S)
        return extract(self.photos, self.quick, SETTINGS, how(**options))

    def extract_both(self, **options: Any) -> Summary:
        """Extract into both lakes, and compare them and what is told."""
        try:
            summary = self.extract(**options)
        except LakehouseError as error:
            # Such as of a damaged part whose photographs are gone.
            with pytest.raises(type(error)):
                extract(self.photos, self.careful, SETTINGS, how(verify=True, **options))
            raise Refused from error
        careful = extract(self.photos, self.careful, SETTINGS, how(verify=True, **options))
        assert careful.by_stamp == 0
        assert told(summary) == told(careful)
        assert content(self.quick) == content(self.careful)
        return summary


def how(**options: Any) -> ExtractionOptions:
    return ExtractionOptions(part_photos=3, **options)


def told(summary: Summary) -> Summary:
    return replace(summary, by_stamp=0, seconds=0, photos_per_second=0)


def content(paths: WarehousePaths) -> dict[str, list[object]]:
    """Give all that a lake holds, but for the time of extraction."""
    return {
        name: [
            (
                replace(record.row, extracted_at=""),
                None if record.landmarks is None else record.landmarks.tobytes(),
                None if record.blendshapes is None else record.blendshapes.tobytes(),
            )
            for record in read_part(paths, name)
        ]
        for name in part_names(paths)
    }


@contextmanager
def quickly() -> Iterator[None]:
    """Have no real workers, no slow disk, and a short wait before a file's stamp is believed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(options_module, "WorkerPool", StandIn)
        patch.setattr(extraction_module, "fetch_model", lambda _: Path("no model"))
        patch.setattr(extraction_module, "require_graphics", lambda _: None)
        patch.setattr(file_stamps, "_UNCERTAIN_NS", round(STEP_S * 1e9))
        # No power is cut here.
        patch.setattr(os, "fsync", lambda _: None)
        yield
