import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from lakehouse.dataset.manifest_file import ManifestFile
from lakehouse.errors import InputError, LakeError
from lakehouse.extraction.extract import extract
from lakehouse.extraction.face_model import MODEL_SHA256
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.ingest.listeners import Listeners
from lakehouse.ingest.progress import Progress
from lakehouse.ingest.summary import Summary
from lakehouse.lake import schemas
from lakehouse.lake.lock import lake_lock
from lakehouse.lake.parts import commit_part, part_names, read_part
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from tests.copies import copied
from tests.photographs import portrait, save, two_faces, with_orientation, write_dataset

pytestmark = pytest.mark.usefixtures("face_model_path")


@pytest.fixture
def photos(dataset: Path, tmp_path: Path) -> Path:
    """A copy of the dataset that may be changed."""
    return shutil.copytree(dataset, tmp_path / "photos")


@pytest.fixture
def paths(extraction: tuple[WarehousePaths, Summary], tmp_path: Path) -> WarehousePaths:
    """A copy of its lake that may be changed."""
    return WarehousePaths(copied(extraction[0].root, tmp_path / "warehouse"))


def again(
    photos: Path, paths: WarehousePaths, listeners: Listeners = Listeners(), **options: Any
) -> Summary:
    return extract(
        photos, paths, Settings(), ExtractionOptions(part_photos=4, **options), listeners
    )


def rows(paths: WarehousePaths) -> list[dict[str, Any]]:
    """Give the photographs' rows with the part each is in."""
    return [
        {"part": name, **row}
        for name in part_names(paths)
        for row in pq.ParquetFile(paths.photos / name).read().to_pylist()
    ]


def content(paths: WarehousePaths) -> dict[str, list[pa.Table]]:
    """Give every part's tables without the time of extraction."""
    return {
        name: [
            pq.ParquetFile(paths.photos / name).read().drop_columns("extracted_at"),
            pq.ParquetFile(paths.landmarks / name).read(),
            pq.ParquetFile(paths.blendshapes / name).read(),
        ]
        for name in part_names(paths)
    }


def by_path(paths: WarehousePaths) -> dict[str, dict[str, Any]]:
    return {row["path"]: row for row in rows(paths)}


def test_the_summary_counts_what_happened(extraction: tuple[WarehousePaths, Summary]) -> None:
    summary = extraction[1]
    assert (summary.found, summary.ok, summary.no_face, summary.unreadable) == (14, 12, 1, 1)
    assert (summary.crashed, summary.already_done, summary.missing) == (0, 0, 0)
    assert summary.parts_written == 4
    assert [(each.reason, each.count) for each in summary.ignored] == [("no photograph", 1)]
    assert {problem.path for problem in summary.problems} == {
        "05/00/0001/text.jpg",
        "05/00/0001/without-face.jpg",
    }
    assert summary.seconds > 0
    assert summary.photos_per_second > 0


def test_every_photograph_has_a_row_in_cell_order(
    extraction: tuple[WarehousePaths, Summary],
) -> None:
    paths = extraction[0]
    found = [(row["participant"], row["expression"], row["photo"]) for row in rows(paths)]
    assert found == [
        *(("0000", "neutral", photo) for photo in "012"),
        *(("0000", "happiness", photo) for photo in "012"),
        *(("0001", "neutral", photo) for photo in "012"),
        *(("0001", "happiness", photo) for photo in [*"012", "text", "without-face"]),
    ]
    assert [row["part"] for row in rows(paths)] == [
        f"part-{place // 4 + 1:06d}.parquet" for place in range(14)
    ]


def test_a_row_says_what_was_found(extraction: tuple[WarehousePaths, Summary]) -> None:
    found = by_path(extraction[0])
    good = found["00/00/0000/1.jpg"]
    assert (good["status"], good["error"], good["faces"], good["orientation"]) == ("ok", None, 1, 1)
    assert (good["width"], good["height"]) == (270, 270)
    assert 60 < good["face_height"] < 140
    assert good["roll"] == pytest.approx(3.6, abs=2)
    assert good["model_sha256"] == MODEL_SHA256
    assert good["extractor"].startswith("mediapipe 1.")
    assert good["extracted_at"].endswith("+00:00")
    nobody = found["05/00/0001/without-face.jpg"]
    assert (nobody["status"], nobody["faces"], nobody["width"]) == ("no_face", 0, 320)
    text = found["05/00/0001/text.jpg"]
    assert (text["status"], text["error"]) == ("unreadable", "the file is not a picture")
    assert text["sha256"] is not None


