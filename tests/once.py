"""What costs seconds to make is made once, by whichever worker process asks for it first."""

import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock

Made = TypeVar("Made")


class Once:
    """Makes each of a run's shared folders once.

    Parameters
    ----------
    root : Path
        A folder that all worker processes of the run, and no other run, have in common.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def __call__(self, name: str, make: Callable[[Path], Made]) -> Made:
        """Give what was made in the folder of a name, making it first where nobody has yet.

        Parameters
        ----------
        name : str
            The same for all who mean the same thing.
        make : callable
            Given an empty folder of its own; what it gives back must be something to pickle.
            Where it fails, the next who asks tries again.

        Returns
        -------
        object
            A copy of what `make` gave back. What lies in the folder is everybody's and not to be
            changed.
        """
        folder, result = self._root / name, self._root / f"{name}.pickle"
        self._root.mkdir(exist_ok=True)
        with FileLock(self._root / f"{name}.lock"):
            if not result.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                result.write_bytes(pickle.dumps(make(folder)))
        made: Made = pickle.loads(result.read_bytes())
        return made


def of_this_run(temporary: pytest.TempPathFactory) -> Once:
    """Give the one of this run of the tests, which may be several worker processes'."""
    own = temporary.getbasetemp()
    return Once((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "once")
