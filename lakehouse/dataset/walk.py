"""Finding a dataset's photographs by walking its folders."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lakehouse.dataset.cells import Candidate, CellOrder, with_unique_ids
from lakehouse.dataset.kinds import may_be_picture, split_ending
from lakehouse.dataset.layout import Layout
from lakehouse.dataset.listing import IgnoredCounter, Listing, PhotoFile, Reason, printable
from lakehouse.errors import InputError
from lakehouse.settings.model import Dataset


def walk_photos(root: Path, dataset: Dataset, *, layout: str | None = None) -> Listing:
    """List the photographs below a folder.

    Symbolic links are followed; a link back to a folder above itself is not. Hidden files and
    folders (also the ``._x`` files of a Mac) are passed over.

    Parameters
    ----------
    root : Path
        The dataset's folder.
    dataset : Dataset
        Layout and codes from the settings.
    layout : str, optional
        Pattern to use instead of the settings' one.

    Returns
    -------
    Listing
        The same for the same files, in whatever order the system gives them.

    Raises
    ------
    InputError
        If `root` is no folder that can be listed.
    UsageError
        If the pattern cannot mean anything.
    """
    compiled = Layout(
        layout or dataset.layout, expressions=dataset.expressions, supervised=dataset.supervised
    )
    if not root.is_dir():
        raise InputError("is not a folder", where=printable(str(root)), fix="name the photographs'")
    walk = _Walk(root)
    candidates = []
    for path, absolute in walk.files():
        found = _candidate(path, absolute, compiled, dataset)
        if isinstance(found, Candidate):
            candidates.append(found)
        else:
            walk.ignored.add(*found)
    if walk.root_error:
        raise InputError(f"cannot be listed ({walk.root_error})", where=printable(str(root)))
    order = CellOrder(list(dict.fromkeys(dataset.expressions.values())))
    photos = sorted(with_unique_ids(candidates), key=lambda file: order(file.key))
    return Listing(tuple(photos), walk.ignored.result(), tuple(walk.unreadable))


def _candidate(
    path: str, absolute: Path, layout: Layout, dataset: Dataset
) -> Candidate | tuple[Reason, str]:
    """Read what a file shows from its path, or tell why it is passed over and an example."""
    stem, ending = split_ending(path)
    if not _is_photo(absolute, ending):
        return Reason.NO_PHOTOGRAPH, path
    if not _is_utf8(path):
        return Reason.NAME_NOT_UTF8, path
    fields = layout.parse(stem)
    if fields is None:
        return Reason.NOT_IN_LAYOUT, path
    expression = dataset.expressions.get(fields.expression)
    if expression is None:
        return Reason.UNKNOWN_EXPRESSION, fields.expression
    supervised = False
    if fields.supervised is not None:
        if fields.supervised not in dataset.supervised:
            return Reason.UNKNOWN_SUPERVISED, fields.supervised
        supervised = dataset.supervised[fields.supervised]
    photo = fields.photo or stem.rpartition("/")[2]
    file = PhotoFile(fields.participant, expression, supervised, photo, path, absolute)
    return Candidate(file, ending)


def _is_photo(path: Path, ending: str) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        # A broken link or the like: by its ending it should have been a photograph.
        return bool(ending)
    if not stat.S_ISREG(mode):
        return False
    return bool(ending) or may_be_picture(path)


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


@dataclass
class _Walk:
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
