"""Commands whose modules are loaded when they are typed, and not before.

A command brings engines and libraries along that take most of a second to load. The list of all
commands needs their names and a line on each, nothing else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar, Final, cast

import typer
from typer.core import TyperCommand, TyperGroup

from .entry import loading


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
    """

    module: str
    line: str


class LateGroup(TyperGroup):
    """A group whose subclass names its commands in `late`."""

    late: ClassVar[dict[str, Late]]

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        # Typer reads it, and changes nothing.
        self.commands = cast(Any, _WhenTyped(self.late))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands, of which none is loaded."""
        named = {name: TyperCommand(name, help=late.line) for name, late in self.late.items()}
        TyperGroup(commands=dict(named)).format_commands(ctx, formatter)


class _WhenTyped(Mapping[str, Any]):
    """Commands by name; each is loaded when it is first asked for."""

    def __init__(self, late: dict[str, Late]) -> None:
        self._late: Final = late
        self._loaded: Final[dict[str, Any]] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            self._loaded[name] = _load(name, self._late[name].module)
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._late

    def __iter__(self) -> Iterator[str]:
        return iter(self._late)

    def __len__(self) -> int:
        return len(self._late)


def _load(name: str, module: str) -> Any:
    with loading():
        found = import_module(f".{module}", __package__)
    app = typer.Typer(rich_markup_mode=None)
    if function := getattr(found, name.replace("-", "_"), None):
        app.command(name)(function)
    else:
        app.add_typer(found.app, name=name)
    return typer.main.get_group(app).commands[name]
