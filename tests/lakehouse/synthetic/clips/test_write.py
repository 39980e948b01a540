"""A study of clips is in its folder whole, or not at all."""

import os
import signal
import subprocess
import sys
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from lakehouse.errors import UsageError
from lakehouse.files.clearing import clear_dead
from lakehouse.synthetic.clips import write
from lakehouse.synthetic.clips.clip_folder import write_clips
from lakehouse.synthetic.clips.clip_study import plan_clips
from lakehouse.synthetic.clips.filming import Filming
from lakehouse.synthetic.clips.write import ClipFiles, write_clip_study
from tests.guards import without_guards


def cheaply(owner: Any) -> None:
    """Draw in this process, and leave out what takes a model."""
    owner.write_clips = partial(write_clips, workers=1)
    owner.measured_faces = lambda study: None
    owner.point_groups = lambda: None
    owner.true_dynamics = lambda *_: pl.DataFrame({"group": ["mouth"]})


def drawn(folder: Path, on_clip: Any = None) -> ClipFiles:
    filming = Filming(rate=Fraction(4), size=(64, 64))
    return write_clip_study(plan_clips(1, filming=filming), folder, on_clip=on_clip)


def die(folder: str) -> None:
    """Draw a clip and be killed."""
    cheaply(write)
    drawn(Path(folder), lambda *_: os.kill(os.getpid(), signal.SIGKILL))


@pytest.mark.slow
def test_a_killed_run_leaves_nothing_that_the_next_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "moving"
    code = f"from {__name__} import die; die({str(folder)!r})"
    killed = subprocess.run([sys.executable, "-c", code], check=False)
    assert killed.returncode == -signal.SIGKILL
    [half] = without_guards(folder)
    assert half.name.startswith(".truth.csv.")
    assert len(list(half.rglob("*.mp4"))) == 1
    # As every command does when it starts.
    clear_dead()
    assert list(folder.iterdir()) == []

    for name in ("write_clips", "measured_faces", "point_groups", "true_dynamics"):
        monkeypatch.setattr(write, name, getattr(write, name))
    cheaply(write)
    files = drawn(folder)
    assert {path.name for path in folder.iterdir()} == {
        "clips", "events.csv", "scores.csv", "truth.csv",
    }  # fmt: skip
    assert files.videos == len(list(files.clips.rglob("*.mp4"))) == 3
    assert files.truth.read_text() == "group\nmouth\n"
    with pytest.raises(UsageError, match="holds files already"):
        drawn(folder)
