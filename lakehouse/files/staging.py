"""Several files that move to their place together, once all are whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lakehouse.errors import LakehouseError
from lakehouse.files.errors import write_errors
from lakehouse.files.folders import make_private, sync_folder
from lakehouse.files.replace import seal
from lakehouse.files.temporary import temporary_folder


@contextmanager
def staged(folder: Path, error_class: type[LakehouseError], *, last: str) -> Iterator[Path]:
    """Give a private folder whose files move to another when the block ends without an error.

    Parameters
    ----------
    folder : Path
        Where they move, replacing files of their names; it is made.
    error_class : type of LakehouseError
    last : str
        Name of the file that vouches for the others, and moves after them.

    Yields
    ------
    Path
        Without links.

    Raises
    ------
    LakehouseError
        Of that class, if they cannot be written.
    """
    make_private(folder, error_class)
    with write_errors(folder, error_class), temporary_folder(folder / "staged") as staging:
        yield staging.resolve()
        for file in sorted(staging.iterdir(), key=lambda file: file.name == last):
            seal(file)
            file.replace(folder / file.name)
        sync_folder(folder)
