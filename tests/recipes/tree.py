"""A copy of the project's sources, to be changed as a contributor would and tried out."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SOURCES = ("lakehouse", "cli", "sql", "docs", "tests", "pyproject.toml")
MADE = ("__pycache__", "*.png", "*.pyc")


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
                shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns(*MADE))
            else:
                shutil.copy(ROOT / name, root)
        for name in ("cli", "sql"):
            (root / "lakehouse" / name).symlink_to(root / name, target_is_directory=True)

    def write(self, path: str, text: str) -> None:
        """Write a new file.

        Parameters
        ----------
        path : str
            Of the file in the tree.
        text : str
        """
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)

    def insert(self, path: str, text: str, *, before: str) -> None:
        """Write text into a file, before the only place where some other text stands.

        Parameters
        ----------
        path : str
            Of the file in the tree.
        text : str
        before : str
        """
        file = self.root / path
        present = file.read_text(encoding="utf-8")
        assert present.count(before) == 1, f"{path} has {before!r} {present.count(before)} times"
        file.write_text(present.replace(before, text + before), encoding="utf-8")

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
        done = subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=self.root,
            env=os.environ | {"PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        printed = done.stdout + done.stderr
        assert bool(done.returncode) == fails, printed
        return printed

    def lakehouse(self, *arguments: object, fails: bool = False) -> str:
        """Run a command of the tree's `lakehouse`, as `run` does.

        Parameters
        ----------
        *arguments : object
        fails : bool

        Returns
        -------
        str
        """
        return self.run("-m", "lakehouse.cli", *arguments, fails=fails)

    def touched_by(self, recipe: Callable[["SourceTree"], None]) -> set[str]:
        """Follow a recipe, make the pages that are made, and list the files that changed.

        Parameters
        ----------
        recipe : callable

        Returns
        -------
        set of str
            Paths in the tree, of new files too.
        """
        before = self._contents()
        recipe(self)
        self.run("docs/generate.py")
        after = self._contents()
        return {path for path in after if before.get(path) != after[path]}

    def _contents(self) -> dict[str, bytes]:
        return {
            str(file.relative_to(self.root)): file.read_bytes()
            for name in SOURCES
            for file in (self.root / name, *(self.root / name).rglob("*"))
            if file.is_file() and "__pycache__" not in file.parts
        }
