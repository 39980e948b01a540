"""Command lines typed into a shell, with what a shell can do to their streams."""

import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("lakehouse")


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


def typed(
    *words: object,
    redirected: str = "",
    stdin: bytes | None = None,
    cwd: Path | None = None,
    **environment: str,
) -> Ended:
    """Type a command line and wait for its end; what it says is captured where not redirected.

    Parameters
    ----------
    redirected : str
        As a shell writes it: ``>&-``.
    **environment : str
        Variables that differ from those of the tests.
    """
    line = f'"$@" {redirected}'
    ended = subprocess.run(
        ["sh", "-c", line, "sh", PROGRAM, *map(os.fspath, map(_word, words))],
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        cwd=cwd,
        env=os.environ | environment,
        timeout=300,
    )
    return Ended(ended.returncode, *(each.decode() for each in (ended.stdout, ended.stderr)))


def split(line: str, folder: Path) -> list[str]:
    """Split a line as a shell would; ``@`` stands for a folder."""
    return [word.replace("@", str(folder)) for word in shlex.split(line)]


def _word(word: object) -> str | bytes:
    return word if isinstance(word, bytes) else str(word)
