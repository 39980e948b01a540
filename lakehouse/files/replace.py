"""A file in another's place once it is whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lakehouse.files.write import lake_errors, make_private, temporary_name


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Give a temporary file that takes the place of another once it is whole.

    The pictures are of people: only the owner can read files and new folders.

    Parameters
    ----------
    path : Path
        To be made or replaced; its folder is made.

    Yields
    ------
    Path
        An empty file in the same folder.

    Raises
    ------
    LakeError
        If it cannot be written; an earlier file is then as it was.
    """
    make_private(path.parent)
    temporary = temporary_name(path)
    with lake_errors(path):
        try:
            os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
            yield temporary
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, replacing one of that name in one step.

    Parameters
    ----------
    path : Path
    content : bytes

    Raises
    ------
    LakeError
        If it cannot be written.
    """
    with replaced(path) as temporary:
        temporary.write_bytes(content)
