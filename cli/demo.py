"""`lakehouse demo`."""

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from lakehouse.demo import (
    CLIP_EXPRESSIONS,
    Found,
    draw_clips,
    draw_study,
    find_latency,
    find_planted,
)
from lakehouse.errors import LakehouseError
from lakehouse.events.read import read_events
from lakehouse.events.store import store_events
from lakehouse.extraction.extract import extract
from lakehouse.ingest.listeners import Listeners
from lakehouse.ingest.progress import Progress
from lakehouse.inputs.settings_file import load_settings
from lakehouse.paths import WarehousePaths
from lakehouse.report.write import ReportRequest, write_report
from lakehouse.scores.read import read_scores
from lakehouse.scores.store import store_scores
from lakehouse.synthetic import Planted
from lakehouse.synthetic.clips.clip_study import PlantedLatency
from lakehouse.system.graphics import require_graphics
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.models import Extra
from lakehouse.warehouse.query import fetch

from .build import shown_build
from .events import say_summary as say_events
from .extract import say_summary as say_extraction
from .options import Quiet, warehouse
from .output import program, say, show, tell
from .progress import duration, progress
from .report import OpenPage, open_in_browser
from .scores import say_summary as say_scores

PHOTOS = 3
"""Photographs per mask, as in the study and in the default settings."""

PEOPLE = 24
CLIPS_PEOPLE = 14
"""People in the study, where none are asked for."""

RESULTS = (
    "select feature, instrument, spearman_p, spearman_r, pearson_p, pearson_r, n, spearman_q "
    "from strongest_correlations where {} order by rank limit 5"
)


@dataclass(frozen=True)
class Showing:
    """A demo that is under way.

    Parameters
    ----------
    quiet : bool
        Whether progress is not shown.
    """

    paths: WarehousePaths
    quiet: bool
    steps: "count[int]" = field(default_factory=lambda: count(1))

    def step(self, words: str) -> None:
        """Begin the next step."""
        number = next(self.steps)
        say(f"{chr(10) if number > 1 else ''}{number}. {words}")

    def say_drawn(self, folder: Path, started: float, *, drawn: bool) -> None:
        """Tell where pictures lie, and how long they took."""
        took = duration(perf_counter() - started)
        say(f"drawn in {took}: {folder}" if drawn else f"drawn before: {folder}")


def demo(
    context: typer.Context,
    participants: Annotated[
        int | None,
        typer.Option(
            help=f"People in the study: {PEOPLE} by default, or {CLIPS_PEOPLE} with --video.", min=3
        ),
    ] = None,
    video: Annotated[
        bool, typer.Option("--video", help="Of video clips, and of when faces move.")
    ] = False,
    seed: Annotated[int, typer.Option(help="The same seed gives the same study.", min=0)] = 0,
    open_page: OpenPage = False,
    quiet: Quiet = False,
) -> None:
    """Analyse a made-up study, from photographs or video clips to results.

    The study contains a known effect; the command compares it with what the analysis finds. The
    pictures are warped copies of a public-domain portrait. The demo uses a warehouse of its own:
    the folder demo inside the warehouse, or demo-video.

    Example:

        lakehouse demo --participants 8
    """
    # Before anything is drawn: the first step needs one of them, the second all.
    require_graphics("the demo")
    name = "demo-video" if video else "demo"
    showing = Showing(WarehousePaths(warehouse(context).root / name), quiet)
    if video:
        page = _of_clips(showing, participants or CLIPS_PEOPLE, seed)
    else:
        page = _of_photographs(showing, participants or PEOPLE, seed)
    say(f"\nEvery figure and number: {page.resolve()}")
    if open_page:
        open_in_browser(page)


def _of_photographs(showing: Showing, participants: int, seed: int) -> Path:
    """Draw, analyse and explain a study of photographs; give its report."""
    # Settings that cannot be read are told before minutes of drawing.
    load_settings(showing.paths.settings)
    showing.step(f"Photographs: {participants} people × 8 expressions × 2 conditions × {PHOTOS}")
    started = perf_counter()
    with progress("drawing", quiet=showing.quiet) as update:
        study = draw_study(
            showing.paths,
            participants=participants,
            photos=PHOTOS,
            seed=seed,
            on_photo=lambda done, total: update(done, total, ""),
        )
    showing.say_drawn(study.photographs, started, drawn=study.drawn)
    _extracted(showing, study.photographs)
    page = _analysed(showing, study.scores)
    say("\nWhat was planted and what was found")
    say_planted(study.plan.planted, find_planted(showing.paths, study.plan.planted))
    show(fetch(showing.paths, RESULTS.format("grouping not like '%_eyes'")))
    _say_next(
        showing.paths,
        "correlations",
        "report --language pt --open",
        "tables",
        "describe neutral_distances",
        'sql "select mask, mean_distance from mask_averages order by mask"',
    )
    say("and for your own photographs:")
    say("  " + " && ".join(f"{program()} {words}" for words in ("init", "extract PHOTOS", "build")))
    return page


