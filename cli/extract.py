"""`lakehouse extract`."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.dataset.listing import printable
from lakehouse.dataset.manifest_file import ManifestFile, parsed_map
from lakehouse.dataset.shard import Shard
from lakehouse.errors import LakehouseError, UsageError
from lakehouse.extraction.extract import extract as extract_landmarks
from lakehouse.extraction.options import ExtractionOptions, Workers
from lakehouse.ingest.listeners import Listeners
from lakehouse.ingest.progress import Progress
from lakehouse.ingest.summary import Summary, require_landmarks
from lakehouse.ingest.videos.summary import require_faces

from .first_look import dry_run
from .options import AsJson, ColumnMap, Quiet, Sheet, settings, warehouse
from .output import say, say_json, tell
from .progress import duration, progress
from .summaries import say_sequences, say_troubles, say_videos

Photographs = Annotated[
    Path,
    typer.Argument(help="Folder with photographs, videos or both.", exists=True, file_okay=False),
]

Layout = Annotated[
    str | None,
    typer.Option(
        help="Pattern of the photographs' paths without ending. Default: that of the settings."
    ),
]

Manifest = Annotated[
    Path | None,
    typer.Option(
        help="CSV or Excel with path, participant, expression and, optionally, supervised, "
        "photo and video.",
        exists=True,
        dir_okay=False,
    ),
]

Prune = Annotated[
    bool,
    typer.Option("--prune", help="Drop photographs from the lake if their files are gone."),
]

ReExtract = Annotated[bool, typer.Option("--re-extract", help="Extract every photograph again.")]

Verify = Annotated[
    bool,
    typer.Option("--verify", help="Compare all contents, not only sizes and time stamps of files."),
]


def extract(
    context: typer.Context,
    photos: Photographs,
    layout: Layout = None,
    manifest: Manifest = None,
    columns: ColumnMap = None,
    sheet: Sheet = None,
    prune: Prune = False,
    re_extract: ReExtract = False,
    verify: Verify = False,
    shard: Annotated[
        str | None,
        typer.Option(
            metavar="I/N",
            help="Take one of N shares of the participants, such as 3/8, into staging/ for "
            "`lakehouse merge`.",
        ),
    ] = None,
    dry: Annotated[
        bool,
        typer.Option("--dry-run", help="Show how names are understood; extract nothing."),
    ] = False,
    workers: Annotated[
        int | None, typer.Option(help="Number of processes. Default: one per processor.", min=1)
    ] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Find the face landmarks in photographs and videos and add them to the lake.

    Photographs and videos that are in the lake and have not changed are skipped, so after an
    interruption the same command continues. A file whose size and time stamp are those of its
    last reading counts as unchanged; --verify reads and compares it. Ctrl-C stops after the
    current part, a second Ctrl-C at once.

    The fields of a layout are {participant}, {expression}, {supervised} and {photo};
    {participant:3} has three characters, and {_} is ignored. {frame} makes photographs frames of
    a {sequence}, of which the first are the neutral face and the last the expression. With {video}
    in the place of {photo}, {expression} may be absent.
    lakehouse.toml lists the codes that may stand in paths; where its dataset.identity is "photo",
    {participant} is not needed.
    --dry-run reads names only: it shows what would be extracted, ignored or refused, and which
    settings to change.

    --shard lets several machines extract at once, each a share of the participants; see
    docs/shards.md. What the lake holds already is not extracted again.

    Example:

        lakehouse extract photos/ --dry-run

        lakehouse extract photos/

        lakehouse extract photos/ --verify

        lakehouse extract faces/ --layout "{participant}.{expression}"

        lakehouse extract sessions/ --layout "{participant}/{video}"

        lakehouse extract photos/ --manifest photos.csv

        lakehouse extract photos/ --manifest list.csv --map path=image,participant=user.id --dry-run

        lakehouse extract photos/ --shard 3/8
    """
    options = ExtractionOptions(
        layout=layout,
        manifest=manifest_file(manifest, columns, sheet),
        prune=prune,
        re_extract=re_extract,
        verify=verify,
        workers=Workers(workers),
        shard=None if shard is None else Shard.parse(shard),
    )
    if dry:
        dry_run(photos, warehouse(context), settings(context), options, as_json=as_json)
        return
    run_extraction(context, photos, options, quiet=quiet, as_json=as_json)


