"""How well times and sizes of movements are found in videos whose truth is known.

People whose heads sway make expressions at planted times, filmed in H.264 at several rates, and
once at a variable rate; in further clips nothing but the head moves. The clips are extracted and
the warehouse is built as anybody's would be. Then the dynamics of each trial are compared with the
planted course, as photographs without sway and noise show it (`lakehouse/synthetic/clips`).

The tables count the mouth, which all four expressions move, and the whole face, of which most
points move little. What is below 15 aligned pixels counts as no response (video.min_amplitude), and
what is below twice its threshold has no time of the first tenth.

    python benchmarks/video_accuracy.py
    python benchmarks/video_accuracy.py --people 2 --rates 30 --size 640x768 --keep kept
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl

from lakehouse.events.read import read_events
from lakehouse.events.store import store_events
from lakehouse.extraction.extract import extract
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic.clips.clip_study import ClipStudy, plan_clips
from lakehouse.synthetic.clips.filming import Filming
from lakehouse.synthetic.clips.write import write_clip_study
from lakehouse.warehouse.build import build
from lakehouse.warehouse.query import fetch

EXPRESSIONS = ("neutral", "anger", "disgust", "happiness", "surprise")
"""Shown to a cue, as those of the study that move the mouth most."""

TIMES = ("rise_10_s", "rise_50_s", "rise_90_s", "fall_90_s", "fall_50_s")
KEY = ("participant", "expression", "supervised", "video", "group")
CLASSES = ((15, 20), (20, 30), (30, 50), (50, 1000))
"""Amplitudes that are told apart, in aligned pixels."""

DYNAMICS = """
    select
        dynamics.participant, dynamics.expression, dynamics.supervised, dynamics.video,
        dynamics_groups.name as group, dynamics.responded, dynamics.amplitude, rise_10_s,
        rise_50_s, rise_90_s, fall_90_s, fall_50_s
    from expression_dynamics as dynamics
    inner join dynamics_groups using (grouping, group_id)
"""


def measured(folder: Path, study: ClipStudy) -> pl.DataFrame:
    """Film, extract and build, and give the dynamics beside the truth, whose columns end in _true.

    What lies in the folder already is taken as it is.
    """
    filmed, paths, settings = folder / "study", WarehousePaths(folder / "warehouse"), Settings()
    if not paths.database.exists():
        files = write_clip_study(study, filmed)
        extract(files.clips, paths, settings)
        store_events(read_events(files.events), paths, settings.dataset)
        build(paths, settings)
    truth = pl.read_csv(filmed / "truth.csv", schema_overrides={"participant": pl.String})
    return truth.join(fetch(paths, DYNAMICS), on=KEY, how="left", suffix="_found").rename(
        {name: f"{name}_true" for name in (*TIMES, "amplitude")}
    )


def errors(rows: pl.DataFrame, column: str) -> str:
    """Say mean and RMS error in ms, and of how many trials where it is not all."""
    off = (1000 * (rows[f"{column}_found"] - rows[f"{column}_true"])).drop_nulls().to_numpy()
    if not off.size:
        return "–"
    few = "" if off.size == len(rows) else f" ({off.size})"
    return f"{off.mean():.0f} / {np.sqrt((off**2).mean()):.0f}{few}"


def line(words: list[str], rows: pl.DataFrame) -> str:
    """Write a line of a table."""
    moving = rows.filter(pl.col("amplitude_true") > 0)
    found = moving.filter("responded")
    ratio = (found["amplitude_found"] / found["amplitude_true"]).to_numpy()
    cells = [
        *words,
        f"{len(found)} of {len(moving)}",
        *(errors(found, column) for column in TIMES),
        f"{ratio.mean():.2f} ± {ratio.std():.2f}" if ratio.size else "–",
    ]
    return f"| {' | '.join(cells)} |"


def header(*first: str) -> str:
    """Write the head of a table."""
    names = (*first, "responded", *(column[:-2].replace("_", " ") for column in TIMES), "amplitude")
    return f"| {' | '.join(names)} |\n|{'---|' * len(names)}"


def main() -> None:
    """Film, measure and compare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rates", nargs="+", default=["24", "30", "60", "variable"])
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--keep", type=Path, help="folder for what is made, or was made before")
    options = parser.parse_args()
    width, height = map(int, options.size.split("x"))
    root = options.keep or Path(tempfile.mkdtemp())
    print(header("group", "frames a second"))
    everything = []
    for rate in options.rates:
        folder, began = root / rate, time.perf_counter()
        fraction = None if rate == "variable" else Fraction(rate)
        filming = Filming(fraction, 2.5, (width, height))
        study = plan_clips(
            options.people, EXPRESSIONS, filming, conditions=(True,), seed=options.seed
        )
        rows = measured(folder, study)
        everything.append(rows)
        for group in ("mouth", "face"):
            print(line([group, rate], rows.filter(pl.col("group") == group)), flush=True)
        still = rows.filter(pl.col("amplitude_true") == 0)
        print(
            f"<!-- {rate}: of still clips, {still['responded'].sum()} of {len(still)} groups "
            f"responded, by {still.filter('responded')['amplitude_found'].max() or 0:.0f} px; "
            f"{time.perf_counter() - began:.0f} s -->",
            flush=True,
        )
    rows = pl.concat(everything)
    print(f"\n{header('group', 'true amplitude, aligned px')}")
    for group in ("mouth", "face"):
        for low, high in CLASSES:
            of_class = rows.filter(
                pl.col("group") == group, pl.col("amplitude_true").is_between(low, high, "left")
            )
            if len(of_class):
                print(line([group, f"{low} to {high}"], of_class))
    if options.keep is None:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
