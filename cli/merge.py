"""`lakehouse merge`."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.dataset.cells import CellOrder
from lakehouse.dataset.listing import printable
from lakehouse.errors import InputError
from lakehouse.inputs.shown import listed
from lakehouse.merging.merge import MergeOptions
from lakehouse.merging.merge import merge as merge_lakes
from lakehouse.merging.summary import MergeSummary

from .options import AsJson, Quiet, settings, warehouse
from .output import say, say_json
from .progress import progress


def merge(
    context: typer.Context,
    staging: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[STAGING]...",
            help="Warehouses of shards, or with shards in staging/. Default: the shards in this "
            "warehouse's staging/.",
        ),
    ] = None,
    remove: Annotated[
        bool,
        typer.Option("--remove-staging", help="Remove finished shards once all is in the lake."),
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Take what shards have extracted into the lake.

    Every file is verified and compared first; nothing is written if a photograph is there with
    two contents, or was looked at with another face model or other confidences. What the lake has
    already is left alone, so after an interruption the same command continues. Scores,
    covariates and events in the lakes come along. Exits with 1 if the extraction of a shard has
    not ended.

    Example:

        lakehouse merge

        lakehouse merge --remove-staging

        lakehouse merge other/
    """
    order = CellOrder(list(settings(context).dataset.expression_codes()))
    with progress("merging", quiet=quiet) as update:
        summary = merge_lakes(
            warehouse(context),
            staging or (),
            order,
            MergeOptions(remove=remove),
            lambda done, total: update(done, total, ""),
        )
    if as_json:
        say_json(asdict(summary))
    else:
        say_summary(summary, removing=remove)
    if summary.unfinished:
        raise InputError(
            f"the extraction of {len(summary.unfinished):,} shards has not come to its end "
            f"({listed(printable(folder.name) for folder in summary.unfinished)})",
            fix="run it again, then merge again; what they had is merged",
        )


def say_summary(summary: MergeSummary, *, removing: bool) -> None:
    """Print what a merge did.

    Parameters
    ----------
    removing : bool
        Whether it was to remove what is merged.
    """
    if not summary.warehouses:
        say("nothing to merge: there is no shard in staging/")
        return
    if len(summary.roots) > 1:
        folders = listed(printable(str(root)) for root in summary.roots)
        say(f"the photographs were extracted from {len(summary.roots):,} folders: {folders}")
    if len(summary.extractors) > 1:
        versions = listed(map(printable, summary.extractors))
        say(f"the photographs were not looked at by one version alone: {versions}")
    if summary.absent:
        say(f"shards that are not among these: {listed(summary.absent)}")
    for table, count in summary.values.items():
        say(f"{table} added: {count:,}")
    if removing and summary.left:
        folders = listed(printable(folder.name) for folder in summary.left)
        say(f"not removed, for want of being a finished shard's alone: {folders}")
    counts = list(_counts("photographs", summary.photos, summary.replaced, summary.already))
    if summary.videos or summary.videos_replaced or summary.videos_already:
        counts += _counts("videos", summary.videos, summary.videos_replaced, summary.videos_already)
    parts = f"parts copied: {summary.parts_copied:,}, written: {summary.parts_written:,}"
    if summary.video_parts:
        parts += f", of video: {summary.video_parts:,}"
    removed = f"; removed: {summary.removed:,}" if summary.removed else ""
    say(
        f"{summary.warehouses:,} warehouses: {', '.join(counts)}; {parts}{removed}; "
        f"{summary.seconds:.1f} s"
    )


def _counts(kind: str, new: int, replaced: int, already: int) -> Iterator[str]:
    yield f"{new:,} {kind} merged"
    if replaced:
        yield f"{replaced:,} in place of failures"
    yield f"{already:,} there already"
