"""Finding files by names that may be spelled otherwise than the file system spells them."""

import os
from pathlib import Path, PurePosixPath

from lakehouse.ids import canonical


class NamesBelow:
    """The files below a folder, found by their names in whatever spelling.

    A Mac writes accents as characters of their own, a spreadsheet does not: the same name, in
    other bytes.

    Parameters
    ----------
    root : Path
        Where paths begin.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._listed: dict[PurePosixPath, list[str]] = {}
        self._spelled: dict[tuple[PurePosixPath, bool], dict[str, str | None]] = {}

    def find(self, path: PurePosixPath, *, any_case: bool = False) -> PurePosixPath | None:
        """Find a file.

        Parameters
        ----------
        path : PurePosixPath
            Relative to the root.
        any_case : bool
            Whether names may differ in letter case too, as on Windows they may.

        Returns
        -------
        PurePosixPath or None
            As the file system spells it. None if there is nothing, or several things, of the name.

        Raises
        ------
        OSError
            If that cannot be told, as for want of rights.
        """
        try:
            (self._root / path).lstat()
        except (FileNotFoundError, NotADirectoryError):
            pass
        else:
            return path
        found = PurePosixPath()
        for name in path.parts:
            spelled = self._by_key(found, any_case=any_case).get(_key(name, any_case=any_case))
            if spelled is None:
                return None
            found /= spelled
        return found

    def _by_key(self, folder: PurePosixPath, *, any_case: bool) -> dict[str, str | None]:
        """Give the names in a folder by their one spelling; None for those that share it."""
        if (folder, any_case) not in self._spelled:
            names: dict[str, str | None] = {}
            for name in self._names(folder):
                key = _key(name, any_case=any_case)
                names[key] = None if key in names else name
            self._spelled[folder, any_case] = names
        return self._spelled[folder, any_case]

    def _names(self, folder: PurePosixPath) -> list[str]:
        if folder not in self._listed:
            try:
                with os.scandir(self._root / folder) as entries:
                    self._listed[folder] = [entry.name for entry in entries]
            except (FileNotFoundError, NotADirectoryError):
                self._listed[folder] = []
        return self._listed[folder]


def _key(name: str, *, any_case: bool) -> str:
    return canonical(name).casefold() if any_case else canonical(name)
