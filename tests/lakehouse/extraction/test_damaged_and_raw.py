"""Damaged photographs and camera raw files, from the folder to the lake."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from lakehouse.dataset.listing import Ignored
from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions, Workers
from lakehouse.ingest.summary import Summary
from lakehouse.lake.parts import commit_part, part_names, read_part
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from tests.photographs import encoded, portrait
from tests.surgery import camera_raw, scan_of, without, zeroed

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("face_model_path")]

CELL = "05/00/P1"
SOUND = encoded(portrait(), "JPEG", quality=92)
START, END = scan_of(SOUND)
CUT = without(SOUND, (START + END) // 2, 512)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "photos" / CELL).mkdir(parents=True)
    return tmp_path / "photos"


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(tmp_path / "warehouse")


def put(root: Path, **files: bytes) -> None:
    for name, content in files.items():
        (root / CELL / name.replace("_", ".")).write_bytes(content)


def run(root: Path, paths: WarehousePaths, *, again: bool = False) -> Summary:
    options = ExtractionOptions(re_extract=again, workers=Workers(1))
    return extract(root, paths, Settings(), options)


def rows(paths: WarehousePaths) -> list[dict[str, Any]]:
    return pq.read_table(paths.photos).sort_by("path").to_pylist()


def test_half_a_photographs_faces_are_never_measured(root: Path, paths: WarehousePaths) -> None:
    put(root, sound_jpg=SOUND, cut_jpg=CUT, zeros_jpg=zeroed(SOUND, START + 2000, 4096))
    put(root, short_jpg=SOUND[: END - 500])
    summary = run(root, paths)
    assert (summary.ok, summary.damaged, summary.extracted) == (1, 3, 4)
    corrupt = "Corrupt JPEG data: premature end of data segment"
    assert {row["photo"]: (row["status"], row["error"]) for row in rows(paths)} == {
        "cut": ("damaged", corrupt),
        "short": ("damaged", "Premature end of JPEG file"),
        "sound": ("ok", None),
        "zeros": ("damaged", corrupt),
    }
    assert set(pq.read_table(paths.landmarks)["photo"].to_pylist()) == {"sound"}
    assert {problem.status for problem in summary.problems} == {"damaged"}


def test_raw_files_beside_their_pictures_are_no_photographs(
    root: Path, paths: WarehousePaths
) -> None:
    for photo in range(3):
        picture = encoded(portrait(shift=photo), "JPEG")
        put(root, **{f"{photo}_jpg": picture, f"{photo}_NEF": camera_raw()})
    summary = run(root, paths)
    assert (summary.found, summary.ok) == (3, 3)
    reason = "camera raw file beside a picture of the same name"
    assert summary.ignored == (Ignored(reason, 3, f"{CELL}/0.NEF"),)


def test_a_raw_file_alone_says_what_to_do(root: Path, paths: WarehousePaths) -> None:
    put(root, a_NEF=camera_raw(), b_tif=camera_raw())
    assert run(root, paths).unsupported == 2
    for row in rows(paths):
        assert (row["status"], row["error"]) == (
            "unsupported",
            "camera raw file; export it as JPEG",
        )
        assert row["photo"] in ("a", "b")


def test_rows_that_a_lake_holds_of_raw_files_are_dropped(root: Path, paths: WarehousePaths) -> None:
    # As a version measured them that took their thumbnails for photographs.
    put(root, a_jpg=SOUND, a_NEF=encoded(portrait(shift=3), "JPEG"))
    assert run(root, paths).ok == 2
    put(root, a_NEF=camera_raw())
    summary = run(root, paths)
    assert (summary.superseded, summary.missing, summary.found) == (2, 0, 1)
    assert [(row["photo"], row["path"]) for row in rows(paths)] == [("a", f"{CELL}/a.jpg")]


def test_what_an_earlier_version_believed_is_judged_anew_when_asked_for(
    root: Path, paths: WarehousePaths
) -> None:
    put(root, a_jpg=SOUND)
    run(root, paths)
    [part] = part_names(paths)
    [believed] = read_part(paths, part)
    put(root, a_jpg=CUT)
    row = replace(believed.row, sha256=hashlib.sha256(CUT).hexdigest(), bytes=len(CUT))
    commit_part(paths, part, [replace(believed, row=row)])
    assert run(root, paths).already_done == 1
    assert [row["status"] for row in rows(paths)] == ["ok"]
    assert run(root, paths, again=True).damaged == 1
    assert [row["status"] for row in rows(paths)] == ["damaged"]
    assert len(pq.read_table(paths.landmarks)) == 0


def test_a_damaged_photograph_is_not_tried_again_until_it_changes(
    root: Path, paths: WarehousePaths
) -> None:
    put(root, a_jpg=CUT)
    assert run(root, paths).damaged == 1
    assert run(root, paths).already_done == 1
    put(root, a_jpg=SOUND)
    assert run(root, paths).ok == 1
    [row] = rows(paths)
    assert (row["status"], row["error"]) == ("ok", None)
    assert np.isfinite(row["face_height"])