def test_landmarks_and_blendshapes_have_their_schemas_and_order(
    extraction: tuple[WarehousePaths, Summary],
) -> None:
    paths = extraction[0]
    landmarks = pq.read_table(paths.landmarks)
    blendshapes = pq.read_table(paths.blendshapes)
    assert landmarks.schema.equals(schemas.LANDMARKS)
    assert blendshapes.schema.equals(schemas.BLENDSHAPES)
    assert landmarks["point"].to_pylist() == list(range(478)) * 12
    assert blendshapes.num_rows == 52 * 12
    scores = blendshapes["score"].to_numpy()
    assert (scores >= 0).all()
    assert (scores <= 1).all()
    assert len(set(blendshapes["blendshape"].to_pylist())) == 52


def test_a_second_run_has_nothing_to_do(photos: Path, paths: WarehousePaths) -> None:
    before = {path: path.read_bytes() for path in paths.lake.rglob("*.parquet")}
    seen: list[Progress] = []
    summary = again(photos, paths, Listeners(progress=seen.append))
    assert (summary.already_done, summary.extracted, summary.parts_written) == (14, 0, 0)
    assert {path: path.read_bytes() for path in paths.lake.rglob("*.parquet")} == before
    assert [step.done for step in seen] == list(range(1, 15))
    assert seen[-1].total == 14
    assert seen[-1].seconds_left == 0


@pytest.mark.slow
def test_a_changed_photograph_replaces_its_rows(photos: Path, paths: WarehousePaths) -> None:
    before = by_path(paths)
    save(portrait(300, shift=20), photos / "05/00/0000/1.jpg")
    save(portrait(300, shift=20), photos / "05/00/0001/text.jpg")
    save(Image.new("RGB", (99, 99)), photos / "00/00/0001/0.jpg")
    summary = again(photos, paths)
    assert (summary.replaced, summary.ok, summary.no_face, summary.already_done) == (3, 2, 1, 11)
    after = by_path(paths)
    assert list(after) == list(before)
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {"05/00/0000/1.jpg", "05/00/0001/text.jpg", "00/00/0001/0.jpg"}
    assert all(after[path]["part"] == before[path]["part"] for path in after)
    assert after["05/00/0000/1.jpg"]["width"] == 300
    fresh = WarehousePaths(paths.root.parent / "fresh")
    again(photos, fresh)
    assert content(paths) == content(fresh)


@pytest.mark.slow
def test_another_models_rows_are_replaced(photos: Path, paths: WarehousePaths) -> None:
    expected = content(paths)
    for name in part_names(paths):
        older = [
            replace(record, row=replace(record.row, model_sha256="older"))
            for record in read_part(paths, name)
        ]
        commit_part(paths, name, older)
    assert again(photos, paths, re_extract=True).replaced == 14
    assert content(paths) == expected


@pytest.mark.slow
def test_another_layout_supersedes_the_rows_of_a_file(photos: Path, paths: WarehousePaths) -> None:
    layout = "{expression}/{supervised}/00{participant}/{photo}"
    summary = again(photos, paths, layout=layout)
    assert (summary.superseded, summary.ok, summary.already_done, summary.missing) == (14, 12, 0, 0)
    after = rows(paths)
    assert {row["participant"] for row in after} == {"00", "01"}
    assert len(after) == 14
    fresh = WarehousePaths(paths.root.parent / "fresh")
    again(photos, fresh, layout=layout)
    assert content(paths) == content(fresh)


@pytest.mark.slow
def test_a_sibling_that_comes_lengthens_an_id(photos: Path, paths: WarehousePaths) -> None:
    save(portrait(310), photos / "00/00/0000/1.png", format="PNG")
    summary = again(photos, paths)
    assert (summary.superseded, summary.ok, summary.already_done, summary.missing) == (1, 2, 13, 0)
    after = rows(paths)
    assert len(after) == 15
    assert len({row["path"] for row in after}) == 15
    first = [row["photo"] for row in after if row["part"] == "part-000001.parquet"]
    assert first == ["0", "2", "0"]
    last = [row["photo"] for row in after if row["part"] == "part-000005.parquet"]
    assert last == ["1.jpg", "1.png"]


