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
        self._listed: dict[PurePosixPath, dict[str, str | None]] = {}

    def find(self, path: PurePosixPath) -> PurePosixPath | None:
        """Find a file.

        Parameters
        ----------
        path : PurePosixPath
            Relative to the root.

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
            spelled = self._spelled(found).get(canonical(name))
            if spelled is None:
                return None
            found /= spelled
        return found

    def _spelled(self, folder: PurePosixPath) -> dict[str, str | None]:
        """Give the names in a folder by their one spelling; None for those that share it."""
        if folder not in self._listed:
            names: dict[str, str | None] = {}
            try:
                with os.scandir(self._root / folder) as entries:
                    for entry in entries:
                        key = canonical(entry.name)
                        names[key] = None if key in names else entry.name
            except (FileNotFoundError, NotADirectoryError):
                names = {}
            self._listed[folder] = names
        return self._listed[folder]
