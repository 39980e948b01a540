"""`lakehouse init`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.errors import UsageError
from lakehouse.files.folders import made_private
from lakehouse.files.replace import write_bytes
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
        say(text.rstrip(), lines=True)
        return
    paths = warehouse(context)
    if _holds_something(paths.settings):
        raise UsageError(
            "exists already",
            where=str(paths.settings),
            fix="edit it; `lakehouse init --show` prints the defaults",
        )
    with made_private(paths.root):
        write_bytes(paths.settings, text.encode())
    say(f"wrote {paths.settings}")


def _holds_something(file: Path) -> bool:
    """Tell whether there is anything but an empty file, such as a full disk may have left."""
    if not os.path.lexists(file):
        return False
    return not file.is_file() or file.stat().st_size > 0
