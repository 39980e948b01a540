"""Walking folders that people made: hidden files, loops, names and rights of all kinds."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lakehouse.dataset.listing import IgnoredCounter, Reason, printable


@dataclass
class FolderWalk:
    """A walk through the folders below one.

    Attributes
    ----------
    root : Path
        Where the walk begins.
    ignored : IgnoredCounter
        Files ignored; the walk itself counts hidden ones.
    unreadable : list of str
        Folders that could not be listed, with the system's reason.
    root_error : str or None
        The reason, if that was so of the root.
    """

    root: Path
    ignored: IgnoredCounter = field(default_factory=IgnoredCounter)
    unreadable: list[str] = field(default_factory=list)
    root_error: str | None = None

    def files(self) -> Iterator[tuple[str, Path]]:
        """Give every visible file's relative and absolute path, sorted."""
        # Not recursive: a tree deeper than Python's stack is only a strange dataset.
        waiting: list[tuple[str, frozenset[tuple[int, int]]]] = [("", frozenset())]
        while waiting:
            folder, above = waiting.pop()
            entries = self._entries(folder, above)
            if entries is None:
                continue
            names, here = entries
            folders = []
            for name, is_folder in names:
                path = f"{folder}/{name}" if folder else name
                if name.startswith("."):
                    self.ignored.add(Reason.HIDDEN, path)
                elif is_folder:
                    folders.append(path)
                else:
                    yield path, self.root / path
            waiting.extend((path, here) for path in reversed(folders))

    def _entries(
        self, folder: str, above: frozenset[tuple[int, int]]
    ) -> tuple[list[tuple[str, bool]], frozenset[tuple[int, int]]] | None:
        try:
            with os.scandir(self.root / folder) as scan:
                names = sorted((entry.name, _is_folder(entry)) for entry in scan)
            status = (self.root / folder).stat()
        except OSError as error:
            reason = error.strerror or str(error)
            if folder:
                self.unreadable.append(f"{printable(folder)} ({reason})")
            else:
                self.root_error = reason
            return None
        identity = (status.st_dev, status.st_ino)
        return None if identity in above else (names, above | {identity})


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
