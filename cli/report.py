"""`lakehouse report`."""

from itertools import product
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.report.privacy import Privacy
from lakehouse.report.write import Language, ReportRequest, write_report

from .options import AsJson, apart, foreign, warehouse
from .output import complain, say, say_json

OpenPage = Annotated[bool, typer.Option("--open", help="Open the page in the browser.")]


def report(
    context: typer.Context,
    out: Annotated[
        Path | None,
        typer.Option(
            help="File of the page. Default: report.html in the warehouse.", callback=foreign
        ),
    ] = None,
    figures: Annotated[
        Path | None,
        typer.Option(
            help="Folder for every figure as SVG, PDF and PNG of 300 dots per inch.",
            callback=foreign,
        ),
    ] = None,
    language: Annotated[
        Language, typer.Option(help="What the page opens in, and figures are written in.")
    ] = "en",
    photographs: Annotated[
        list[Path] | None,
        typer.Option(
            help="Folder of photographs or videos, some of which the page then shows; can be given "
            "several times.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
    ids: Annotated[bool, typer.Option("--ids", help="Show participants' ids.")] = False,
    aggregate: Annotated[
        bool,
        typer.Option(
            "--aggregate", help="Leave out single participants, and counts of fewer than five."
        ),
    ] = False,
    open_page: OpenPage = False,
    as_json: AsJson = False,
) -> None:
    """Write the report: every figure and number of the study in one page.

    The page opens from the disk in English or Portuguese, asks nothing of any network, and holds
    its data. It holds no photograph and no id of a participant unless they are asked for. Where
    something has not been built, it says which command makes it.

    Example:

        lakehouse report --figures figures --language pt
    """
    paths = warehouse(context)
    folders = tuple(photographs or ())
    for output, folder in product((out, figures), folders):
        apart(output, folder)
    privacy = Privacy(photographs=folders, ids=ids, aggregate=aggregate)
    request = ReportRequest(out or paths.report, figures, language, privacy)
    summary = write_report(paths, request)
    if as_json:
        say_json(
            {
                "page": str(summary.page),
                "bytes": summary.bytes,
                "figures": [str(path) for path in summary.figures],
                "refused": summary.refused,
            }
        )
    else:
        say(f"written: {summary.page}")
        if summary.figures:
            say(f"written: {len(summary.figures):,} files in {figures}")
        for refused in summary.refused:
            complain(f"not shown: {refused}")
    if open_page:
        open_in_browser(summary.page)


def open_in_browser(page: Path) -> None:
    """Show a page in the user's browser."""
    typer.launch(page.resolve().as_uri())
