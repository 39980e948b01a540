"""`lakehouse model fetch` and `lakehouse model path`."""

import typer

from lakehouse.extraction.face_model import model_path
from lakehouse.extraction.model_sources import fetch_model

from .output import say, tell

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The face model.")


@app.command()
def fetch() -> None:
    """Fetch the face model, unless it is there, and check its hash.

    Example:

        lakehouse model fetch
    """
    say(f"{fetch_model(tell)}")


@app.command()
def path() -> None:
    """Show where the face model is, or should be put.

    Example:

        lakehouse model path
    """
    say(f"{model_path()}")
