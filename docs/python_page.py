"""The pictures of the page "From Python", drawn by its own lines.

python docs/python_page.py  # runs all of python.md and renews its pictures
"""

import doctest
import os
import runpy
import shutil
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).resolve().parent
PAGE = DOCS / "python.md"
PICTURES = ("python-effects.png", "python-face.png")


def follow(folder: Path) -> doctest.TestResults:
    """Run the page's lines in a folder that holds the cookbook's study as `trial`.

    Parameters
    ----------
    folder : Path
        Where the pictures are written.
    """
    before = Path.cwd()
    os.chdir(folder)
    try:
        return doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.ELLIPSIS)
    finally:
        os.chdir(before)


def main() -> int:
    """Renew the pictures; the exit code tells whether the page's answers are right."""
    make_study = runpy.run_path(str(DOCS / "cookbook.py"))["make_study"]
    with tempfile.TemporaryDirectory() as folder:
        make_study(Path(folder) / "trial")
        failed = follow(Path(folder)).failed
        for name in PICTURES:
            shutil.copy(Path(folder) / name, DOCS / name)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
