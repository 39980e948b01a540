import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from lakehouse.errors import InputError, LakeError
from lakehouse.importing import landmark_file
from lakehouse.importing.coordinates import PictureSize
from lakehouse.importing.import_landmarks import import_landmarks
from lakehouse.importing.options import ImportOptions
from lakehouse.importing.summary import ImportSummary
from lakehouse.ingest.progress import Progress
from lakehouse.lake import schemas
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import commit_part, part_names, read_part
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from tests.lakehouse.importing.trees import face, write_file
from tests.photo_records import photo_record


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Nine photographs of two participants: seven faces, a failure, a damaged file."""
    root = tmp_path / "tree"
    for participant in ("0007", "0870"):
        for name in ("00/00", "05/01"):
            for photo in (1, 2):
                path = root / name / participant / f"data-lms-{photo}.csv"
                write_file(path, face() + photo)
    (root / "05/01/0870/error-3.csv").write_text("index,x,y\n")
    (root / "05/01/0870/data-lms-2.csv").write_text("index,x,y\n0,1,2\n")
    (root / "05/01/0870/mean-lms-0870.csv").write_text("index,x,y\n")
    return root


@pytest.fixture
def paths(tmp_path: Path) -> WarehousePaths:
    return WarehousePaths(tmp_path / "warehouse")


def take(
    tree: Path,
    paths: WarehousePaths,
    progress: Callable[[Progress], None] | None = None,
    **options: Any,
) -> ImportSummary:
    chosen = ImportOptions(part_photos=4, **options)
    return import_landmarks(tree, paths, Settings(), chosen, progress=progress)


def rows(paths: WarehousePaths) -> dict[str, dict[str, Any]]:
    """Give the photographs' rows by path, each with its part."""
    return {
        row["path"]: {"part": name, **row}
        for name in part_names(paths)
        for row in pq.ParquetFile(paths.photos / name).read().to_pylist()
    }


def test_the_lake_holds_what_the_tree_does(tree: Path, paths: WarehousePaths) -> None:
    seen: list[Progress] = []
    summary = take(tree, paths, progress=seen.append)
    assert (summary.found, summary.ok, summary.no_face, summary.unreadable) == (9, 7, 1, 1)
    assert (summary.already_done, summary.replaced, summary.missing) == (0, 0, 0)
    assert summary.parts_written == 3
    assert [(each.count, each.reason) for each in summary.ignored] == [
        (1, "mean of several photographs")
    ]
    assert [(each.path, each.status, each.error) for each in summary.problems] == [
        (
            "05/01/0870/data-lms-2.csv",
            "unreadable",
            "has 1 points, not the 468 or 478 of MediaPipe's face mesh",
        ),
        ("05/01/0870/error-3.csv", "no_face", "no face was found, says an error file"),
    ]
    assert (seen[-1].done, seen[-1].total, seen[-1].failures) == (9, 9, 2)

    found = rows(paths)
    assert list(found) == [
        *(f"{cell}/0007/data-lms-{photo}.csv" for cell in ("00/00", "05/01") for photo in (1, 2)),
        *(f"{cell}/0870/data-lms-{photo}.csv" for cell in ("00/00", "05/01") for photo in (1, 2)),
        "05/01/0870/error-3.csv",
    ]
    good = found["05/01/0870/data-lms-1.csv"]
    content = (tree / "05/01/0870/data-lms-1.csv").read_bytes()
    assert (good["participant"], good["expression"], good["supervised"], good["photo"]) == (
        *("0870", "happiness", True, "1"),
    )
    assert (good["status"], good["error"], good["faces"]) == ("ok", None, 1)
    assert good["bytes"] == len(content)
    assert good["face_height"] == pytest.approx(np.hypot(*(face()[10] - face()[152])), rel=1e-6)
    assert good["extracted_at"].endswith("+00:00")
    assert {row["extractor"] for row in found.values()} == {"import"}
    for name in ("width", "height", "orientation", "yaw", "pitch", "roll", "retry", "model_sha256"):
        assert {row[name] for row in found.values()} == {None}
    failed, damaged = found["05/01/0870/error-3.csv"], found["05/01/0870/data-lms-2.csv"]
    assert (failed["status"], failed["faces"], failed["photo"]) == ("no_face", 0, "3")
    assert (damaged["status"], damaged["faces"]) == ("unreadable", None)
    assert None not in (failed["sha256"], failed["bytes"], damaged["sha256"], damaged["bytes"])


