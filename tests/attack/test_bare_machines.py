"""A machine without libGL, libEGL and libGLESv2: all but faces and pictures works."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths
from tests.bare import bare
from tests.cli.conftest import linked
from tests.copies import copied

pytestmark = pytest.mark.slow

LAKEHOUSE = Path(sys.executable).with_name("lakehouse")

ALL = "libGL.so.1, libEGL.so.1, libGLESv2.so.2"
INSTALL = "install -y libgl1 libegl1 libgles2"


@pytest.fixture
def typed(small_warehouse: WarehousePaths, tmp_path: Path):
    """Type a command on a bare machine, with a warehouse to read."""
    if shutil.which("dnf") and not shutil.which("apt-get"):
        pytest.skip("other names of packages")
    linked(small_warehouse.root, tmp_path / "w")

    def call(*words: object):
        done = bare([LAKEHOUSE, "--warehouse", tmp_path / "w", *words], tmp_path)
        assert "Traceback" not in done.stderr
        return done

    return call


def test_the_libraries_are_hidden(tmp_path: Path) -> None:
    done = bare([sys.executable, "-c", "import cv2"], tmp_path)
    assert re.search(r"ImportError: \S*libGL\.so\.1", done.stderr)


@pytest.mark.parametrize(
    "words",
    [
        ("--help",), ("--version",), ("init", "--show"), ("model", "path"), ("tables",),
        ("sql", "select count(*) from photos"), ("status",), ("check",), ("describe", "masks"),
        ("correlations",), ("extract", "--help"), ("demo", "--help"), ("render", "--help"),
        ("render", "masks", "--help"), ("doctor", "--help"),
    ],
)  # fmt: skip
def test_reading_needs_none(typed, words) -> None:
    done = typed(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_writing_needs_none(typed, tmp_path: Path) -> None:
    for words in (
        ("build", "--force"),
        ("export", "photos", "--out", tmp_path / "tables"),
        ("sql", "-o", tmp_path / "answer.parquet", "select 1"),
        ("compact",),
    ):
        done = typed(*words)
        assert done.returncode == 0, (words, done.stderr)


def test_a_cohort_can_be_made_up(tmp_path: Path) -> None:
    words = ["--warehouse", tmp_path / "new", "synthesize", "--participants", "2", "--quiet"]
    done = bare([LAKEHOUSE, *words], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_doctor_says_in_one_line_what_is_missing_and_what_installs_it(typed) -> None:
    done = typed("doctor")
    assert (done.returncode, done.stderr) == (1, "")
    [bad] = [line for line in done.stdout.splitlines() if line.startswith("BAD") and "lib" in line]
    assert f"{ALL} missing" in bad
    assert bad.endswith(INSTALL)
    assert "face landmarker" not in done.stdout


@pytest.mark.parametrize("words", [("demo",), ("extract", "{photos}")])
def test_what_needs_all_says_so_in_one_line_and_leaves_nothing(tmp_path: Path, words) -> None:
    photos = tmp_path / "photos" / "00" / "00" / "0101"
    photos.mkdir(parents=True)
    (photos / "1.jpg").touch()
    new = tmp_path / "new"

    line = [
        LAKEHOUSE,
        "--warehouse",
        new,
        *(word.format(photos=photos.parents[2]) for word in words),
    ]
    done = bare(line, tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert f"({ALL})" in done.stderr
    assert done.stderr.endswith(f"{INSTALL}\n")
    assert not new.exists()


def test_a_repeated_extraction_needs_none(dataset: Path, extraction, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    shutil.copytree(dataset, photos)
    warehouse = copied(extraction[0].root, tmp_path / "w")
    line = [LAKEHOUSE, "--warehouse", warehouse, "extract", photos, "--quiet"]

    done = bare(line, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "nothing to extract" in done.stdout

    before = {file: file.read_bytes() for file in (warehouse / "lake").rglob("*.parquet")}
    shutil.copy(photos / "00/00/0000/0.jpg", photos / "00/00/0000/new.jpg")
    shutil.rmtree(photos / "05/00/0001")
    done = bare([*line, "--prune"], tmp_path)
    assert done.returncode == 1
    assert f"finding faces needs system libraries that are missing ({ALL})" in done.stderr
    assert before == {file: file.read_bytes() for file in (warehouse / "lake").rglob("*.parquet")}


@pytest.mark.parametrize(
    "words", [("masks",), ("muscles",), ("alignments",), ("contact-sheet", "{photos}")]
)
def test_drawing_needs_one_and_says_so_in_one_line(typed, tmp_path: Path, words) -> None:
    (tmp_path / "photos").mkdir()
    out = tmp_path / "new.png" if words == ("muscles",) else tmp_path / "new"

    done = typed(
        "render", *(word.format(photos=tmp_path / "photos") for word in words), "--out", out
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "drawing needs system libraries that are missing (libGL.so.1)" in done.stderr
    assert done.stderr.endswith("install -y libgl1\n")
    assert not out.exists()
