"""Whatever happens to the files, trusting their stamps gives the lake that reading them gives."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.lake.parts import part_names
from lakehouse.lake.photos_index import read_photos_index
from tests.attack.two_lakes import NAMES, Refused, Study, quickly


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    with quickly():
        yield


Action = Callable[[Study, Path, Path, str], object]


def swap(study: Study, one: Path, other: Path, _: str) -> None:
    aside = study.photos.parent / "aside"
    one.rename(aside)
    with suppress(FileNotFoundError):
        other.rename(one)
    aside.rename(other)


def copy(_: Study, one: Path, other: Path, __: str) -> None:
    if one.is_symlink() and one != other:
        # Of a link a copy cannot take a file's place.
        other.unlink(missing_ok=True)
    with suppress(shutil.SameFileError):
        shutil.copy2(one, other, follow_symlinks=False)


def link(_: Study, one: Path, other: Path, __: str) -> None:
    if one.exists() and one != other:
        other.unlink(missing_ok=True)
        other.symlink_to(one)


def hard_link(_: Study, one: Path, other: Path, __: str) -> None:
    if one.is_file() and one != other:
        other.unlink(missing_ok=True)
        os.link(one, other)


def dated(_: Study, one: Path, __: Path, text: str) -> None:
    """Write another content, with the time of modification of before."""
    before = one.stat()
    one.write_text(text)
    os.utime(one, ns=(before.st_atime_ns, before.st_mtime_ns))


def damage(study: Study, _: Path, __: Path, ___: str) -> None:
    for paths in (study.quick, study.careful):
        file = paths.landmarks / part_names(paths)[0]
        file.write_bytes(file.read_bytes()[:-1])


def restore(study: Study, _: Path, __: Path, ___: str) -> None:
    """Put both lakes back to what they were the last time, but not the stamps."""
    for paths in (study.quick, study.careful):
        backup = paths.root / "backup"
        if backup.exists():
            shutil.rmtree(paths.lake)
            shutil.copytree(backup, paths.lake)
        else:
            shutil.copytree(paths.lake, backup)


ACTIONS: dict[str, Action] = {
    "write": lambda _, one, __, text: one.write_text(text),
    "dated": dated,
    "touch": lambda _, one, __, ___: one.touch(),
    "old": lambda _, one, __, ___: os.utime(one, (0, 0)),
    "mode": lambda _, one, __, ___: one.chmod(0o600),
    "delete": lambda _, one, __, ___: one.unlink(),
    "rename": lambda _, one, other, __: one.replace(other),
    "swap": swap,
    "copy": copy,
    "link": link,
    "hard link": hard_link,
    "damage": damage,
    "restore": restore,
}
RUNS = ("extract", "prune", "again")

names = st.sampled_from((*NAMES[:6], "00/00/1/c.jpg", "00/00/1/a.png"))
texts = st.sampled_from(("content 0", "CONTENT 1", "longer content", "nobody is", "damaged !"))
steps = st.lists(
    st.tuples(st.sampled_from((*ACTIONS, *RUNS, *RUNS)), names, names, texts), max_size=10
)


@pytest.mark.slow
@settings(max_examples=12)
@given(steps=steps)
def test_trusting_stamps_gives_the_lake_that_reading_gives(
    steps: list[tuple[str, str, str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    study = Study(tmp_path_factory.mktemp("study"))
    study.extract_both()
    for what, one, other, text in [*steps, ("extract", "", "", "")]:
        if what in RUNS:
            options = {"prune": what == "prune", "re_extract": what == "again"}
            with suppress(Refused):
                study.extract_both(**options)
        else:
            with suppress(FileNotFoundError):
                ACTIONS[what](study, study.photos / one, study.photos / other, text)
    with suppress(Refused):
        # It is not that nothing is trusted.
        study.extract_both()
        last = study.extract_both()
        readable = [photo for photo in read_photos_index(study.quick) if photo.sha256]
        assert last.by_stamp == last.already_done - (last.found - present(readable, study))


def present(photos: list[Any], study: Study) -> int:
    return sum((study.photos / photo.path).exists() for photo in photos)
