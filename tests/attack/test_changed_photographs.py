"""A photograph that has changed is noticed, and one that has not is not read again."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lakehouse.dataset.manifest_file import ManifestFile
from lakehouse.errors import ModelError
from lakehouse.extraction import extract as extraction_module
from lakehouse.extraction import options as options_module
from lakehouse.extraction.extract import extract
from lakehouse.ingest import reading, recognition
from lakehouse.ingest.listeners import Listeners
from lakehouse.lake.parts import commit_part, part_names, read_part
from lakehouse.lake.stamps import read_stamps
from lakehouse.system import file_stamps
from lakehouse.system.file_stamps import FileStamp, file_stamp
from tests.attack.two_lakes import NAMES, SETTINGS, STEP_S, Study, content, how, quickly
from tests.stand_in import StandIn


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    with quickly():
        yield


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """Extracted twice, so that all is known by its stamp."""
    made = Study(tmp_path)
    made.extract_both()
    made.extract_both()
    return made


def in_place(path: Path, text: str) -> None:
    """Write another content of the same size, and put the time of modification back."""
    before = path.stat()
    assert len(text) == before.st_size
    path.write_text(text)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_repeated_run_reads_nothing_and_starts_nobody(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError

    for name in ("fetch_model", "require_graphics", "to_tables"):
        monkeypatch.setattr(extraction_module, name, never)
    monkeypatch.setattr(options_module, "WorkerPool", never)
    monkeypatch.setattr(extraction_module.importlib.metadata, "version", never)
    monkeypatch.setattr(recognition, "read_photograph", never)
    written = study.quick.stamps.stat()
    summary = study.extract()
    assert (summary.by_stamp, summary.already_done, summary.found) == (8, 8, 8)
    assert (summary.extracted, summary.parts_written, summary.usable) == (0, 0, 8)
    assert study.quick.stamps.stat() == written


def test_nobody_is_started_to_compare_contents_either(study: Study) -> None:
    before = StandIn.started
    summary = study.extract(verify=True)
    assert (summary.by_stamp, summary.already_done) == (0, 8)
    assert StandIn.started == before


def test_a_touched_file_is_read_once(study: Study) -> None:
    (study.photos / NAMES[0]).touch()
    assert [study.extract_both().by_stamp for _ in range(2)] == [7, 8]


def test_another_content_is_found_though_size_and_time_are_the_same(study: Study) -> None:
    in_place(study.photos / NAMES[3], "CONTENT 3")
    summary = study.extract_both()
    assert (summary.replaced, summary.by_stamp) == (1, 7)


def test_verify_finds_what_the_system_does_not_tell(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def poor(path: Path) -> FileStamp:
        """A system without a time of change and without numbers of files."""
        return file_stamp(path)._replace(ctime_ns=0, inode=0)

    for module in (reading, recognition):
        monkeypatch.setattr(module, "file_stamp", poor)
    assert study.extract().by_stamp == 0
    in_place(study.photos / NAMES[3], "CONTENT 3")
    assert study.extract().by_stamp == 8
    summary = study.extract(verify=True)
    assert (summary.by_stamp, summary.replaced, summary.already_done) == (0, 1, 7)
    assert study.extract().by_stamp == 8


@pytest.mark.slow
@pytest.mark.portable
def test_a_fresh_file_is_read_until_its_stamp_can_be_believed(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_stamps, "_UNCERTAIN_NS", 10**12)
    (study.photos / NAMES[0]).touch()
    assert [study.extract_both().by_stamp for _ in range(3)] == [7, 7, 7]


def test_a_moved_folder_is_read_once(study: Study) -> None:
    study.photos = study.photos.rename(study.photos.with_name("elsewhere"))
    assert [study.extract_both().by_stamp for _ in range(2)] == [0, 8]


def test_a_folder_from_a_backup_is_read_once(study: Study) -> None:
    kept = shutil.copytree(study.photos, study.photos.with_name("backup"))
    shutil.rmtree(study.photos)
    shutil.copytree(kept, study.photos)
    assert [study.extract_both().by_stamp for _ in range(2)] == [0, 8]


@pytest.mark.slow
def test_two_folders_that_take_turns_are_not_confused(study: Study) -> None:
    other = Study(study.photos.parent / "other")
    other.quick, other.careful = study.quick, study.careful
    other.write(NAMES[2], "CONTENT 2")
    for each, replaced in ((other, 1), (study, 1), (other, 1)):
        assert each.extract_both().replaced == replaced


def test_a_lake_from_a_backup_is_brought_up_to_date(study: Study) -> None:
    backup = shutil.copytree(study.quick.lake, study.quick.root / "backup")
    study.write(NAMES[1], "another content")
    study.extract_both()
    shutil.rmtree(study.quick.lake)
    backup.rename(study.quick.lake)
    assert study.extract().replaced == 1
    assert content(study.quick) == content(study.careful)


@pytest.mark.slow
def test_stamps_of_another_warehouse_do_no_harm(study: Study) -> None:
    other = Study(study.photos.parent / "other")
    other.photos = study.photos
    study.write(NAMES[1], "another content")
    other.extract_both()
    shutil.copy2(other.quick.stamps, study.quick.stamps)
    summary = study.extract_both()
    assert (summary.replaced, summary.already_done) == (1, 7)


def test_damaged_stamps_are_made_again(study: Study) -> None:
    study.quick.stamps.write_bytes(study.quick.stamps.read_bytes()[:-1])
    assert [study.extract_both().by_stamp for _ in range(2)] == [0, 8]


@pytest.mark.slow
def test_a_renamed_photograph_is_another(study: Study) -> None:
    (study.photos / NAMES[0]).rename(study.photos / "00/00/1/c.jpg")
    summary = study.extract_both()
    assert (summary.ok, summary.missing, summary.by_stamp) == (1, 1, 7)
    assert study.extract_both(prune=True).pruned == 1
    study.extract_both()
    # What is gone is not remembered for ever.
    assert len(read_stamps(study.quick, study.photos)) == 8


@pytest.mark.slow
def test_another_layout_and_back(study: Study) -> None:
    # The rows would be the same: only names are read in another way.
    summary = study.extract_both(layout="{expression}/{supervised}/{participant:1}/{photo:1}")
    assert (summary.superseded, summary.by_stamp) == (0, 8)
    layout = "{expression}/{supervised}/{photo}/{participant}"
    for options in ({"layout": layout}, {}):
        summary = study.extract_both(**options)
        assert (summary.superseded, summary.ok, summary.by_stamp) == (8, 8, 0)
    assert study.extract_both().by_stamp == 8


def test_a_manifest_of_some_leaves_the_stamps_of_the_others(study: Study) -> None:
    manifest = study.photos.parent / "some.csv"
    manifest.write_text(f"path,participant,expression\n{NAMES[0]},1,neutral\n")
    summary = study.extract(manifest=ManifestFile(manifest))
    assert (summary.found, summary.by_stamp) == (1, 1)
    assert study.extract_both().by_stamp == 8


@pytest.mark.slow
def test_what_failed_and_would_fail_again_needs_nobody(study: Study) -> None:
    study.write(NAMES[0], "nobody is here")
    study.write(NAMES[1], "damaged")
    (study.photos / NAMES[2]).unlink()
    (study.photos / NAMES[2]).symlink_to("nowhere.jpg")
    first = study.extract_both()
    assert (first.no_face, first.damaged, first.unreadable) == (1, 1, 1)
    before = StandIn.started
    again = study.extract()
    assert StandIn.started == before
    # Of what cannot be read there is no stamp: it is tried.
    assert (again.already_done, again.by_stamp, again.usable) == (8, 7, 5)
    study.write("00/00/2/nowhere.jpg", "it is here now")
    assert study.extract_both().replaced == 1


def test_what_crashed_is_tried_again(study: Study) -> None:
    for paths in (study.quick, study.careful):
        name = part_names(paths)[0]
        first, *others = read_part(paths, name)
        crashed = replace(first.row, status="crashed")
        commit_part(paths, name, [replace(first, row=crashed, landmarks=None), *others])
    summary = study.extract_both()
    assert (summary.ok, summary.replaced, summary.by_stamp) == (1, 1, 7)


def test_a_damaged_part_is_restored(study: Study) -> None:
    for paths in (study.quick, study.careful):
        file = paths.landmarks / part_names(paths)[0]
        file.write_bytes(file.read_bytes()[:-1])
    summary = study.extract_both()
    assert [healed.photos for healed in summary.healed] == [3]
    assert (summary.ok, summary.by_stamp) == (3, 5)
    assert study.extract_both().by_stamp == 8


def test_nothing_is_taken_out_while_the_model_is_missing(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: object) -> Path:
        raise ModelError("the face model is missing")

    monkeypatch.setattr(extraction_module, "fetch_model", missing)
    damaged = study.quick.landmarks / part_names(study.quick)[0]
    damaged.write_bytes(damaged.read_bytes()[:-1])
    (study.photos / NAMES[-1]).unlink()
    before = sorted(study.quick.lake.rglob("*"))
    with pytest.raises(ModelError):
        study.extract(prune=True)
    assert sorted(study.quick.lake.rglob("*")) == before


ALONE = """
import sys
FORBIDDEN = ("subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.exec", "os.system")