def test_what_is_gone_stays_and_is_counted(photos: Path, paths: WarehousePaths) -> None:
    (photos / "00/00/0000/1.jpg").unlink()
    summary = again(photos, paths)
    assert (summary.missing, summary.found, summary.already_done) == (1, 13, 13)
    assert len(rows(paths)) == 14


def test_a_dataset_that_moved_keeps_its_rows(photos: Path, paths: WarehousePaths) -> None:
    options = ExtractionOptions(layout="photos/{expression}/{supervised}/{participant}/{photo}")
    summary = extract(photos.parent, paths, Settings(), options)
    assert (summary.already_done, summary.extracted) == (14, 0)
    assert all(row["path"].startswith("photos/") for row in rows(paths))


@pytest.mark.slow
@pytest.mark.portable
def test_a_crashed_photograph_is_tried_again(photos: Path, paths: WarehousePaths) -> None:
    name = "part-000002.parquet"
    first, *others = read_part(paths, name)
    crashed = replace(first.row, status="crashed", error="the worker ended by SIGSEGV")
    commit_part(paths, name, [replace(first, row=crashed, landmarks=None), *others])
    summary = again(photos, paths)
    assert (summary.ok, summary.replaced, summary.already_done) == (1, 1, 13)
    assert [row["status"] for row in rows(paths)[4:8]] == ["ok"] * 4


@pytest.mark.slow
def test_a_failure_that_stays_the_same_rewrites_nothing(
    photos: Path, paths: WarehousePaths
) -> None:
    (photos / "00/00/0000/gone.jpg").symlink_to("nowhere.jpg")
    first = again(photos, paths)
    assert (first.unreadable, first.parts_written) == (1, 1)
    assert by_path(paths)["00/00/0000/gone.jpg"]["error"] == "No such file or directory"
    second = again(photos, paths)
    assert (second.already_done, second.parts_written) == (15, 0)


@pytest.mark.slow
@pytest.mark.portable
def test_a_run_that_is_stopped_finishes_its_part(
    photos: Path, paths: WarehousePaths, extraction: tuple[WarehousePaths, Summary]
) -> None:
    fresh = WarehousePaths(paths.root.parent / "fresh")
    done: list[int] = []
    listeners = Listeners(
        progress=lambda step: done.append(step.done), should_stop=lambda: len(done) >= 5
    )
    summary = again(photos, fresh, listeners)
    assert summary.stopped
    assert len(rows(fresh)) == len(done) == 8
    assert not again(photos, fresh).stopped
    assert content(fresh) == content(extraction[0])


def test_a_wish_to_stop_at_the_very_end_stops_nothing(photos: Path, paths: WarehousePaths) -> None:
    done: list[int] = []
    listeners = Listeners(
        progress=lambda step: done.append(step.done), should_stop=lambda: len(done) == 14
    )
    summary = again(photos, paths, listeners)
    assert (summary.stopped, summary.already_done) == (False, 14)
    assert again(photos, paths, Listeners(should_stop=lambda: True)).stopped


def test_a_second_run_at_once_is_told(photos: Path, paths: WarehousePaths) -> None:
    with lake_lock(paths), pytest.raises(LakeError, match=f"in use by process {os.getpid()}"):
        again(photos, paths)


def test_a_folder_without_photographs_is_refused(tmp_path: Path, dataset: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"no photograph or video to extract \(it is empty\)"):
        again(tmp_path / "empty", WarehousePaths(tmp_path / "w"))
    with pytest.raises(InputError, match=r"14 not matching the layout \(such as 00/00/0000/0.jpg"):
        again(dataset, WarehousePaths(tmp_path / "w"), layout="{participant}/{expression}")


@pytest.mark.slow
def test_a_manifest_names_the_photographs(dataset: Path, tmp_path: Path) -> None:
    manifest = tmp_path / "photos.csv"
    manifest.write_text("path,participant,expression,supervised\n05/00/0001/0.jpg,x,happiness,1\n")
    paths = WarehousePaths(tmp_path / "w")
    options = ExtractionOptions(manifest=ManifestFile(manifest))
    assert extract(dataset, paths, Settings(), options).ok == 1
    (row,) = rows(paths)
    assert (row["participant"], row["supervised"], row["photo"]) == ("x", True, "0")


def points(paths: WarehousePaths) -> dict[str, np.ndarray]:
    return {
        record.row.photo: record.landmarks
        for name in part_names(paths)
        for record in read_part(paths, name)
        if record.landmarks is not None
    }