def _of_clips(showing: Showing, participants: int, seed: int) -> Path:
    """Draw, analyse and explain a study of clips; give its report."""
    load_settings(showing.paths.settings)
    showing.step(f"Clips: {participants} people × {len(CLIP_EXPRESSIONS)} expressions")
    started = perf_counter()
    with progress("drawing", quiet=showing.quiet) as update:
        made = draw_clips(
            showing.paths,
            participants=participants,
            seed=seed,
            on_clip=lambda done, total: update(done, total, ""),
        )
    showing.say_drawn(made.clips, started, drawn=made.drawn)
    _extracted(showing, made.clips)
    showing.step("Events")
    settings = load_settings(showing.paths.settings)
    say_events(store_events(read_events(made.events), showing.paths, settings.dataset))
    page = _analysed(showing, made.scores)
    say("\nWhat was planted and what was found")
    say_planted_latency(made.study.planted, find_latency(showing.paths, made.study.planted))
    show(fetch(showing.paths, RESULTS.format("grouping = 'dynamics'")))
    say(
        "The planted time is that of the whole smile, so latencies of several regions tell it. "
        "Where a region moves too little to be told from a swaying head, it has no times."
    )
    _say_next(
        showing.paths,
        "correlations --grouping dynamics",
        "describe expression_dynamics",
        'sql "select expression, trials, responded from stimulus_summary '
        "where grouping = 'face' order by expression\"",
    )
    say("and for your own videos:")
    words = ("init", "extract VIDEOS", "events FILE", "build")
    say("  " + " && ".join(f"{program()} {each}" for each in words))
    return page


def _extracted(showing: Showing, pictures: Path) -> None:
    """Find the faces."""
    showing.step("Extraction")
    with progress("extracting", quiet=showing.quiet) as update:

        def on_progress(now: Progress) -> None:
            speed = f"{now.photos_per_second:.1f} photos/s"
            if now.frames_per_second is not None:
                speed = f"{now.frames_per_second:.1f} frames/s"
            update(now.done, now.total, speed)

        settings = load_settings(showing.paths.settings)
        listeners = Listeners(on_progress, tell)
        summary = extract(pictures, showing.paths, settings, listeners=listeners)
    say_extraction(summary)


def _analysed(showing: Showing, scores: Path) -> Path:
    """Read scores, build, check and write the report; give its page."""
    paths = showing.paths
    settings = load_settings(paths.settings)
    showing.step("Scores")
    say_scores(store_scores(read_scores(scores, settings), paths, replace=True))

    showing.step("Build")
    result = shown_build(paths, settings, extras=[Extra.STATISTICS])
    say(
        "up to date"
        if result.up_to_date
        else f"built {len(result.models)} relations in {result.seconds:.1f} s"
    )

    showing.step("Check")
    checks = list(run_checks(paths))
    if broken := [check.name for check in checks if not check.kept]:
        raise LakehouseError(
            f"{len(broken)} checks failed: {', '.join(broken)}", fix=_command(paths, "check")
        )
    say(f"{len(checks)} checks passed")

    showing.step("Report")
    report = write_report(paths, ReportRequest(paths.report))
    say(f"{report.bytes / 1e6:.1f} MB, for any browser")
    return report.page


def say_planted(planted: Planted, found: Found) -> None:
    """Print the planted relation and what the analysis found."""
    condition = "supervised" if planted.supervised else "unsupervised"
    say(
        f"planted: the movement of point {planted.point} in {planted.expression}, {condition}, "
        f"with {planted.instrument}, ρ = {planted.rho:.2f}; nothing else"
    )
    if found.feature is None or found.row is None:
        say(f"found:   nothing, as point {planted.point} is not above average in every mask")
        return
    _say_found(found.feature, planted.instrument, found)


def say_planted_latency(planted: PlantedLatency, found: Found) -> None:
    """Print the planted relation of a time and what the analysis found."""
    say(
        f"planted: the latency of {planted.expression}, from the cue to half of its way, "
        f"with {planted.instrument}, ρ = {planted.rho:.2f}; nothing else"
    )
    if found.feature is None:
        say("found:   nothing, as too few people's latencies could be measured")
        return
    _say_found(found.feature, planted.instrument, found)


def _say_found(feature: str, instrument: str, found: Found) -> None:
    row = found.row or {}
    say(
        f"found:   {feature} with {instrument}, place {row['rank']} of "
        f"{found.tests:,}: Spearman r = {row['spearman_r']:.2f}, p = {row['spearman_p']:.2g}, "
        f"q = {row['spearman_q']:.2g}; Pearson r = {row['pearson_r']:.2f}"
    )


def _say_next(paths: WarehousePaths, *commands: str) -> None:
    say("\nWhat to type next")
    for words in commands:
        say("  " + _command(paths, words))


def _command(paths: WarehousePaths, words: str) -> str:
    return f"{program(paths.root)} {words}"
