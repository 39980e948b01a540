"""Several files that move to their place together, once all are whole."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from lakehouse.errors import LakehouseError
from lakehouse.files.at_work import noted
from lakehouse.files.errors import patiently, write_errors
from lakehouse.files.folders import make_private, sync_folder
from lakehouse.files.lock import held
from lakehouse.files.names import READY, temporaries_of
from lakehouse.files.replace import seal
from lakehouse.files.temporary import temporary_folder
from lakehouse.system.endings import undisturbed


@contextmanager
def staged(folder: Path, error_class: type[LakehouseError], *, last: str) -> Iterator[Path]:
    """Give a private folder whose files move to another when the block ends without an error.

    So do its folders, which must be new there, and whose files must be safely on disk already. Once
    anything has begun to move, all will: the next command, or the next that stages files there,
    goes on where a process was killed.

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
    with write_errors(folder, error_class):
        _finish_dead(folder / last)
        with temporary_folder(folder / last) as staging:
            yield staging.resolve()
            for file in staging.iterdir():
                if not file.is_dir():
                    seal(file)
            with undisturbed():
                _move(staging)


def finish(ready: Path) -> None:
    """Move the files of a folder that was marked ready, as far as that was not done yet.

    Parameters
    ----------
    ready : Path
        Named after the file that moves last.

    Raises
    ------
    OSError
        If that cannot be done.
    """
    folder = ready.parent
    last = ready.name.removesuffix(READY).rpartition(".")[0].removeprefix(".")
    for file in sorted(ready.iterdir(), key=lambda file: file.name == last):
        patiently(partial(file.replace, folder / file.name))
    sync_folder(folder)
    ready.rmdir()


def _move(staging: Path) -> None:
    ready = staging.with_suffix(READY)
    with noted(ready):
        patiently(lambda: staging.rename(ready))
        sync_folder(ready.parent)
        try:
            finish(ready)
        except OSError:
            shutil.rmtree(ready)
            raise


def _finish_dead(path: Path) -> None:
    """Finish what processes began to move that have ended."""
    for ready in temporaries_of(path, READY):
        # One that cannot be opened is gone meanwhile, or is not ours.
        with suppress(OSError), held(ready) as ours:
            if ours:
                finish(ready)
