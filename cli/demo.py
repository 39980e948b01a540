"""`lakehouse demo`."""

from time import perf_counter
from typing import Annotated

import typer

from lakehouse.demo import Found, draw_study, find_planted
from lakehouse.errors import LakehouseError
from lakehouse.extraction.extract import extract
from lakehouse.ingest.listeners import Listeners
from lakehouse.ingest.progress import Progress
from lakehouse.inputs.settings_file import load_settings
from lakehouse.paths import WarehousePaths
from lakehouse.report.write import ReportRequest, write_report
from lakehouse.scores.read import read_scores
from lakehouse.scores.store import store_scores
from lakehouse.synthetic import Planted
from lakehouse.system.graphics import require_graphics
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.models import Extra
from lakehouse.warehouse.query import fetch

from .build import shown_build
from .extract import say_summary as say_extraction
from .options import Quiet, warehouse
from .output import program, say, show, tell
from .progress import duration, progress
from .report import OpenPage, open_in_browser
from .scores import say_summary as say_scores

PHOTOS = 3
"""Photographs per mask, as in the study and in the default settings."""


def demo(
    context: typer.Context,
    participants: Annotated[int, typer.Option(help="People in the study.", min=3)] = 24,
    seed: Annotated[int, typer.Option(help="The same seed gives the same study.", min=0)] = 0,
    open_page: OpenPage = False,
    quiet: Quiet = False,
) -> None:
    """Analyse a made-up study, from photographs to results.

    The study contains a known effect; the command compares it with what the analysis finds.
    The photographs are warped copies of a public-domain portrait. The demo uses a warehouse of
    its own: the folder demo inside the warehouse.

    Example:

        lakehouse demo --participants 8
    """
    # Before anything is drawn: the first step needs one of them, the second all.
    require_graphics("the demo")
    paths = WarehousePaths(warehouse(context).root / "demo")
    settings = load_settings(paths.settings)

    say(f"1. Photographs: {participants} people × 8 expressions × 2 conditions × {PHOTOS}")
    started = perf_counter()
    with progress("drawing", quiet=quiet) as update:
        study = draw_study(
            paths,
            participants=participants,
            photos=PHOTOS,
            seed=seed,
            on_photo=lambda done, total: update(done, total, ""),
        )
    say(
        f"drawn in {duration(perf_counter() - started)}: {study.photographs}"
        if study.drawn
        else f"drawn before: {study.photographs}"
    )

    say("\n2. Extraction")
    with progress("extracting", quiet=quiet) as update:

        def on_progress(now: Progress) -> None:
            update(now.done, now.total, f"{now.photos_per_second:.1f} photos/s")

        listeners = Listeners(on_progress, tell)
        summary = extract(study.photographs, paths, settings, listeners=listeners)
    say_extraction(summary)

    say("\n3. Scores")
    say_scores(store_scores(read_scores(study.scores, settings), paths, replace=True))

    say("\n4. Build")
    result = shown_build(paths, settings, extras=[Extra.STATISTICS])
    say(
        "up to date"
        if result.up_to_date
        else f"built {len(result.models)} relations in {result.seconds:.1f} s"
    )

    say("\n5. Check")
    checks = list(run_checks(paths))
    if broken := [check.name for check in checks if not check.kept]:
        raise LakehouseError(
            f"{len(broken)} checks failed: {', '.join(broken)}", fix=_command(paths, "check")
        )
    say(f"{len(checks)} checks passed")

    say("\n6. Report")
    report = write_report(paths, ReportRequest(paths.report))
    say(f"{report.bytes / 1e6:.1f} MB, for any browser")

    say("\nWhat was planted and what was found")
    say_planted(study.plan.planted, find_planted(paths, study.plan.planted))
    show(
        fetch(
            paths,
            "select feature, instrument, spearman_p, spearman_r, pearson_p, pearson_r, n, "
            "spearman_q from strongest_correlations where grouping not like '%_eyes' "
            "order by rank limit 5",
        )
    )
    say("\nWhat to type next")
    for words in (
        "correlations",
        "report --language pt --open",
        "tables",
        "describe neutral_distances",
        'sql "select mask, mean_distance from mask_averages order by mask"',
    ):
        say("  " + _command(paths, words))
    say("and for your own photographs:")
    say("  " + " && ".join(f"{program()} {words}" for words in ("init", "extract PHOTOS", "build")))
    say(f"\nEvery figure and number: {report.page.resolve()}")
    if open_page:
        open_in_browser(report.page)


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
    row = found.row
    say(
        f"found:   {found.feature} with {planted.instrument}, place {row['rank']} of "
        f"{found.tests:,}: Spearman r = {row['spearman_r']:.2f}, p = {row['spearman_p']:.2g}, "
        f"q = {row['spearman_q']:.2g}; Pearson r = {row['pearson_r']:.2f}"
    )


def _command(paths: WarehousePaths, words: str) -> str:
    return f"{program(paths.root)} {words}"
