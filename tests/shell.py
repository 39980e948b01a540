"""Command lines typed into a real shell, as they stand on a page.

The shell finds programs that only write down what they were given. So quotes, dollars, redirections
and comments mean what they mean to people, and the program itself can run in the test's process.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.tools import require_tool

PROGRAMS = ("lakehouse", "git", "make", "pip", "pipx", "python", "sudo", "uv")
IN_VENV = Path(".venv", "bin", "lakehouse")
WRITES_DOWN = """#!{sh}
printf '%s\\0' "$#" "${{0##*/}}" "$@" >> "$TYPED"
{cat} > "$TYPED.in"
"""


@dataclass(frozen=True)
class Call:
    """What the shell gave a program."""

    program: str
    words: list[str]
    entered: bytes


def type_line(line: str, folder: Path, apart: Path) -> Call:
    """Type a line in a folder.

    Parameters
    ----------
    line : str
    folder : Path
        What files of the line are relative to.
    apart : Path
        A folder for programs and their notes, not below the other.

    Raises
    ------
    AssertionError
        The shell complains, or the line calls none of the programs, or more than one.
    """
    sh, cat = require_tool("sh"), require_tool("cat")
    programs, notes = apart / "programs", apart / "typed"
    if not programs.exists():
        programs.mkdir(parents=True)
        for name in PROGRAMS:
            (programs / name).write_text(WRITES_DOWN.format(sh=sh, cat=cat))
            (programs / name).chmod(0o700)
    if line.startswith(IN_VENV.as_posix()) and not (folder / IN_VENV).exists():
        (folder / IN_VENV.parent).mkdir(parents=True)
        shutil.copy(programs / "lakehouse", folder / IN_VENV)
    notes.unlink(missing_ok=True)
    done = subprocess.run(
        [sh, "-c", line],
        cwd=folder,
        env={"PATH": str(programs), "TYPED": str(notes)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), line
    count, program, *words = notes.read_text(encoding="utf-8").split("\0")[:-1]
    assert int(count) == len(words), f"more than one program: {line}"
    return Call(program, words, notes.with_name("typed.in").read_bytes())