def run_extraction(
    context: typer.Context,
    photos: Path,
    options: ExtractionOptions,
    *,
    quiet: bool,
    as_json: bool,
) -> None:
    """Extract with progress, and say what was done.

    Raises
    ------
    LakehouseError
        As `extract` of the library does; also, once all is told, if the run was stopped, or no
        photograph gave landmarks.
    """
    with progress("extracting", quiet=quiet) as update, interrupts() as interrupted:

        def on_progress(now: Progress) -> None:
            left = "" if now.seconds_left is None else f", {duration(now.seconds_left)} left"
            failed = f", {now.failures:,} failed" if now.failures else ""
            stopping = ", stopping after this part (Ctrl-C: at once)" if interrupted() else ""
            speed = f"{now.photos_per_second:.1f} photos/s"
            if now.frames_per_second is not None:
                speed = f"videos, {now.frames_per_second:.1f} frames/s"
            words = f"{speed}{left}{failed}{stopping}"
            update(now.done, now.total, words)

        listeners = Listeners(on_progress, tell, should_stop=interrupted)
        summary = extract_landmarks(
            photos, warehouse(context), settings(context), options, listeners
        )
    if as_json:
        say_json(asdict(summary))
    else:
        say_summary(summary)
    if summary.stopped:
        done, found = summary.extracted + summary.already_done, f"{summary.found:,} photographs"
        if (films := summary.videos) is not None:
            done, found = films.extracted + films.already_done, f"{films.found:,} videos"
        raise LakehouseError(
            f"stopped after {done:,} of {found}", fix="the same command continues from there"
        )
    require_landmarks(summary)
    require_faces(summary.videos)


def manifest_file(
    file: Path | None, columns: list[str] | None, sheet: str | None
) -> ManifestFile | None:
    """Put together what the options say of the manifest.

    Parameters
    ----------
    columns : list of str or None
        As given with --map.

    Raises
    ------
    UsageError
        If they say how it is read, and there is none.
    """
    if file is not None:
        return ManifestFile(file, parsed_map(columns or ()), sheet)
    if columns or sheet is not None:
        raise UsageError(
            "says how a manifest is read, and none is given",
            where="--map" if columns else "--sheet",
            fix="give it with --manifest",
        )
    return None


@contextmanager
def interrupts() -> Iterator[Callable[[], bool]]:
    """Record the first Ctrl-C, and let Python handle the second.

    Yields
    ------
    callable
        Tells whether Ctrl-C was pressed.
    """
    seen = False

    def notice(number: int, frame: object) -> None:
        nonlocal seen
        seen = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, notice)
    try:
        yield lambda: seen
    finally:
        signal.signal(signal.SIGINT, before)


def say_summary(summary: Summary) -> None:
    """Print what an extraction did."""
    for remark in summary.told:
        say(remark)
    say_troubles(summary, summary.extracted - summary.ok)
    say_sequences(summary.sequences)
    if summary.replaced:
        say(f"replaced {summary.replaced:,} photographs whose content or model had changed")
    _say_absent(summary)
    if summary.staging is not None:
        say(f"for `lakehouse merge`: {printable(str(summary.staging))}")
    films = summary.videos
    if films is not None:
        say_videos(films)
    if films is None or summary.found:
        _say_photographs(summary)


def _say_photographs(summary: Summary) -> None:
    """Print what became of the photographs."""
    if not summary.extracted and not summary.stopped:
        say(_nothing_to_extract(summary))
    counts = [f"{summary.ok:,} ok", f"{summary.no_face:,} no face"]
    if summary.damaged:
        counts.append(f"{summary.damaged:,} damaged")
    counts.append(f"{summary.unreadable:,} unreadable")
    if summary.unsupported:
        counts.append(f"{summary.unsupported:,} unsupported")
    if summary.crashed:
        counts.append(f"{summary.crashed:,} crashed")
    counts.append(f"{summary.already_done:,} already done")
    rate = f", {summary.photos_per_second:.1f} photos/s" if summary.extracted else ""
    say(f"{summary.found:,} photographs: {', '.join(counts)}; {summary.seconds:.1f} s{rate}")


def _say_absent(summary: Summary) -> None:
    """Print what became of the lake's photographs that were not found, or not listed."""
    if summary.missing:
        say(
            f"in the lake but no longer found: {summary.missing:,} photographs; they are kept "
            "(--prune removes them)"
        )
    if summary.unlisted:
        say(
            f"in the lake and not in this list: {summary.unlisted:,} photographs, whose files are "
            "there; they are kept"
        )
    if summary.pruned:
        say(f"removed from the lake, because their files are gone: {summary.pruned:,} photographs")


def _nothing_to_extract(summary: Summary) -> str:
    """Say how it is known that no photograph had to be worked on."""
    if not summary.found:
        return "nothing to extract: no participant falls to this shard"
    read = summary.already_done - summary.by_stamp
    how = []
    if summary.by_stamp:
        how.append(f"{summary.by_stamp:,} by size and time stamp (--verify compares contents)")
    if read:
        how.append(f"{read:,} by content")
    return f"nothing to extract: all photographs are in the lake, recognised {' and '.join(how)}"