def hook(event, arguments):
    if event in FORBIDDEN or event in ("socket.connect", "socket.getaddrinfo"):
        raise SystemExit(f"{event} {arguments}")
    if event == "import" and arguments[0].split(".")[0] in ("mediapipe", "cv2", "pooch", "numba"):
        raise SystemExit(f"import of {arguments[0]}")

sys.addaudithook(hook)
from lakehouse.cli import main
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize("how_known", ["by size and time stamp", "by content"])
def test_the_command_line_starts_nobody_and_asks_nobody(study: Study, how_known: str) -> None:
    """Without a model, and with whoever starts a program or looks for the network ended."""
    if how_known == "by content":
        study.quick.stamps.unlink()
    home = study.photos.parent / "home"
    done = subprocess.run(
        [sys.executable, "-c", ALONE, "--warehouse", study.quick.root, "extract", study.photos],
        capture_output=True, text=True, check=False,
        env={**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home), "LAKEHOUSE_MODEL": ""},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert f"nothing to extract: all photographs are in the lake, recognised 8 {how_known}" in (
        done.stdout
    )
    assert not list(home.rglob("*.task"))


@pytest.mark.slow
@pytest.mark.portable
def test_one_changed_photograph_has_somebody_started(study: Study) -> None:
    """The test above can tell."""
    study.write(NAMES[0], "other content")
    done = subprocess.run(
        [sys.executable, "-c", ALONE, "--warehouse", study.quick.root, "extract", study.photos],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert re.match("subprocess.Popen|import of|socket", done.stderr)


@pytest.mark.parametrize("after", [1, 4, 7])
def test_a_run_that_is_stopped_keeps_what_it_has_seen(study: Study, after: int) -> None:
    for name in NAMES:
        (study.photos / name).touch()
    time.sleep(1.5 * STEP_S)
    seen: list[int] = []
    listeners = Listeners(
        progress=lambda step: seen.append(step.done), should_stop=lambda: len(seen) >= after
    )
    assert extract(study.photos, study.quick, SETTINGS, how(), listeners).stopped
    assert study.extract_both().by_stamp >= after


@pytest.mark.slow
@pytest.mark.portable
@pytest.mark.parametrize("ended", [KeyboardInterrupt, SystemExit, MemoryError])
def test_a_run_that_is_interrupted_keeps_what_it_has_seen(
    study: Study, ended: type[BaseException]
) -> None:
    for number, name in enumerate(NAMES):
        study.write(name, f"other content {number}")
    time.sleep(1.5 * STEP_S)

    def progress(step: Any) -> None:
        if step.done == 5:
            raise ended

    with pytest.raises(ended):
        extract(study.photos, study.quick, SETTINGS, how(), Listeners(progress))
    # Of the five, those count whose part was committed; the others are not in the lake.
    summary = study.extract()
    assert (summary.by_stamp, summary.replaced) == (3, 5)
    assert study.extract().by_stamp == 8
    extract(study.photos, study.careful, SETTINGS, how(verify=True))
    assert content(study.quick) == content(study.careful)
