"""`lakehouse init`."""

from typing import Annotated

import typer

from lakehouse.errors import UsageError
from lakehouse.settings import Settings
from lakehouse.settings.text import settings_text

from .options import warehouse
from .output import say


def init(
    context: typer.Context,
    show: Annotated[bool, typer.Option("--show", help="Print the file, write nothing.")] = False,
) -> None:
    """Write lakehouse.toml with every setting explained.

    Example:

        lakehouse init
    """
    text = settings_text(Settings())
    if show:
        say(text.rstrip())
        return
    paths = warehouse(context)
    paths.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with paths.settings.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(
            "exists already",
            where=str(paths.settings),
            fix="edit it; `lakehouse init --show` prints the defaults",
        ) from error
    say(f"wrote {paths.settings}")
