"""`lakehouse model fetch` and `lakehouse model path`."""

import typer

from lakehouse.extraction.face_model import model_path
from lakehouse.extraction.model_sources import fetch_model

from .output import say, tell

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The face model.")


@app.command()
def fetch() -> None:
    """Download the face model if it is missing, and check its hash.

    Example:

        lakehouse model fetch
    """
    say(f"{fetch_model(tell)}")


@app.command()
def path() -> None:
    """Print the path of the face model, or where to put it.

    Example:

        lakehouse model path
    """
    say(f"{model_path()}")
