"""`lakehouse import-landmarks`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.errors import UsageError
from lakehouse.importing.coordinates import PictureSize
from lakehouse.importing.import_landmarks import import_landmarks as import_tree
from lakehouse.importing.options import ImportOptions
from lakehouse.importing.summary import ImportSummary
from lakehouse.ingest.progress import Progress
from lakehouse.ingest.summary import require_landmarks

from .options import AsJson, Quiet, settings, warehouse
from .output import say, say_json
from .progress import progress
from .summaries import say_troubles


def import_landmarks(
    context: typer.Context,
    landmarks: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="Folder with the landmark files.", exists=True, file_okay=False
        ),
    ],
    layout: Annotated[
        str | None,
        typer.Option(
            help="Pattern of the files' paths without ending and without data-lms- or error-. "
            "Default: that of the settings."
        ),
    ] = None,
    width: Annotated[
        int | None,
        typer.Option(help="Width of the photographs in pixels, if files hold shares of it.", min=1),
    ] = None,
    height: Annotated[
        int | None, typer.Option(help="Height of the photographs in pixels, likewise.", min=1)
    ] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Add landmarks from another program to the lake.

    The file of a photograph is data-lms-ID.csv, with the columns index, x and y and 468 rows. A
    file error-ID.csv means that no face was found; if both exist, the landmarks count. Means
    (mean-lms-….csv), pictures and other files are ignored and counted. These files have no
    blendshapes; without a column z, distance_3d is null.

    Coordinates are in pixels. Where they are shares of the picture, from 0 to 1, say its size with
    --width and --height, or in the files with the columns width and height.

    Files that are in the lake and have not changed are skipped. Landmarks that were extracted
    from photographs are never replaced.

    Example:

        lakehouse import-landmarks landmarks/

        lakehouse import-landmarks landmarks/ --layout "{participant}/{expression}/{photo}"

        lakehouse import-landmarks landmarks/ --width 1920 --height 1080
    """
    if (width is None) is not (height is None):
        raise UsageError("--width and --height belong together", fix="give both")
    size = None if width is None or height is None else PictureSize(width, height)
    options = ImportOptions(layout=layout, size=size)
    with progress("importing", quiet=quiet) as update:

        def on_progress(now: Progress) -> None:
            failed = f", {now.failures:,} without landmarks" if now.failures else ""
            update(now.done, now.total, f"{now.photos_per_second:,.0f} files/s{failed}")

        summary = import_tree(
            landmarks, warehouse(context), settings(context), options, progress=on_progress
        )
    if as_json:
        say_json(asdict(summary))
    else:
        say_summary(summary)
    require_landmarks(summary)


def say_summary(summary: ImportSummary) -> None:
    """Print what an import did."""
    say_troubles(summary, summary.no_face + summary.unreadable)
    if summary.replaced:
        say(f"replaced {summary.replaced:,} photographs whose file had changed")
    if summary.missing:
        say(f"in the lake but no longer found: {summary.missing:,} imported files; they are kept")
    say(
        f"{summary.found:,} landmark files: {summary.ok:,} ok, {summary.no_face:,} no face, "
        f"{summary.unreadable:,} unreadable, {summary.already_done:,} already done; "
        f"{summary.seconds:.1f} s, {summary.files_per_second:,.0f} files/s"
    )
