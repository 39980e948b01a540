"""Options and context that several commands share."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from lakehouse.errors import UsageError
from lakehouse.paths import WarehousePaths, owner_of

if TYPE_CHECKING:
    from lakehouse.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]

ParticipantColumn = Annotated[
    str | None,
    typer.Option(help="Name of the column with the participants' ids, if it is not recognised."),
]

Sheet = Annotated[
    str | None,
    typer.Option(
        help="Name or number of the workbook's sheet. Default: the first that is not hidden."
    ),
]

ColumnMap = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        help="Names of columns, such as path=image,participant=user.id; can be given several "
        "times. Default: those of the settings, or known names.",
    ),
]

Replace = Annotated[
    bool, typer.Option("--replace", help="Drop what was stored before and is not in the file.")
]


def warehouse(context: typer.Context) -> WarehousePaths:
    """Give the warehouse that the command line names."""
    return cast(WarehousePaths, context.obj)


def settings(context: typer.Context) -> "Settings":
    """Read the settings of the warehouse that the command line names.

    Raises
    ------
    SettingsError
        If `lakehouse.toml` holds an unknown key or a wrong value.
    """
    # Late: not every command has settings.
    from lakehouse.inputs.settings_file import load_settings

    return load_settings(warehouse(context).settings)


def foreign(context: typer.Context, target: Path | None) -> Path | None:
    """Refuse an output that belongs to a warehouse: the callback of all options that name one.

    Parameters
    ----------
    target : Path or None
        The option's value.

    Raises
    ------
    UsageError
        If it does.
    """
    owner = None if target is None else owner_of(target, warehouse(context))
    if owner is not None:
        raise UsageError(
            f"belongs to the warehouse {owner}", where=str(target), fix="choose another place"
        )
    return target


def apart(out: Path | None, photos: Path) -> Path | None:
    """Refuse an output among the photographs: it could replace some, or be taken for some.

    Parameters
    ----------
    out : Path or None
        The option's value.
    photos : Path
        Their folder.

    Raises
    ------
    UsageError
        If it lies there.
    """
    if out is not None:
        place, folder = Path(os.path.realpath(out)), Path(os.path.realpath(photos))
        if folder in (place, *place.parents):
            raise UsageError(
                "lies among the photographs", where=str(out), fix="choose another place with --out"
            )
    return out
