"""The `lakehouse` command: its general options, its subcommands and its exit codes."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

import lakehouse
from lakehouse.errors import LakehouseError, UsageError
from lakehouse.lake.leftovers import clear_leftovers
from lakehouse.paths import WarehousePaths, is_utf8

from . import (
    build,
    check,
    compact,
    compare,
    correlations,
    covariates,
    demo,
    doctor,
    explore,
    export,
    extract,
    import_landmarks,
    init,
    model,
    render,
    scores,
    status,
    synthesize,
)
from .entry import STOPPED
from .options import foreign
from .output import complain, say
from .streams import ReaderGoneError

app = typer.Typer(
    name="lakehouse",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        say(f"lakehouse {lakehouse.__version__}")
        raise typer.Exit


@app.callback()
def before_any_command(
    context: typer.Context,
    warehouse: Annotated[
        Path,
        typer.Option(
            envvar="LAKEHOUSE_WAREHOUSE",
            help="Folder with the lake, the database and lakehouse.toml.",
            file_okay=False,
        ),
    ] = Path("warehouse"),
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Facial expressions as a data lake: from photographs to tables in SQL.

    Nothing leaves this machine.

    Example:

        lakehouse demo

        lakehouse --warehouse study extract photos/

        lakehouse --warehouse study build

        lakehouse --warehouse study sql "select * from mask_averages"
    """
    context.obj = WarehousePaths(warehouse)
    foreign(context, warehouse)
    if not is_utf8(str(warehouse.absolute())):
        raise UsageError(
            "the database's engine takes no path that is not UTF-8",
            where=str(warehouse),
            fix="give the folder another name",
        )
    clear_leftovers(context.obj)


app.command("init")(init.init)
app.add_typer(model.app, name="model")
app.command("extract")(extract.extract)
app.command("import-landmarks")(import_landmarks.import_landmarks)
app.command("scores")(scores.scores)
app.command("covariates")(covariates.covariates)
app.command("build")(build.build)
app.command("check")(check.check)
app.command("status")(status.status)
app.command("tables")(explore.tables)
app.command("describe")(explore.describe)
app.command("sql")(explore.sql)
app.command("correlations")(correlations.correlations)
app.command("compare")(compare.compare)
app.command("export")(export.export)
app.add_typer(render.app, name="render")
app.command("compact")(compact.compact)
app.command("demo")(demo.demo)
app.command("synthesize")(synthesize.synthesize)
app.command("doctor")(doctor.doctor)


def run(arguments: list[str] | None = None) -> int:
    """Run a command line and give its exit code.

    Parameters
    ----------
    arguments : list of str, optional
        By default those of this process.

    Returns
    -------
    int
        0 done, 1 a check failed or some input was refused, 2 wrong usage, 130 ended by Ctrl-C.
    """
    try:
        result = app(arguments, prog_name="lakehouse", standalone_mode=False)
    except LakehouseError as error:
        complain(str(error))
        return error.exit_code
    except TyperException as error:
        return _explain_usage(error)
    except (KeyboardInterrupt, typer.Abort):
        result = STOPPED
    except ReaderGoneError:
        return 0
    except UnicodeEncodeError:
        if all(map(is_utf8, sys.argv[1:] if arguments is None else arguments)):
            raise
        complain("an argument is not UTF-8, and not everything takes such a name")
        return 2
    if result == STOPPED:
        # Typer makes this exit code of Ctrl-C.
        complain("interrupted; finished work is kept, and the same command continues from there")
    return result if isinstance(result, int) else 0


def _explain_usage(error: TyperException) -> int:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "lakehouse"
    message = error.format_message()
    if message.startswith("Usage:"):
        say(message, lines=True)
        return 2
    complain(f"{message.rstrip('.')}; see `{command} --help`")
    return 2
