"""What the report costs: to write, to open, and to choose something in it.

A made-up cohort is built with all extras and reported. Shown are the page's size, processor time
and memory of `lakehouse report` and of its `--figures`: of the largest process, and of all at once,
where what they share counts once (on Linux). In Chromium, offline and under the
page's own policy, the time is that of the page's thread: until all figures are drawn, and for the
slowest selection.

    python benchmarks/report.py
    python benchmarks/report.py --participants 3090
    python benchmarks/report.py --warehouse KEPT        # one that is built
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Page, sync_playwright
from suite import memory_of, tree

LIMITS = {
    "page, MB": (3, 10),
    "page, s": (10, None),
    "figures, s": (40, None),
    "memory, MB": (600, None),
    "of all, MB": (600, None),
    "drawing, s": (2, None),
    "selection, s": (0.1, None),
}
"""At the study's number of people, and at ten times that, where it is another."""


NEVER_COMPILED = "PYTHONDONTWRITEBYTECODE"
EVERY_S = 0.05
"""Between two samples of memory."""
CHOOSE_LAST = (
    "(select) => { select.selectedIndex = select.length - 1; "
    "select.dispatchEvent(new Event('change')); }"
)
PATIENCE_S = 120


def main() -> None:
    options = parsed()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        warehouse = options.warehouse or cohort(place / "warehouse", options.participants)
        found: dict[str, list[float]] = {name: [] for name in LIMITS}
        for _ in range(options.runs):
            for name, value in run(warehouse, place).items():
                found[name].append(value)
    large = options.participants > 1000
    print(f"{options.participants:,} people, medians of {options.runs} runs")
    for name, values in found.items():
        limit = LIMITS[name][large] or LIMITS[name][0]
        middle = statistics.median(values)
        print(f"{name:14} {middle:8.2f}  limit {limit:g}{'' if middle <= limit else '  ABOVE'}")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--participants", type=int, default=309)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--warehouse", type=Path)
    return parser.parse_args()


def cohort(warehouse: Path, participants: int) -> Path:
    """Build a made-up cohort with all extras."""
    command(warehouse, "synthesize", "--participants", str(participants), "--quiet")
    command(warehouse, "build", "--statistics", "--pairs")
    return warehouse


@dataclass(frozen=True)
class Cost:
    """Processor time in seconds; MB of the largest process, and of all together."""

    spent: float
    largest: float
    together: float


def command(warehouse: Path, *words: str) -> Cost:
    """Run a command, and say what it cost."""
    line = [sys.executable, "-m", "lakehouse.cli", "--warehouse", str(warehouse), *words]
    # Whoever uses the program has it compiled after the first time.
    environment = {key: each for key, each in os.environ.items() if key != NEVER_COMPILED}
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, env=environment)
    root, together, ended = psutil.Process(process.pid), 0, 0
    while not ended:
        together = max(together, sum(map(memory_of, tree(root))))
        time.sleep(EVERY_S)
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
    if status:
        sys.exit(f"{' '.join(words)} ended with {status}")
    # The kernel counts the processes, too, that have ended before it.
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6, together / 1e6)


def run(warehouse: Path, place: Path) -> dict[str, float]:
    page, figures = place / "report.html", place / "figures"
    alone = command(warehouse, "report", "--out", str(page))
    both = command(warehouse, "report", "--out", str(page), "--figures", str(figures))
    drawing, selection = in_browser(page)
    return {
        "page, MB": page.stat().st_size / 1e6,
        "page, s": alone.spent,
        "figures, s": both.spent - alone.spent,
        "memory, MB": max(alone.largest, both.largest),
        "of all, MB": max(alone.together, both.together),
        "drawing, s": drawing,
        "selection, s": selection,
    }


def in_browser(report: Path) -> tuple[float, float]:
    """Open a report; give seconds until all is drawn, and of the slowest selection."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        context = browser.new_context(offline=True, viewport={"width": 1200, "height": 900})
        page = context.new_page()
        spent = thread_time(page)
        page.goto(report.as_uri())
        wait(page, "() => document.documentElement.dataset.ready")
        drawing = spent()
        slowest = 0.0
        # Looked for before: the driver walks through the whole page, which is no part of choosing.
        for select in page.query_selector_all("select[data-control]"):
            before = spent()
            # By a script: to choose as a user does, the driver reads some hundred options itself.
            select.evaluate(CHOOSE_LAST)
            page.wait_for_timeout(400)
            slowest = max(slowest, spent() - before)
        browser.close()
        return drawing, slowest


def thread_time(page: Page) -> Callable[[], float]:
    """Measure the processor time of the page's thread from now on, seconds."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
        [value] = [metric["value"] for metric in metrics if metric["name"] == "TaskDuration"]
        return float(value)

    return spent


def wait(page: Page, script: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not page.evaluate(script):
        if time.monotonic() > end:
            sys.exit("the figures were not drawn")
        page.wait_for_timeout(20)


if __name__ == "__main__":
    main()
