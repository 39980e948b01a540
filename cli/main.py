"""The `lakehouse` command: its general options, its subcommands and its exit codes."""

import sys
from pathlib import Path
from typing import Annotated, Final

import typer
from typer.exceptions import TyperException

import lakehouse
from lakehouse.errors import LakehouseError, UsageError
from lakehouse.lake.leftovers import clear_leftovers
from lakehouse.paths import WarehousePaths, is_utf8

from .entry import STOPPED
from .late import Late, LateGroup
from .options import foreign
from .output import complain, say
from .streams import ReaderGoneError

COMMANDS: Final = {
    "init": Late("init", "Write lakehouse.toml with every setting explained."),
    "extract": Late(
        "extract", "Find the face landmarks in photographs and videos and add them to the lake."
    ),
    "merge": Late("merge", "Take what shards have extracted into the lake."),
    "import-landmarks": Late("import_landmarks", "Add landmarks from another program to the lake."),
    "scores": Late("scores", "Read questionnaire scores into the lake."),
    "covariates": Late(
        "covariates", "Read age, sex and other covariates of the participants into the lake."
    ),
    "events": Late("events", "Read into the lake what happens when in the videos."),
    "build": Late("build", "Build the database from the lake, the SQL models and the settings."),
    "check": Late(
        "check",
        "Verify every file of the lake, and test every rule that the database must keep.",
    ),
    "status": Late(
        "status",
        "Show what the warehouse holds, whether its database is up to date, and who is left out.",
    ),
    "tables": Late(
        "explore",
        "List tables and views by subject with the meaning of a row, and macros.",
        asks=True,
    ),
    "describe": Late(
        "explore",
        "Describe a table by its rows, key, columns and units, or a macro by its parameters.",
        asks=True,
    ),
    "sql": Late("explore", "Run a query in SQL.", asks=True),
    "correlations": Late("correlations", "Show the strongest correlations with scores."),
    "compare": Late(
        "compare", "Compare points above average and their groups with a published list."
    ),
    "report": Late("report", "Write the report: every figure and number of the study in one page."),
    "prereg": Late("prereg", "Write down what the study will test, before scores are read."),
    "multiverse": Late(
        "multiverse", "Make the analysis in every defensible way, and test all ways together."
    ),
    "export": Late("export", "Write tables for R, SPSS, Stata, spreadsheets and other programs."),
    "compact": Late("compact", "Merge the lake's parts into a few large ones."),
    "demo": Late("demo", "Analyse a made-up study, from photographs or video clips to results."),
    "synthesize": Late(
        "synthesize",
        "Make up a cohort of any size, for trials and measurements: a lake, or video clips.",
    ),
    "doctor": Late("doctor", "Check that this machine has everything that the program needs."),
    "spark": Late("spark", "Run the same on a cluster, for studies that outgrow one machine."),
    "model": Late("model", "The face model."),
    "render": Late("render", "Pictures of faces and masks."),
}
"""In the order of the list, each with the first sentence of its help."""


class _Commands(LateGroup):
    late = COMMANDS


app = typer.Typer(
    name="lakehouse",
    cls=_Commands,
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
