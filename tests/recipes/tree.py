"""A copy of the project's sources, in which a contributor's recipe is followed and tried out."""

import filecmp
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SOURCES = ("lakehouse", "cli", "sql", "docs", "tests", "pyproject.toml")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.png", "*.pyc")


class SourceTree:
    """A copy of the sources in a folder of its own.

    `cli` and `sql` are linked into `lakehouse`, where an installation puts them, so that Python
    finds all three in the copy before it looks for an installed one.

    Parameters
    ----------
    root : Path
        Where the copy is made.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()
        for name in SOURCES:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, root / name, ignore=LEFT_OUT)
            else:
                shutil.copy(ROOT / name, root)
        for name in ("cli", "sql"):
            (root / "lakehouse" / name).symlink_to(root / name, target_is_directory=True)

    def write(self, path: str, text: str) -> None:
        """Make a file of the tree, or write it anew."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def insert(self, path: str, text: str, *, before: str = "", after: str = "") -> None:
        """Write text into a file, before the only place of other text or after the only such line.

        Parameters
        ----------
        path : str
            Of the file in the tree.
        text : str
            To be inserted; after a line it becomes a line.
        before, after : str
            One of them is given.
        """
        place = before or f"\n{after}\n"
        present = (self.root / path).read_text(encoding="utf-8")
        assert present.count(place) == 1, f"{path} has {place!r} {present.count(place)} times"
        self.write(path, present.replace(place, text + before if before else f"{place}{text}\n"))

    def run(self, *arguments: object, fails: bool = False) -> str:
        """Run Python on the tree.

        Parameters
        ----------
        *arguments : object
            Of the interpreter.
        fails : bool
            Whether it is to end with an error.

        Returns
        -------
        str
            What it printed.
        """
        done = self._ended(*arguments)
        printed = done.stdout + done.stderr
        assert bool(done.returncode) == fails, printed
        return printed

    def lakehouse(self, *arguments: object, fails: bool = False) -> str:
        """Run a command of the tree's `lakehouse`, as `run` does."""
        return self.run("-m", "lakehouse.cli", *arguments, fails=fails)

    def generate(self) -> None:
        """Write the pages that are made from the program."""
        self.run("docs/generate.py")

    def failures(self, *tests: str) -> str:
        """Run tests of the copy that need no fixtures, and give the names of those that fail."""
        done = self._ended("-m", "pytest", "-q", "--noconftest", "-p", "no:cacheprovider", *tests)
        assert done.returncode in (0, 1), done.stdout + done.stderr
        return "\n".join(line for line in done.stdout.splitlines() if line.startswith("FAILED"))

    def touched(self) -> set[str]:
        """Name the files that are not what they are in the repository."""
        files = (file for file in self.root.rglob("*") if file.is_file())
        names = {str(file.relative_to(self.root)) for file in files}
        _, changed, added = filecmp.cmpfiles(ROOT, self.root, names, shallow=False)
        return {name for name in (*changed, *added) if "__pycache__" not in name}

    def touched_by(self, recipe: Callable[["SourceTree"], None]) -> set[str]:
        """Follow a recipe, make the pages that are made, and name the files that changed."""
        before = self._contents()
        recipe(self)
        self.generate()
        after = self._contents()
        return {path for path in after if before.get(path) != after[path]}

    def _contents(self) -> dict[str, bytes]:
        return {
            str(file.relative_to(self.root)): file.read_bytes()
            for name in SOURCES
            for file in (self.root / name, *(self.root / name).rglob("*"))
            if file.is_file() and "__pycache__" not in file.parts
        }

    def _ended(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        # Tests of the tree share nothing with those that run it.
        own = {name: value for name, value in os.environ.items() if "XDIST" not in name}
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=self.root,
            env=own | {"PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
