"""`lakehouse import-landmarks`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.dataset.manifest_file import parsed_map
from lakehouse.errors import UsageError
from lakehouse.importing.coordinates import PictureSize
from lakehouse.importing.import_landmarks import import_landmarks as import_tree
from lakehouse.importing.options import ImportOptions
from lakehouse.importing.summary import ImportSummary
from lakehouse.ingest.progress import Progress
from lakehouse.ingest.summary import require_landmarks

from .options import AsJson, ColumnMap, Quiet, settings, warehouse
from .output import say, say_json
from .progress import progress
from .summaries import say_sequences, say_troubles


def import_landmarks(
    context: typer.Context,
    landmarks: Annotated[
        Path,
        typer.Argument(
            metavar="PATH", help="Folder with files of landmarks, or one such file.", exists=True
        ),
    ],
    layout: Annotated[
        str | None,
        typer.Option(
            help="Pattern of paths, in tables too, without ending and without data-lms- or "
            "error-. Default: that of the settings."
        ),
    ] = None,
    columns: ColumnMap = None,
    width: Annotated[
        int | None,
        typer.Option(
            help="Width of the photographs in pixels, where landmarks are shares of it.", min=1
        ),
    ] = None,
    height: Annotated[
        int | None, typer.Option(help="Height of the photographs in pixels, likewise.", min=1)
    ] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Add landmarks from another program to the lake.

    Tables have a row for each photograph (columns x_0 to x_467 or x_477, y_0 and so on, perhaps
    z_0) or for each point (columns point, x, y, perhaps z). They are CSV, TSV, Parquet or Feather.
    MediaPipe's own result is read as JSON, arrays of NumPy as .npy or .npz.

    The columns participant, expression, supervised and photo say which photograph it is, or a
    column path does by the layout. Other names of columns are known too, or given with --map. A
    file of one photograph says it by its own path. See docs/landmarks.md for each of these forms.

    In a tree with a file for each photograph, that is data-lms-ID.csv, with the columns index, x
    and y. A file error-ID.csv means that no face was found; if both exist, the landmarks count.
    Means (mean-lms-….csv), pictures and other files are ignored and counted.

    Points are the 468 of MediaPipe's face mesh, or its 478 with the irises. Others, such as the 68
    of OpenFace and dlib, are refused. Without z, distance_3d is null.

    Coordinates are in pixels. Where they are shares of the picture, from 0 to 1, say its size with
    --width and --height, or with the columns width and height.

    What is in the lake and has not changed is skipped. Landmarks that were extracted from
    photographs are never replaced.

    Example:

        lakehouse import-landmarks landmarks/

        lakehouse import-landmarks faces.parquet

        lakehouse import-landmarks faces.csv --map path=photograph

        lakehouse import-landmarks landmarks/ --layout "{participant}/{expression}/{photo}"

        lakehouse import-landmarks landmarks/ --width 1920 --height 1080
    """
    if (width is None) is not (height is None):
        raise UsageError("--width and --height belong together", fix="give both")
    size = None if width is None or height is None else PictureSize(width, height)
    options = ImportOptions(layout=layout, columns=parsed_map(columns or ()), size=size)
    with progress("importing", quiet=quiet) as update:

        def on_progress(now: Progress) -> None:
            failed = f", {now.failures:,} without landmarks" if now.failures else ""
            update(now.done, now.total, f"{now.photos_per_second:,.0f}/s{failed}")

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
    for remark in summary.told:
        say(remark)
    say_troubles(summary, summary.no_face + summary.unreadable)
    say_sequences(summary.sequences)
    if summary.replaced:
        say(f"replaced {summary.replaced:,} photographs whose landmarks had changed")
    if summary.missing:
        say(
            f"in the lake but no longer found: {summary.missing:,} imported photographs; "
            "they are kept"
        )
    what = f"photographs in {_files(summary.tables)}" if summary.tables else "landmark files"
    say(
        f"{summary.found:,} {what}: {summary.ok:,} ok, {summary.no_face:,} no face, "
        f"{summary.unreadable:,} unreadable, {summary.already_done:,} already done; "
        f"{summary.seconds:.1f} s, {summary.files_per_second:,.0f}/s"
    )


def _files(tables: int) -> str:
    return "one file" if tables == 1 else f"{tables:,} files"
