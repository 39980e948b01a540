"""What is held in the stead of files, where those themselves cannot be."""

from pathlib import Path

from lakehouse.files.names import guards_in


def without_guards(folder: Path) -> list[Path]:
    """List a folder as it is where the kernel holds the files themselves."""
    return sorted(set(folder.iterdir()).difference(guards_in(folder)))
