"""A copy of the repository in which a contributor's recipe is followed, and what it takes."""

import filecmp
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
COPIED = ("lakehouse", "cli", "sql", "docs", "tests", "pyproject.toml")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.png")


@dataclass(frozen=True)
class Tree:
    """The copy.

    Parameters
    ----------
    root : Path
    """

    root: Path

    def write(self, name: str, text: str) -> None:
        """Make a file, or write it anew."""
        (self.root / name).write_text(text, encoding="utf-8")

    def insert(self, name: str, after: str, text: str) -> None:
        """Add a line to a file after the one line that is so."""
        lines = (self.root / name).read_text(encoding="utf-8").split("\n")
        assert lines.count(after) == 1, (name, after)
        at = lines.index(after) + 1
        self.write(name, "\n".join([*lines[:at], text, *lines[at:]]))

    def touched(self) -> set[str]:
        """Name the files that are not what they are in the repository."""
        files = (file for file in self.root.rglob("*") if file.is_file())
        names = {str(file.relative_to(self.root)) for file in files}
        _, changed, added = filecmp.cmpfiles(ROOT, self.root, names, shallow=False)
        return {name for name in (*changed, *added) if "__pycache__" not in name}

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run Python on the copy instead of the repository, in the copy's folder."""
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=self.root,
            env=os.environ | {"PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    def lakehouse(self, *arguments: object) -> str:
        """Run a command, which must succeed, and give what it printed."""
        done = self.run("-m", "lakehouse.cli", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def generate(self) -> None:
        """Write the pages that are made from the program."""
        done = self.run("docs/generate.py")
        assert done.returncode == 0, done.stderr

    def failures(self, *tests: str) -> str:
        """Run tests of the copy that need no fixtures, and give the names of those that fail."""
        done = self.run("-m", "pytest", "-q", "--noconftest", "-p", "no:cacheprovider", *tests)
        assert done.returncode in (0, 1), done.stdout + done.stderr
        return "\n".join(line for line in done.stdout.splitlines() if line.startswith("FAILED"))


def copied(folder: Path) -> Tree:
    """Copy the repository.

    Parameters
    ----------
    folder : Path
        Where there is nothing yet.

    Returns
    -------
    Tree
    """
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / name, folder / name)
    # Where an installation has them.
    for name in ("cli", "sql"):
        (folder / "lakehouse" / name).symlink_to(folder / name)
    return Tree(folder)
