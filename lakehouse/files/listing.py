"""What a folder holds: one that cannot be listed is an error, never an empty one."""

import os
from pathlib import Path

from lakehouse.errors import LakeError, LakehouseError


def listed(folder: Path, error_class: type[LakehouseError] = LakeError) -> list[str]:
    """List the names in a folder.

    Parameters
    ----------
    folder : Path
        Need not exist.
    error_class : type of LakehouseError

    Returns
    -------
    list of str
        Sorted; empty where there is no folder.

    Raises
    ------
    LakehouseError
        Of that class, if there is a folder that cannot be listed, or a link that leads nowhere.
    """
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries)
    except FileNotFoundError as error:
        if (link := _broken_link(folder)) is None:
            return []
        raise error_class(
            f"is a link to {link.readlink()}, which is not there",
            where=str(link),
            fix="mount or put back what it leads to",
        ) from error
    except OSError as error:
        raise error_class(
            f"cannot be listed ({error.strerror})",
            where=str(folder),
            fix="make it a readable folder",
        ) from error


def present(path: Path) -> bool:
    """Tell whether there is anything of a name, be it a link that leads nowhere.

    Raises
    ------
    LakeError
        If that cannot be known.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        # The folder itself, unless it is certain that it is not there either.
        listed(path.parent)
        return False
    except OSError as error:
        raise LakeError(
            f"cannot be looked for ({error.strerror})",
            where=str(path),
            fix="make its folder readable",
        ) from error
    return True


def _broken_link(path: Path) -> Path | None:
    """Find the link on the way to a path that leads nowhere."""
    for each in (path, *path.parents):
        if each.exists():
            return None
        if each.is_symlink():
            return each
    return None
