"""A whole new lake in the old one's place, in one step.

Where many files become few, no order of renames is safe: who lists a folder meanwhile finds a
photograph twice or not at all. So the new lake is made complete beside the old one, and the
system exchanges the names of the two folders at once. Where it cannot, there is for a moment no
lake, and who finds none takes the last step, by `settle_swap`. A reader that had listed the old
files and comes to open one is told that it is gone; nobody gets wrong rows. Whatever moment a
process is killed at, the lake is the old one or the new one, and beside it lies a folder that
nobody needs.
"""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from lakehouse.errors import LakeError
from lakehouse.files.errors import write_errors
from lakehouse.files.exchange import clear, exchanged, settle
from lakehouse.files.folders import make_alike
from lakehouse.files.links import link
from lakehouse.files.names import temporary_name
from lakehouse.paths import WarehousePaths


@contextmanager
def swapped_lake(paths: WarehousePaths, replaced: Collection[str]) -> Iterator[WarehousePaths]:
    """Make a new lake and put it in the place of the present one.

    Only for who holds the lake's lock, which stays held.

    Parameters
    ----------
    replaced : collection of str
        File names of the parts that the new lake does not take over. Everything else is in it
        from the start, without being copied.

    Yields
    ------
    WarehousePaths
        Whose lake is the new one, to be filled. When the block ends without an error, it becomes
        the lake; after an error the lake is as it was.

    Raises
    ------
    LakeError
        If the folders cannot be exchanged or written, or something lies in the lake that does
        not belong there.
    """
    lake = paths.lake.resolve()
    new = WarehousePaths(_scratch(paths))
    with exchanged(lake, new.lake):
        with write_errors(new.root):
            _take_over(lake, new.lake, replaced)
        yield new


def has_swap(paths: WarehousePaths) -> bool:
    """Tell whether there is a folder of a killed swap, or of one under way."""
    return os.path.lexists(_scratch(paths))


def settle_swap(paths: WarehousePaths) -> None:
    """Finish a swap that is between its two steps, as where a process was killed there.

    Raises
    ------
    LakeError
        If it cannot be finished.
    """
    settle(paths.lake.resolve(), WarehousePaths(_scratch(paths)).lake)


def clear_swap(paths: WarehousePaths) -> None:
    """Remove the folder that a killed swap leaves, whichever of its steps it had come to.

    Raises
    ------
    LakeError
        If it cannot be removed.
    """
    clear(paths.lake.resolve(), WarehousePaths(_scratch(paths)).lake)


def _take_over(lake: Path, new: Path, replaced: Collection[str]) -> None:
    """Fill a new lake with links to the old one's files, but for the parts to be replaced."""
    for old_folder, folder in zip(_folders(lake), _folders(new), strict=True):
        if not old_folder.exists():
            # A lake need not have videos, or photographs.
            continue
        make_alike(folder, old_folder)
        with os.scandir(old_folder) as entries:
            found = list(entries)
        for entry in found:
            if Path(entry.path) in _folders(lake):
                if entry.is_symlink():
                    raise LakeError("is a link", where=entry.path, fix="replace it by the folder")
            elif entry.is_dir(follow_symlinks=False):
                raise LakeError(
                    "does not belong to a lake", where=entry.path, fix="move it elsewhere"
                )
            elif folder == new or entry.name not in replaced:
                link(Path(entry.path), folder / entry.name)


def _folders(lake: Path) -> tuple[Path, ...]:
    """Give a lake's folders, itself first; those of video where there are any."""
    paths = WarehousePaths(lake.parent)
    return (
        lake,
        *(lake / each.name for each in (paths.landmarks, paths.blendshapes, paths.photos)),
        *(
            lake / each.name
            for each in (
                paths.frame_landmarks,
                paths.frame_blendshapes,
                paths.videos,
                paths.frames,
            )
        ),
    )


def _scratch(paths: WarehousePaths) -> Path:
    """Name the scratch folder, on the same disk as the lake: it may be a link to elsewhere."""
    return temporary_name(paths.lake.resolve().with_name("lake.swap"))
