"""Shared folders are made once, whoever asks and however often."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.once import Once

ASK = """
import sys, time
from pathlib import Path
from tests.once import Once

def make(folder):
    with (Path(sys.argv[1]) / "made").open("a") as made:
        made.write("x")
    time.sleep(0.3)
    return len(list(folder.iterdir()))

assert Once(Path(sys.argv[1]) / "shared")("a", make) == 0
"""


@pytest.mark.slow
def test_processes_that_ask_at_once_make_it_once(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    asking = [subprocess.Popen([sys.executable, "-c", ASK, tmp_path], cwd=root) for _ in range(3)]

    assert [each.wait(60) for each in asking] == [0, 0, 0]
    assert (tmp_path / "made").read_text() == "x"


def test_names_keep_apart_what_is_made(tmp_path: Path) -> None:
    once = Once(tmp_path / "shared")

    assert once("a", lambda folder: folder.name) == "a"
    assert once("b", lambda folder: folder.name) == "b"
    assert once("a", lambda folder: "anew") == "a"


def test_what_could_not_be_made_is_tried_again_in_an_empty_folder(tmp_path: Path) -> None:
    once = Once(tmp_path / "shared")

    def half(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError("no luck")

    with pytest.raises(OSError, match="no luck"):
        once("a", half)

    assert once("a", lambda folder: list(folder.iterdir())) == []
