"""Disks that are full or cannot be written, and folders that are forbidden: told in one line."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.attack.attacked import ATTACKED, READING, Attacked
from tests.attack.judge import TruthOf, faults, laid_out, readable_by_others, state, unsealed
from tests.attack.kills import Place
from tests.attack.prepared import NOBODY, Line, Ran

FREE_KB = [(512, 0), pytest.param((64, 8), marks=pytest.mark.exhaustive)]
"""Most first: there a command comes furthest, and is typed again."""
WRITING = tuple(
    attacked
    for attacked in ATTACKED
    if attacked.name not in READING and attacked.name not in {"demo", "render masks"}
)
LONGEST = {"report", "multiverse", "render frame-strip", "render pairs"}
"""Others write their pictures, pages and tables in the same way."""
FORBIDDEN = tuple(
    attacked
    for attacked in WRITING
    if attacked.name != "export" or "--pair-matrices" in attacked.words or "csv" in attacked.words
)
"""All formats of files are written into a folder that exporting has made."""

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount, or be somebody else")


@pytest.fixture
def disk(place: Place) -> Iterator[Place]:
    """A place on a small file system of its own."""
    place.box.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m,mode=700", "tmpfs", str(place.box)]
    try:
        made = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        made = False
    if not made:
        pytest.skip("no file system can be mounted here")
    yield replace(place, box=place.box / "box")
    subprocess.run(["umount", "--lazy", str(place.box)], check=True)


@pytest.mark.slow
@as_root
@pytest.mark.parametrize("free_kb", FREE_KB, ids=str)
@pytest.mark.parametrize(
    "attacked",
    [
        pytest.param(attacked, marks=pytest.mark.exhaustive if attacked.name in LONGEST else ())
        for attacked in WRITING
    ],
    ids=[" ".join(attacked.words) for attacked in WRITING],
)
def test_a_full_disk_is_told_and_costs_nothing(
    disk: Place, truth_of: TruthOf, attacked: Attacked, free_kb: tuple[int, ...]
) -> None:
    true = truth_of(attacked)
    to_be_typed_again = attacked.goes_on
    for free in free_kb:
        box = laid_out(attacked, disk.templates, disk.box)
        filler = fill(box.parent / "filler", free * 1024)
        ran = disk.prepared.run(Line(attacked.words, str(box)))
        filler.unlink()
        assert_told(ran)
        assert list(faults(true, state(box))) == list(unsealed(box)) == []
        assert readable_by_others(box) == []
        if ran.code and to_be_typed_again:
            to_be_typed_again = False
            again = disk.prepared.run(Line(attacked.words, str(box)))
            assert again.code == 0, again.said
            assert state(box).rows == true.after.rows


@pytest.mark.slow
@as_root
@pytest.mark.parametrize("attacked", ATTACKED, ids=lambda attacked: " ".join(attacked.words))
def test_what_cannot_be_written_is_told_and_can_be_read(disk: Place, attacked: Attacked) -> None:
    if attacked.name in {"demo", "render masks"}:
        pytest.skip("takes long, and writes as others do")
    box = laid_out(attacked, disk.templates, disk.box)
    before = state(box)
    remount(box.parent, "ro")
    try:
        ran = disk.prepared.run(Line(attacked.words, str(box)))
        assert_told(ran)
        if attacked.name in READING - {"doctor", "check"}:
            assert ran.code in (0, 1), ran.said
            assert state(box) == before
    finally:
        remount(box.parent, "rw")
    assert state(box) == before


@pytest.mark.slow
@as_root
@pytest.mark.parametrize("mode", [0o500, pytest.param(0o000, marks=pytest.mark.exhaustive)])
@pytest.mark.parametrize("attacked", FORBIDDEN, ids=lambda attacked: " ".join(attacked.words))
def test_folders_that_are_forbidden_are_told(place: Place, attacked: Attacked, mode: int) -> None:
    """To an ordinary user, who has no home either."""
    with tempfile.TemporaryDirectory() as folder:
        box = laid_out(attacked, place.templates, Path(folder) / "box")
        Path(folder).chmod(0o755)
        shutil.rmtree(box / "home")
        for path in (box, *box.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        places = [box, *(path for path in box.rglob("*") if path.is_dir())]
        chosen = [each for each in places if each.name in {"box", "warehouse", "lake", "landmarks"}]
        for forbidden in chosen:
            if not forbidden.is_dir():
                # The command was to remove it, and could.
                continue
            forbidden.chmod(mode)
            ran = place.prepared.run(Line(words_in(box, attacked), "/", as_nobody=True))
            forbidden.chmod(0o700)
            assert_told(ran)
            assert list(box.rglob(".*.tmp")) == []


def words_in(box: Path, attacked: Attacked) -> tuple[str, ...]:
    """Spell a command line so that it can be typed anywhere."""
    named = ("photos", "landmarks", "out", "new", "scores.csv", "people.csv", "points.parquet")
    words = (
        str(box / word) if word.split("/")[0] in named and attacked.words[0] != word else word
        for word in attacked.words
    )
    return ("--warehouse", str(box / "warehouse"), *words)


def fill(file: Path, free: int) -> Path:
    """Fill a disk but for some bytes."""
    room = shutil.disk_usage(file.parent).free - free
    with file.open("wb") as opened:
        os.posix_fallocate(opened.fileno(), 0, max(1, room))
    return file


def remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


def assert_told(ran: Ran) -> None:
    """A command has worked, or says in one line each what hindered it."""
    assert "Traceback" not in ran.said, ran.said
    assert ran.code in (0, 1, 2), ran
    if ran.code:
        assert "error: " in ran.said or "\nBAD " in ran.said, ran


@pytest.fixture
def overlay(disk: Place) -> Iterator[Path]:
    """A folder of an overlay whose lower layer holds a warehouse, as in a container's image."""
    layers = disk.box.parent
    for name in ("upper", "work", "merged"):
        (layers / name).mkdir()
    [compacted] = [each for each in ATTACKED if each.words == ("compact",)]
    laid_out(compacted, disk.templates, layers / "lower" / "box")
    options = f"lowerdir={layers}/lower,upperdir={layers}/upper,workdir={layers}/work"
    mount = ["mount", "-t", "overlay", "-o", options, "overlay", str(layers / "merged")]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no overlay can be mounted here")
    yield layers / "merged" / "box"
    subprocess.run(["umount", "--lazy", str(layers / "merged")], check=True)


@pytest.mark.slow
@as_root
def test_a_lake_in_a_lower_layer_is_not_compacted_and_a_copy_is(disk: Place, overlay: Path) -> None:
    rows = state(overlay).rows
    ran = disk.prepared.run(Line(("compact",), str(overlay)))
    assert ran.code == 1
    assert ran.said == (
        f"error: {overlay}/warehouse/lake: is a folder that its file system cannot replace by "
        "another; do this with a copy of the warehouse on a local disk\n"
    )
    assert state(overlay).rows == rows
    assert list((overlay / "warehouse").glob(".*.tmp")) == []
    shutil.copytree(overlay / "warehouse", overlay / "copy")
    ran = disk.prepared.run(Line(("--warehouse", "copy", "compact"), str(overlay)))
    assert ran.code == 0, ran.said