def test_landmarks_have_no_depth_and_there_are_no_blendshapes(
    tree: Path, paths: WarehousePaths
) -> None:
    take(tree, paths)
    landmarks = pq.read_table(paths.landmarks)
    assert landmarks.schema.equals(schemas.LANDMARKS)
    assert landmarks["point"].to_pylist() == list(range(468)) * 7
    assert landmarks["z"].null_count == landmarks.num_rows
    (first, *_), *_ = (read_part(paths, name) for name in part_names(paths))
    assert first.landmarks is not None
    np.testing.assert_array_equal(first.landmarks[:, :2], (face() + 1).astype(np.float32))
    assert pq.read_table(paths.blendshapes).num_rows == 0


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The contents that were read beyond hashing."""
    contents: list[bytes] = []
    real = landmark_file.parse_landmarks

    def counted(content: bytes, size: PictureSize | None) -> Any:
        contents.append(content)
        return real(content, size)

    monkeypatch.setattr(landmark_file, "parse_landmarks", counted)
    return contents


def test_a_second_run_only_hashes(tree: Path, paths: WarehousePaths, parsed: list[bytes]) -> None:
    take(tree, paths)
    assert len(parsed) == 8
    before = {path: path.read_bytes() for path in paths.lake.rglob("*.parquet")}
    summary = take(tree, paths)
    assert len(parsed) == 8
    assert (summary.already_done, summary.ok, summary.parts_written) == (9, 0, 0)
    assert summary.problems == ()
    assert {path: path.read_bytes() for path in paths.lake.rglob("*.parquet")} == before


def test_changed_and_new_files(tree: Path, paths: WarehousePaths) -> None:
    take(tree, paths)
    before = rows(paths)
    # One file changed, one mended, one that failed was done again, one is new.
    write_file(tree / "00/00/0007/data-lms-1.csv", face() * 2)
    write_file(tree / "05/01/0870/data-lms-2.csv", face())
    write_file(tree / "05/01/0870/data-lms-3.csv", face())
    write_file(tree / "05/01/0870/data-lms-4.csv", face())
    summary = take(tree, paths)
    assert (summary.found, summary.ok, summary.replaced) == (10, 4, 3)
    assert (summary.already_done, summary.superseded, summary.missing) == (6, 0, 0)
    assert (1, "error file of a photograph that has landmarks") in [
        (each.count, each.reason) for each in summary.ignored
    ]
    after = rows(paths)
    assert len(after) == 10
    assert after["00/00/0007/data-lms-1.csv"]["part"] == "part-000001.parquet"
    assert after["00/00/0007/data-lms-1.csv"]["face_height"] == pytest.approx(
        2 * before["00/00/0007/data-lms-1.csv"]["face_height"], rel=1e-6
    )
    assert {row["status"] for row in after.values()} == {"ok"}
    assert pq.read_table(paths.landmarks).num_rows == 468 * 10


def test_the_same_bytes_under_a_name_that_means_something_else(
    tree: Path, paths: WarehousePaths
) -> None:
    take(tree, paths)
    (tree / "05/01/0870/error-3.csv").rename(tree / "05/01/0870/data-lms-3.csv")
    (tree / "00/00/0007/data-lms-1.csv").rename(tree / "00/00/0007/error-1.csv")
    summary = take(tree, paths)
    assert (summary.no_face, summary.unreadable, summary.replaced) == (1, 1, 2)
    assert rows(paths)["00/00/0007/error-1.csv"]["status"] == "no_face"
    assert pq.read_table(paths.landmarks).num_rows == 468 * 6


def test_a_renamed_folder_keeps_the_rows_and_another_layout_supersedes_them(
    tree: Path, paths: WarehousePaths
) -> None:
    take(tree, paths)
    moved = take(tree.parent, paths, layout="tree/{expression}/{supervised}/{participant}/{photo}")
    assert (moved.already_done, moved.found) == (9, 9)
    assert all(path.startswith("tree/") for path in rows(paths))
    layout = "tree/{expression}/{supervised}/0{participant}/{photo}"
    other = take(tree.parent, paths, layout=layout)
    assert (other.superseded, other.ok, other.already_done) == (9, 7, 0)
    assert {row["participant"] for row in rows(paths).values()} == {"007", "870"}


def test_what_is_gone_stays_and_is_counted(tree: Path, paths: WarehousePaths) -> None:
    take(tree, paths)
    shutil.rmtree(tree / "00/00/0007")
    summary = take(tree, paths)
    assert (summary.found, summary.missing, summary.already_done) == (7, 2, 7)
    assert len(rows(paths)) == 9


def test_a_file_that_still_cannot_be_opened_rewrites_nothing(
    tree: Path, paths: WarehousePaths
) -> None:
    (tree / "00/00/0007/data-lms-9.csv").symlink_to("nowhere")
    first = take(tree, paths)
    assert (first.unreadable, first.parts_written) == (2, 3)
    second = take(tree, paths)
    assert (second.already_done, second.parts_written) == (10, 0)


def test_photographs_that_were_extracted_are_never_replaced(
    tree: Path, paths: WarehousePaths
) -> None:
    part = "part-000001.parquet"
    extracted = photo_record("1")
    commit_part(paths, part, [extracted])
    before = {path: path.read_bytes() for path in paths.lake.rglob("*.parquet")}
    with pytest.raises(InputError) as refused:
        take(tree, paths)
    assert "00/00/0870/data-lms-1.csv (test from 1.jpg); import into a separate ware" in str(
        refused.value
    )
    assert {path: path.read_bytes() for path in paths.lake.rglob("*.parquet")} == before
    # Photographs beside the imported ones are left alone, and not counted as missing.
    other = replace(extracted, row=replace(extracted.row, photo="7"))
    commit_part(paths, part, [other])
    summary = take(tree, paths)
    assert (summary.ok, summary.missing) == (7, 0)
    assert rows(paths)["1.jpg"]["extractor"] == "test"


def test_many_conflicts_are_counted(tree: Path, paths: WarehousePaths) -> None:
    take(tree, paths)
    for name in part_names(paths):
        extracted = [
            replace(record, row=replace(record.row, extractor="mediapipe"))
            for record in read_part(paths, name)
        ]
        commit_part(paths, name, extracted)
    with pytest.raises(InputError, match=r"0007/data-lms-1.csv \(mediapipe .* and 6 more;"):
        take(tree, paths)


def test_a_lake_in_use_is_told(tree: Path, paths: WarehousePaths) -> None:
    with lake_lock(paths), pytest.raises(LakeError, match=f"in use by process {os.getpid()}"):
        take(tree, paths)


SIZE = PictureSize(640, 800)


@pytest.fixture
def shares(tmp_path: Path) -> Path:
    """A tree with a file in shares of the picture and one in pixels."""
    root = tmp_path / "shares"
    write_file(root / "00/00/7/data-lms-1.csv", face() / (640, 800))
    write_file(root / "00/00/7/data-lms-2.csv", face())
    return root


def test_shares_are_refused_until_the_size_is_given(shares: Path, paths: WarehousePaths) -> None:
    first = take(shares, paths)
    assert (first.ok, first.unreadable, first.usable) == (1, 1, 1)
    assert first.problems[0].error.startswith("x and y are shares of the picture (0 to 1)")
    again = take(shares, paths)
    assert (again.already_done, again.parts_written, again.usable) == (2, 0, 1)

    with_size = take(shares, paths, size=SIZE)
    assert (with_size.ok, with_size.replaced, with_size.usable) == (1, 1, 2)
    found = rows(paths)
    share, pixel = (found[f"00/00/7/data-lms-{number}.csv"] for number in (1, 2))
    assert (share["status"], share["error"]) == ("ok", None)
    assert (share["width"], share["height"]) == (640, 800)
    assert share["face_height"] == pytest.approx(pixel["face_height"], rel=1e-6)

    assert take(shares, paths, size=SIZE).already_done == 2
    assert take(shares, paths).already_done == 2


def test_another_size_makes_other_pixels(shares: Path, paths: WarehousePaths) -> None:
    take(shares, paths, size=SIZE)
    before = rows(paths)["00/00/7/data-lms-1.csv"]["face_height"]

    summary = take(shares, paths, size=PictureSize(6400, 8000))

    assert summary.replaced == 2
    after = rows(paths)["00/00/7/data-lms-1.csv"]["face_height"]
    assert after == pytest.approx(10 * before, rel=1e-6)


def test_shares_that_were_taken_for_pixels_are_read_again(
    shares: Path, paths: WarehousePaths
) -> None:
    (shares / "00/00/7/data-lms-2.csv").unlink()
    take(shares, paths, size=SIZE)
    [part] = part_names(paths)
    records = read_part(paths, part)
    mistaken = [
        replace(
            record,
            row=replace(record.row, width=None, height=None, face_height=0.4),
            landmarks=None if record.landmarks is None else record.landmarks / 640,
        )
        for record in records
    ]
    commit_part(paths, part, mistaken)

    summary = take(shares, paths)

    assert (summary.ok, summary.unreadable, summary.replaced) == (0, 1, 1)
