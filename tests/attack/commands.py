"""Commands as a user types them, with the rights of an ordinary user."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

from lakehouse.paths import WarehousePaths
from tests.lean import TOML, lean
from tests.tools import require_tool

SETTINGS: Final = lean(quality={"photos_per_mask": "any"})
"""One photograph of each mask is enough."""

IN_TOML: Final = TOML + '[quality]\nphotos_per_mask = "any"\n'
"""The same in `lakehouse.toml`."""

_ALL_RIGHTS = "-dac_override,-dac_read_search"
"""What lets the administrator read and write whatever the rights of a file say."""


class Study(NamedTuple):
    """A warehouse and what its lake was made from."""

    paths: WarehousePaths
    tree: Path
    scores: Path


class Answer(NamedTuple):
    code: int
    out: str
    err: str


def ordinary(paths: WarehousePaths, *arguments: object) -> Answer:
    """Run a command that may read only what its rights allow, whoever runs the tests."""
    command = [sys.executable, "-m", "lakehouse.cli", "--warehouse", str(paths.root)]
    if os.geteuid() == 0:
        program = require_tool("setpriv")
        dropped = [f"--bounding-set={_ALL_RIGHTS}", f"--inh-caps={_ALL_RIGHTS}"]
        command = [program, *dropped, *command]
    done = subprocess.run(
        [*command, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def require_one_line(answer: Answer, *words: str) -> None:
    """Hold an answer to be an error of one line that names something."""
    assert answer.code == 1, answer
    assert answer.err.startswith("error: "), answer
    assert answer.err.count("\n") == 1, answer
    for word in words:
        assert word in answer.err, answer


def lake_files(paths: WarehousePaths) -> dict[str, bytes]:
    """Give the lake's files by their names below it."""
    return {
        file.relative_to(paths.lake).as_posix(): file.read_bytes()
        for file in sorted(paths.lake.rglob("*.parquet"))
        if file.is_file()
    }
