"""`lakehouse init`."""

from typing import Annotated

import typer

from lakehouse.errors import UsageError
from lakehouse.files.folders import make_private
from lakehouse.files.new import write_new
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
    if paths.settings.exists():
        raise UsageError(
            "exists already",
            where=str(paths.settings),
            fix="edit it; `lakehouse init --show` prints the defaults",
        )
    make_private(paths.root)
    write_new(paths.settings, text)
    say(f"wrote {paths.settings}")
