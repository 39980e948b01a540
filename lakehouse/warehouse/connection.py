"""Opening the warehouse's database for reading."""

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from lakehouse.errors import QueryError
from lakehouse.files.links import openable_folder, second_name, with_first_names
from lakehouse.files.listing import present
from lakehouse.files.scratch import scratch_folder
from lakehouse.paths import WarehousePaths, is_utf8
from lakehouse.system import kernel
from lakehouse.system.regular_files import require_regular
from lakehouse.warehouse.sql_text import text_literal

_HOLDER = re.compile(
    r"(?:lock is held|file is already open) in\s+(?:[^\n]*[/\\])?(\S+) \(PID (\d+)\)",
    re.IGNORECASE,
)
"""How the engine tells of another process, on Linux and macOS, and on Windows."""


@contextmanager
def open_read_only(
    paths: WarehousePaths,
    *,
    writable: Path | None = None,
    memory: str | None = None,
    threads: int | None = None,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the database so that nothing in it, and no other file, can be changed or read.

    Parameters
    ----------
    writable : Path, optional
        The one folder whose files can be written and read after all.
    memory : str, optional
        Limit of the engine's memory, such as "300MB"; what is more goes to the disk.
    threads : int, optional
        Of the engine; by default as many as there are processors.

    Raises
    ------
    QueryError
        If there is no database, or it cannot be opened; where another program holds it open for
        writing, the error names that process.
    """
    if not kernel.OPEN_FILES_STAY:
        with _open_alone(paths, writable, memory, threads) as connection:
            yield connection
        return
    # By its own name, the engine opens a file but once in a process.
    with ExitStack() as stack:
        with _changing:
            shared = _shared.get(paths.database.resolve())
            if shared is None:
                closing = ExitStack()
                opened = closing.enter_context(_open_alone(paths, writable, memory, threads))
                shared = _shared[paths.database.resolve()] = _Shared(opened, closing)
            shared.users += 1
            stack.callback(_leave, paths.database.resolve())
            connection = stack.enter_context(shared.connection.cursor())
        yield connection


@dataclass
class _Shared:
    """A database that this process has open by its own name, for several at once."""

    connection: duckdb.DuckDBPyConnection
    closing: ExitStack
    users: int = 0


_shared: Final[dict[Path, _Shared]] = {}
_changing: Final = threading.RLock()


def _leave(database: Path) -> None:
    """Close a database once nobody in this process uses it."""
    with _changing:
        shared = _shared[database]
        shared.users -= 1
        if not shared.users:
            del _shared[database]
            shared.closing.close()


@contextmanager
def _open_alone(
    paths: WarehousePaths, writable: Path | None, memory: str | None, threads: int | None
) -> Iterator[duckdb.DuckDBPyConnection]:
    if not present(paths.database):
        raise QueryError(
            "there is no warehouse yet",
            where=str(paths.database),
            fix="run `lakehouse build`, or name another folder with --warehouse",
        )
    if writable is not None and not is_utf8(str(writable)):
        raise QueryError(
            "the engine writes to no path that is not UTF-8",
            where=str(writable.parent),
            fix="choose another",
        )
    # What does not fit in memory goes where nobody else can read, and does not stay.
    with (
        scratch_folder(QueryError, beside=paths.reading) as folder,
        openable_folder(folder, QueryError) as spill,
    ):
        try:
            connection = _opened(paths, writable, memory, spill, threads)
        except duckdb.Error as error:
            if held := _HOLDER.search(str(error)):
                raise _held(paths, held) from error
            said = with_first_names(str(error).splitlines()[0])
            raise QueryError(
                f"cannot be opened ({said})",
                where=str(paths.database),
                fix="`lakehouse build --force` makes a new one",
            ) from error
        with connection:
            yield connection


def require_no_writer(paths: WarehousePaths) -> None:
    """Make sure that nobody has the database open for writing; readers do not matter.

    What such a program writes later would land beside, and in, a database made meanwhile.

    Raises
    ------
    QueryError
        If another program has; it names the process.
    """
    if not present(paths.database):
        return
    try:
        _opened(paths).close()
    except duckdb.Error as error:
        if held := _HOLDER.search(str(error)):
            raise _held(paths, held) from error


def _opened(
    paths: WarehousePaths,
    writable: Path | None = None,
    memory: str | None = None,
    spill: Path | None = None,
    threads: int | None = None,
) -> duckdb.DuckDBPyConnection:
    try:
        # A pipe would be waited for, for ever.
        require_regular(paths.database)
    except OSError as error:
        raise QueryError(
            f"cannot be opened ({error.strerror})",
            where=str(paths.database),
            fix="move it away; `lakehouse build` makes a new one",
        ) from error
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if memory is not None:
        config["memory_limit"] = memory
    if threads is not None:
        config["threads"] = threads
    if spill is not None:
        config["temp_directory"] = str(spill)
    # A closed engine still lets queries read, and `copy` overwrite, the files whose names it opened
    # its database by. Of a name that is gone, nothing can be made.
    with second_name(paths.database, ".wal") as name:
        connection = duckdb.connect(str(name), read_only=True, config=config)
    if writable is not None:
        folder = text_literal(str(writable))
        connection.execute(f"set allowed_directories = [{folder}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _held(paths: WarehousePaths, held: re.Match[str]) -> QueryError:
    return QueryError(
        f"held open for writing by process {held[2]} ({held[1]})",
        where=str(paths.database),
        fix="close it there, or open it there read-only",
    )
