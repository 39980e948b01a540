"""Commands whose modules are loaded when they are typed, and not before.

A command brings engines and libraries along that take most of a second to load. The list of all
commands needs their names and a line on each, nothing else.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar, Final, cast

import typer
from typer.core import TyperCommand, TyperGroup

from . import unasked
from .entry import loading

_THREADS: Final = "OPENBLAS_NUM_THREADS"


@dataclass(frozen=True)
class Late:
    """Where a command is, and what the list says of it.

    Parameters
    ----------
    module : str
        Its module beside this one. The command is the module's function of its own name, or else
        the module's group `app`.
    line : str
        The first sentence of its help.
    asks : bool
        Whether all that it does is to ask the database, so that NumPy need not start a thread for
        each processor: a third of the time that NumPy takes to load.
    """

    module: str
    line: str
    asks: bool = False


class LateGroup(TyperGroup):
    """A group whose subclass names its commands in `late`."""

    late: ClassVar[dict[str, Late]]

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        # Typer reads it, and changes nothing.
        self.commands = cast(Any, _WhenTyped(self.late))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands, of which none is loaded."""
        with self._as_listed():
            super().format_commands(ctx, formatter)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Give the names that begin so, with their lines, at the next press of the tab key."""
        with self._as_listed():
            return super().shell_complete(ctx, incomplete)

    @contextmanager
    def _as_listed(self) -> Iterator[None]:
        """Have commands that are only a name and a line."""
        before = self.commands
        self.commands = {
            name: TyperCommand(name, help=late.line) for name, late in self.late.items()
        }
        try:
            yield
        finally:
            self.commands = before


class _WhenTyped(Mapping[str, Any]):
    """Commands by name; each is loaded when it is first asked for."""

    def __init__(self, late: dict[str, Late]) -> None:
        self._late: Final = late
        self._loaded: Final[dict[str, Any]] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            self._loaded[name] = _load(name, self._late[name])
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._late

    def __iter__(self) -> Iterator[str]:
        return iter(self._late)

    def __len__(self) -> int:
        return len(self._late)


def _load(name: str, late: Late) -> Any:
    with loading(), _one_thread() if late.asks else nullcontext():
        found = import_module(f".{late.module}", __package__)
        unasked.loaded()
    app = typer.Typer(rich_markup_mode=None)
    if function := getattr(found, name.replace("-", "_"), None):
        app.command(name)(function)
    else:
        app.add_typer(found.app, name=name)
    return typer.main.get_group(app).commands[name]


@contextmanager
def _one_thread() -> Iterator[None]:
    """Have NumPy, if it is loaded now, compute in one thread, unless the user says otherwise."""
    if _THREADS in os.environ:
        yield
        return
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        del os.environ[_THREADS]
