"""`lakehouse spark`: the commands on a cluster."""

import typer

from .spark_build import build
from .spark_extract import extract

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Run the same on a cluster, for studies that outgrow one machine.",
)
app.command()(build)
app.command()(extract)


@app.callback()
def before_any_command() -> None:
    """Run the same on a cluster, for studies that outgrow one machine."""
