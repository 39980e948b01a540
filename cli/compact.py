"""`lakehouse compact`."""

from dataclasses import asdict
from typing import Annotated

import typer

from lakehouse.dataset.cells import CellOrder
from lakehouse.lake.compact import COMPACT_PHOTOS, CompactSummary
from lakehouse.lake.compact import compact as compact_lake

from .options import AsJson, Quiet, settings, warehouse
from .output import say, say_json
from .progress import progress


def compact(
    context: typer.Context,
    photos_per_part: Annotated[
        int, typer.Option(help="Photographs in a part; if one changes, all are rewritten.", min=1)
    ] = COMPACT_PHOTOS,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Merge the lake's parts into a few large ones.

    Every file is verified first, and files without a checksum get one. The rows stay the same;
    the new parts are sorted by participant, expression and condition. Small parts of video that
    follow each other are joined, and keep their order.
    Readers see either all old files or all new ones. The command needs as much free disk space
    as the lake takes. Because the files change, the next build makes a new database.

    Example:

        lakehouse compact

        lakehouse compact --photos-per-part 8192
    """
    order = CellOrder(list(settings(context).dataset.expression_codes()))
    with progress("compacting", quiet=quiet) as update:
        summary = compact_lake(
            warehouse(context),
            order,
            part_photos=photos_per_part,
            progress=lambda done, total: update(done, total, ""),
        )
    if as_json:
        say_json(asdict(summary))
    else:
        say_summary(summary)


def say_summary(summary: CompactSummary) -> None:
    """Print what compacting did."""
    rows = (
        f"{summary.photos:,} photographs, {summary.landmarks:,} landmarks, "
        f"{summary.blendshapes:,} blendshapes"
    )
    if summary.videos or summary.frames:
        rows += f", {summary.videos:,} videos, {summary.frames:,} frames"
    joined = summary.video_parts_after < summary.video_parts_before
    changed = bool(summary.parts_written) or joined
    if not changed:
        parts = summary.parts_after + summary.video_parts_after
        say(f"already compact; parts: {parts:,}, {_megabytes(summary.bytes_after)}")
    else:
        say(f"parts: {summary.parts_before:,} before, {summary.parts_after:,} now")
        if summary.video_parts_before:
            now = f"{summary.video_parts_after:,} now"
            say(f"parts of video: {summary.video_parts_before:,} before, {now}")
        before, after = _megabytes(summary.bytes_before), _megabytes(summary.bytes_after)
        say(f"size: {before} before, {after} now; {summary.seconds:.1f} s")
    if summary.sealed:
        say(f"checksums added to {summary.sealed:,} files that had none")
    say(f"rows: {rows}{', as before' if changed else ''}")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
