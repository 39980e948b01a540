"""Copies of folders that several test processes share."""

import shutil
from pathlib import Path


def copied(folder: Path, to: Path) -> Path:
    """Copy a folder, without the temporary files of processes that read it at this moment."""
    return Path(shutil.copytree(folder, to, ignore=shutil.ignore_patterns(".*.tmp")))
