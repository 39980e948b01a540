"""`lakehouse prereg`."""

from typing import Annotated

import typer

from lakehouse.preregistration.page import page
from lakehouse.preregistration.store import Wish, register

from .options import AsJson, settings, warehouse
from .output import say, say_json


def prereg(
    context: typer.Context,
    why: Annotated[
        str | None,
        typer.Option(help="Why an earlier registration is replaced; the new one holds it."),
    ] = None,
    after_scores: Annotated[
        bool,
        typer.Option(
            "--after-scores", help="Register though scores are in the lake; the page says so."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write down what the study will test, before scores are read.

    Writes preregistration.md and preregistration.json into the warehouse's folder: the settings,
    the primary family (statistics.primary), digests of photographs and program, the sample, and
    the power that it has. No participant is named. `lakehouse status` says from then on whether
    results keep to it. Needs a database, so run `lakehouse build` first.

    Example:

        lakehouse prereg
    """
    paths = warehouse(context)
    document = register(paths, settings(context), Wish(after_scores=after_scores, why=why))
    if as_json:
        say_json(document)
        return
    say(page(document), lines=True)
    say(f"written: {paths.preregistration_page} and {paths.preregistration}")
