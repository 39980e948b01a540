"""Finding the files that a manifest means, on whatever machine their paths were written."""

import errno
import os
from collections.abc import Iterable, Sequence
from itertools import takewhile
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Final

from lakehouse.inputs.shown import short_path
from lakehouse.system.names_below import NamesBelow

_LONGEST: Final = 4096
"""Characters of a path."""

_DEEPEST: Final = 64
"""Folders that may stand for the root."""

_FEWEST: Final = 0.5
"""Share of the paths below a foreign folder that must be there for it to be believed."""


class ManifestPaths:
    """Finds the photographs below a folder by the paths of a table.

    A path is first taken as it stands, so that a backslash may be part of a name. Then an absolute
    path is looked for below the folder, and a backslash divides folders. What is left may have
    been written where the folder lies elsewhere: if the paths share folders without which they
    are there, these stand for the folder. Letter case is minded only where it tells files apart.

    Parameters
    ----------
    root : Path
        The dataset's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._names = NamesBelow(root)
        self._is_root: dict[Path, bool] = {}
        self.found: frozenset[str] = frozenset()
        self.foreign: str | None = None
        self.in_other_case: set[str] = set()

    def find_all(self, texts: Sequence[str | None]) -> list[str | ValueError]:
        """Find all files of a table.

        Parameters
        ----------
        texts : sequence of str or None
            The paths, None where there is none.

        Returns
        -------
        list of str or ValueError
            Relative to the root, as the file system spells it; or what is wrong. Afterwards
            `found` holds the files, `in_other_case` those whose path has another letter case, and
            `foreign` is the folder that stands for the root, if some paths were so understood.
        """
        found: list[str | ValueError | PurePath] = [self._looked_for(text) for text in texts]
        elsewhere = [each for each in found if isinstance(each, PurePath)]
        absolute = [path for path in elsewhere if _is_absolute(path)]
        if not absolute and any(isinstance(each, str) for each in found):
            # Some are there as they stand, so what is relative and is not there is missing.
            elsewhere = []
        depth = self._depth_of_root(absolute or elsewhere)
        settled = [
            self._without(each, depth, text or "") if isinstance(each, PurePath) else each
            for each, text in zip(found, texts, strict=True)
        ]
        self.found = frozenset(path for path in settled if isinstance(path, str))
        self.in_other_case &= self.found
        return settled

    def _looked_for(self, text: str | None) -> "str | ValueError | PurePath":
        """Find a file by its path as it stands, or give the path as its writer's system has it."""
        if not text:
            return ValueError("no path")
        if "://" in text:
            return ValueError(f"{short_path(text)} is an address, not a path")
        if "\0" in text:
            return ValueError(f"{short_path(text)} is no path")
        if len(text) > _LONGEST:
            return _unsought(text, os.strerror(errno.ENAMETOOLONG))
        try:
            return self._found(text) or _written(text)
        except OSError as error:
            return _unsought(text, error.strerror)
        except ValueError as error:
            return error

    def _found(self, text: str) -> str | None:
        if (direct := self._there(PurePosixPath(text.replace(os.sep, "/")))) is not None:
            return direct
        if ".." in _written(text).parts:
            raise ValueError(f"{short_path(text)} does not lie below the folder of photographs")
        native = _native(text)
        if native.is_absolute() and (below := self._below_root(native)) is not None:
            if (found := self._there(PurePosixPath(below.as_posix()))) is not None:
                return found
            raise ValueError(_missing(text))
        if "\\" in text:
            return self._there(PurePosixPath(*_written(text).parts))
        return None

    def _there(self, path: PurePosixPath) -> str | None:
        """Find a file by its path below the root."""
        if path.is_absolute() or Path(path).drive or ".." in path.parts:
            return None
        try:
            found = self._names.find(path)
            if found is None and (found := self._names.find(path, any_case=True)) is not None:
                self.in_other_case.add(str(found))
        except OSError as error:
            # Folders that a backslash divides are no single name that is too long.
            if error.errno == errno.ENAMETOOLONG and "\\" in str(path):
                return None
            raise
        return str(found) if found is not None and (self._root / found).is_file() else None

    def _below_root(self, path: Path) -> PurePath | None:
        """Give an absolute path relative to the root, whatever links lead to either."""
        for folder in path.parents:
            if self._same_as_root(folder):
                return path.relative_to(folder)
        real, root = Path(os.path.realpath(path)), Path(os.path.realpath(self._root))
        return real.relative_to(root) if real.is_relative_to(root) and real != root else None

    def _same_as_root(self, folder: Path) -> bool:
        if folder not in self._is_root:
            try:
                self._is_root[folder] = folder.samefile(self._root)
            except OSError:
                self._is_root[folder] = False
        return self._is_root[folder]

    def _depth_of_root(self, paths: Sequence[PurePath]) -> int:
        """Tell after how many folders, which all paths share, their files lie below the root."""
        if not paths:
            return 0
        fitting = {
            depth: sum(self._is_there(path, depth) for path in paths)
            for depth in range(1, min(_shared(paths), _DEEPEST) + 1)
        }
        most = max(fitting.values(), default=0)
        best = [depth for depth, count in fitting.items() if count == most]
        # Where two depths fit, nobody can tell which is meant.
        if most < max(1, _FEWEST * len(paths)) or len(best) > 1:
            return 0
        self.foreign = str(type(paths[0])(*paths[0].parts[: best[0]]))
        return best[0]

    def _is_there(self, path: PurePath, depth: int) -> bool:
        try:
            return self._there(PurePosixPath(*path.parts[depth:])) is not None
        except OSError:
            return False

    def _without(self, path: PurePath, depth: int, text: str) -> str | ValueError:
        """Find a file without the folders that stand for the root, or say what is wrong."""
        try:
            if depth and _is_absolute(path) == _is_absolute(_written(self.foreign or "")):
                found = self._there(PurePosixPath(*path.parts[depth:]))
                return found or ValueError(_missing(text))
            if _is_absolute(path):
                return ValueError(
                    f"{short_path(text)} does not lie below the folder of photographs"
                )
            folder = (self._root / PurePosixPath(*path.parts)).is_dir()
        except OSError as error:
            return _unsought(text, error.strerror)
        return ValueError(f"{short_path(text)} is a folder" if folder else _missing(text))


def _written(text: str) -> PurePath:
    """Give a path as the system has it on which it was written."""
    windows = PureWindowsPath(text)
    return windows if "\\" in text or windows.drive else PurePosixPath(text)


def _native(text: str) -> Path:
    """Give a path as this system has it, in which ~ is the home folder."""
    try:
        return Path(text).expanduser() if text.startswith("~/") else Path(text)
    except RuntimeError:
        # Nobody's home is known.
        return Path(text)


def _is_absolute(path: PurePath) -> bool:
    return bool(path.root) or path.parts[:1] == ("~",)


def _shared(paths: Iterable[PurePath]) -> int:
    """Count the leading folders that all paths share; Windows minds no letter case."""
    folders = [
        [part.casefold() if isinstance(path, PureWindowsPath) else part for part in path.parts[:-1]]
        for path in paths
    ]
    levels = zip(*folders, strict=False)
    return sum(1 for _ in takewhile(lambda level: len(set(level)) == 1, levels))


def _unsought(text: str, reason: str | None) -> ValueError:
    return ValueError(f"{short_path(text)} cannot be looked for ({reason})")


def _missing(text: str) -> str:
    return f"{short_path(text)} does not exist"
