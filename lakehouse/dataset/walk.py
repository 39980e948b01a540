"""Finding a dataset's photographs by walking its folders."""

import stat
from pathlib import Path

from lakehouse.dataset.cells import Candidate, CellOrder, with_unique_ids
from lakehouse.dataset.folders import FolderWalk
from lakehouse.dataset.kinds import may_be_picture, split_ending
from lakehouse.dataset.listing import Listing, Reason, printable
from lakehouse.dataset.path_reader import PathReader
from lakehouse.errors import InputError
from lakehouse.settings.model import Dataset


def walk_photos(root: Path, dataset: Dataset, *, layout: str | None = None) -> Listing:
    """List the photographs below a folder.

    Symbolic links are followed; a link back to a folder above itself is not. Hidden files and
    folders (also the ``._x`` files of a Mac) are ignored.

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
    reader = PathReader(dataset, layout)
    if not root.is_dir():
        raise InputError(
            "is not a folder", where=printable(str(root)), fix="give the folder of the photographs"
        )
    walk = FolderWalk(root)
    candidates = []
    for path, absolute in walk.files():
        stem, ending = split_ending(path)
        if not _is_photo(absolute, ending):
            walk.ignored.add(Reason.NO_PHOTOGRAPH, path)
            continue
        found = reader.read(path, stem, ending, absolute)
        if isinstance(found, Candidate):
            candidates.append(found)
        else:
            walk.ignored.add(*found)
    if walk.root_error:
        raise InputError(f"cannot be listed ({walk.root_error})", where=printable(str(root)))
    order = CellOrder(list(dict.fromkeys(dataset.expressions.values())))
    photos = sorted(with_unique_ids(candidates), key=lambda file: order(file.key))
    return Listing(tuple(photos), walk.ignored.result(), tuple(walk.unreadable), reader.respelled)


def _is_photo(path: Path, ending: str) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        # A broken link or the like: by its ending it should have been a photograph.
        return bool(ending)
    if not stat.S_ISREG(mode):
        return False
    return bool(ending) or may_be_picture(path)