@pytest.mark.slow
def test_orientation_roll_and_faces(tmp_path: Path) -> None:
    """Photographs that say how to turn them, a tilted head, and two faces."""
    root = tmp_path / "00/00/1"
    root.mkdir(parents=True)
    for orientation in range(1, 9):
        (root / f"{orientation}.jpg").write_bytes(with_orientation(orientation))
    save(portrait(), root / "straight.jpg")
    # Pillow turns anticlockwise.
    save(portrait().rotate(-20, fillcolor="grey"), root / "clockwise.jpg")
    save(portrait(mirrored=True), root / "mirrored.jpg")
    save(two_faces(), root / "two.jpg")
    paths = WarehousePaths(tmp_path / "w")
    extract(tmp_path, paths, Settings())
    found = {row["photo"]: row for row in rows(paths)}
    assert [found[str(each)]["orientation"] for each in range(1, 9)] == list(range(1, 9))
    landmarks = points(paths)
    for orientation in range(2, 9):
        apart = np.linalg.norm(landmarks[str(orientation)] - landmarks["1"], axis=1)
        assert apart.max() < 0.01 * found["1"]["face_height"]
    straight, clockwise, mirrored = (found[each] for each in ("straight", "clockwise", "mirrored"))
    assert clockwise["roll"] - straight["roll"] == pytest.approx(20, abs=2)
    assert mirrored["roll"] == pytest.approx(-straight["roll"], abs=1)
    assert mirrored["yaw"] == pytest.approx(-straight["yaw"], abs=2)
    assert found["two"]["faces"] == 2
    # The larger one is on the left.
    assert np.abs(landmarks["two"] - landmarks["straight"])[:, :2].mean() < 3


CHILD = """
import sys
from dataclasses import replace
from pathlib import Path
from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions, Workers
from lakehouse.ingest.listeners import Listeners
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
extract(Path(sys.argv[1]), WarehousePaths(Path(sys.argv[2])), Settings(),
        ExtractionOptions(part_photos=4, workers=Workers(2)),
        Listeners(progress=lambda step: print(step.done, flush=True)))
"""


@pytest.mark.slow
def test_killed_at_any_moment_and_run_again_the_lake_is_the_same(
    tmp_path: Path,
) -> None:
    photos = write_dataset(tmp_path / "photos", participants=8, photos=3)
    calm = WarehousePaths(tmp_path / "calm")
    again(photos, calm)
    expected = content(calm)
    assert len(expected) == 12
    random = np.random.default_rng(7)
    paths = WarehousePaths(tmp_path / "killed")
    command = [sys.executable, "-c", CHILD, str(photos), str(paths.root)]
    kills = finished = 0
    while kills < 20 or not finished:
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            # Most moments while photographs come in, some while the workers start.
            if random.random() < 0.85:
                assert child.stdout is not None
                child.stdout.readline()
                delay = random.exponential(0.12)
            else:
                delay = random.uniform(0, 1)
            try:
                # However slow the machine, the run after the last kill comes to its end.
                child.wait(delay if kills < 20 else None)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
        if child.returncode == 0:
            assert content(paths) == expected
            finished += 1
            shutil.rmtree(paths.root)
        else:
            assert child.returncode == -signal.SIGKILL
            kills += 1
    again(photos, paths)
    assert content(paths) == expected
    strays = [
        path for path in paths.lake.rglob("*") if path.is_file() and path.suffix != ".parquet"
    ]
    assert strays == [paths.lock]
    assert len(list(paths.lake.rglob("*.parquet"))) == 3 * len(expected)


@pytest.mark.slow
@pytest.mark.portable
def test_an_interrupt_ends_the_run_and_leaves_the_lake_intact(
    dataset: Path, tmp_path: Path, extraction: tuple[WarehousePaths, Summary]
) -> None:
    paths = WarehousePaths(tmp_path / "w")
    command = [sys.executable, "-c", CHILD, str(dataset), str(paths.root)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        workers = psutil.Process(child.pid).children()
        assert len(workers) == 2
        child.send_signal(signal.SIGINT)
        _, error = child.communicate(timeout=30)
    if child.returncode:  # else it was done before the signal came
        assert error.rstrip().endswith("KeyboardInterrupt")
    psutil.wait_procs(workers, timeout=10)
    assert not any(worker.is_running() for worker in workers)
    again(dataset, paths)
    assert content(paths) == content(extraction[0])
