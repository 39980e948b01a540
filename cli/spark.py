"""`lakehouse spark`: what runs on a cluster."""

import typer

from . import spark_extract

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Extract on a cluster of Apache Spark."
)
app.command("extract")(spark_extract.extract)
