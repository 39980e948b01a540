"""What this process is about to make and will remove, written down for when it is killed.

A process notes a temporary before it makes it, in a file of its own that it holds locked, and
strikes it out once it is gone. Whoever can lock such a file knows that its process has ended, and
removes what is noted there, wherever it lies. Nobody else can do so for outputs, whose folders
the next command may never look at.
"""

import os
import secrets
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from lakehouse.errors import LakeError
from lakehouse.files.folders import make_private, system_temporary
from lakehouse.files.lock import drop_guard, held
from lakehouse.files.names import guarded_names, guards_in
from lakehouse.system import kernel, locks
from lakehouse.system.endings import undisturbed

_ENDS: Final = b"\0"
_TRIES: Final = 3


class _Notes:
    """The notes of one process. There is a file only while there is something to note."""

    def __init__(self) -> None:
        self._pid = os.getpid()
        self._paths: set[bytes] = set()
        self._file: Path | None = None
        self._descriptor = -1
        self._hold = ExitStack()
        self._lock = threading.Lock()
        self.locks: set[Path] = set()

    @property
    def of_this_process(self) -> bool:
        return self._pid == os.getpid()

    def write(self, path: bytes) -> None:
        with undisturbed(), self._lock:
            self._paths.add(path)
            if self._file is None:
                self._file, self._descriptor, self._hold = _opened()
            os.write(self._descriptor, path + _ENDS)

    def strike(self, path: bytes) -> None:
        with undisturbed(), self._lock:
            self._paths.discard(path)
            if not self._paths and self._file is not None:
                file, descriptor, hold = self._file, self._descriptor, self._hold
                self._file, self._descriptor, self._hold = None, -1, ExitStack()
                os.close(descriptor)
                with hold:
                    file.unlink(missing_ok=True)

    def paths(self) -> list[Path]:
        with self._lock:
            return [Path(os.fsdecode(path)) for path in self._paths]


_notes = _Notes()


@contextmanager
def noted(path: Path) -> Iterator[None]:
    """Have a temporary removed by others if this process is killed before the block ends.

    Where there is no place for notes, this does nothing: whoever next makes a temporary of that
    name removes it.

    Parameters
    ----------
    path : Path
        About to be made. If it is still there at the end, it stays noted.
    """
    # A signal may come at any moment, even in noting.
    try:
        note(path)
        yield
    finally:
        strike(path)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Have others look at what a lock kept them from, if its holder is killed.

    Parameters
    ----------
    file : Path
        The lock file, which stays.
    """
    try:
        note(file)
        _notes.locks.add(file.absolute())
        yield
    finally:
        with suppress(OSError):
            _notes.strike(os.fsencode(file.absolute()))


def note(path: Path) -> None:
    """Note what is about to be made, as `noted` says."""
    global _notes
    if not _notes.of_this_process:
        _notes = _Notes()
    with suppress(OSError):
        _notes.write(os.fsencode(path.absolute()))


def strike(path: Path) -> None:
    """Strike out what is gone."""
    if not os.path.lexists(path):
        with suppress(OSError):
            _notes.strike(os.fsencode(path.absolute()))


def own_notes() -> list[Path]:
    """List what this process has noted and not struck out."""
    return _notes.paths() if _notes.of_this_process else []


def own_locks() -> set[Path]:
    """List the lock files that this process has, or has had, `locked`."""
    return _notes.locks if _notes.of_this_process else set()


def notes_of_the_dead(clear: Callable[[Path], bool]) -> None:
    """Have cleared what processes noted that have ended.

    Parameters
    ----------
    clear : callable
        Is given each noted path and tells whether it is gone. Others stay noted.
    """
    for folder in _folders():
        with suppress(OSError):
            guards = guards_in(folder)
            for file in set(folder.iterdir()).difference(guards):
                with suppress(OSError):
                    _settle(file, clear)
            for guard in guards:
                drop_guard(guarded_names(guard)[0])


def _settle(file: Path, clear: Callable[[Path], bool]) -> None:
    with held(file) as ours:
        if ours:
            # The last is cut off where its process was killed in writing it, and not yet made.
            paths = file.read_bytes().split(_ENDS)[:-1]
            if sum(not clear(Path(os.fsdecode(path))) for path in paths) == 0:
                file.unlink(missing_ok=True)


def _opened() -> tuple[Path, int, ExitStack]:
    """Make a file for notes and lock it."""
    for folder in _folders():
        with suppress(OSError, LakeError):
            make_private(folder)
            if _private(folder):
                return _locked(folder)
    raise OSError("there is no place for notes")


def _locked(folder: Path) -> tuple[Path, int, ExitStack]:
    for _ in range(_TRIES):
        file = folder / f"{os.getpid()}.{secrets.token_hex(4)}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | kernel.BINARY
        descriptor = os.open(file, flags, 0o600)
        hold = ExitStack()
        # Another may have taken it for a dead process's before it was locked.
        with suppress(FileNotFoundError):
            if hold.enter_context(held(file)) and os.path.lexists(file):
                return file, descriptor, hold
        os.close(descriptor)
        with hold:
            file.unlink(missing_ok=True)
    raise OSError("the file system knows no locks")


def _private(folder: Path) -> bool:
    found = folder.lstat()
    if kernel.geteuid is None:
        # The user's own folders are private there by the rights of those above.
        return stat.S_ISDIR(found.st_mode)
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == kernel.geteuid()
    return ours and not found.st_mode & 0o077


def _folders() -> list[Path]:
    """Give the folders in which there may be notes, the one to be preferred first."""
    # Late: it takes its time.
    from platformdirs import user_cache_path

    cache = user_cache_path("expression-lakehouse", appauthor=False)
    # Who holds files themselves would take for dead what is held by guards, and the other way.
    guarded = "" if locks.of_the_kernel() else "-guarded"
    folders = [cache / f"at-work{guarded}"] if cache.is_absolute() else []
    user = "" if kernel.geteuid is None else f"-{kernel.geteuid()}"
    with suppress(OSError):
        folders.append(system_temporary() / f"expression-lakehouse{guarded}{user}")
    return folders
