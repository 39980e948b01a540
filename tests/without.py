"""An installation without a package, for one command: everything else that is there is linked."""

import importlib.metadata
import os
import site
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

START = """
import site, sys
folder, sys.argv = sys.argv[1], sys.argv[1:]
site.addsitedir(folder)
from lakehouse.cli import main
main()
"""


def without(
    package: str, command: Sequence[object], folder: Path
) -> subprocess.CompletedProcess[str]:
    """Type a command line where a package was never installed."""
    rest = folder / f"without {package}"
    if not rest.exists():
        link_all_but(package, rest)
    return subprocess.run(
        [sys.executable, "-S", "-c", START, rest, *map(str, command)],
        capture_output=True, text=True, check=False, cwd=folder,
        env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip


def link_all_but(package: str, folder: Path) -> None:
    """Link what is installed into a folder, but for what belongs to a package."""
    files = importlib.metadata.files(package) or ()
    own = {file.parts[0] for file in files}
    folder.mkdir()
    for place in map(Path, site.getsitepackages()):
        for path in place.iterdir():
            if path.name not in own:
                (folder / path.name).symlink_to(path)
