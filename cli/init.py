"""`lakehouse init`."""

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.dataset.proposal import propose_settings
from lakehouse.errors import UsageError
from lakehouse.files.folders import made_private
from lakehouse.files.replace import write_bytes
from lakehouse.settings import Settings
from lakehouse.settings.measures import example_measures
from lakehouse.settings.text import settings_text

from .first_look import proposal_lines
from .options import warehouse
from .output import program, say


def init(
    context: typer.Context,
    show: Annotated[bool, typer.Option("--show", help="Print the file, write nothing.")] = False,
    photos: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="Folder with photographs, whose names are to say layout and codes.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
    with_measures: Annotated[
        bool,
        typer.Option(
            "--with-measures",
            help="Add examples of measures: mouth opening and width, eyes, brows, smile.",
        ),
    ] = False,
) -> None:
    """Write lakehouse.toml with every setting explained.

    With --from, it proposes layout and codes from the names of photographs, and says how sure it
    is. It knows the names of KDEF and AKDEF, JAFFE, CK+ and CK+48, RaFD, FACES, FEI, NimStim,
    WSEFEP and MIGMA, and words for expressions in names of folders and files.

    With --with-measures, it adds features of one's own as examples: distances, ratios and angles
    between points of the face, movements of muscles and their asymmetry.

    Example:

        lakehouse init

        lakehouse init --show --with-measures

        lakehouse init --show --from photos/
    """
    proposal = None if photos is None else propose_settings(photos)
    lines = proposal_lines(proposal) if proposal else []
    settings = proposal.settings if proposal else Settings()
    if with_measures:
        settings = settings.model_copy(update={"measures": example_measures()})
    text = settings_text(settings)
    if show:
        for line in lines:
            say(f"# {line}")
        say(text.rstrip(), lines=True)
        return
    paths = warehouse(context)
    if _holds_something(paths.settings):
        raise UsageError(
            "exists already",
            where=str(paths.settings),
            fix="edit it; `lakehouse init --show` prints "
            f"{'the proposal, with --from' if proposal else 'the defaults'}",
        )
    with made_private(paths.root):
        write_bytes(paths.settings, text.encode())
    for line in lines:
        say(line)
    say(f"wrote {paths.settings}")
    if proposal and not proposal.needs_list:
        look = f"{program(paths.root)} extract {shlex.quote(str(photos))} --dry-run"
        say(f"how names are then understood: {look}")


def _holds_something(file: Path) -> bool:
    """Tell whether there is anything but an empty file, such as a full disk may have left."""
    if not os.path.lexists(file):
        return False
    return not file.is_file() or file.stat().st_size > 0
