"""`lakehouse synthesize`."""

from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from lakehouse.errors import UsageError
from lakehouse.synthetic.cohort import CohortOptions, write_cohort

from .options import AsJson, Quiet, foreign, settings, warehouse
from .output import say, say_json
from .progress import progress

COHORT = 309
"""People in the paper."""

CLIPS = 5
"""People in a study of clips, where none are asked for."""

EXPRESSIONS = ("neutral", "anger", "disgust", "happiness", "surprise")
"""Of the clips; in those of neutral nothing but the head moves."""

DURATION_S = 2.5

_FILES = ("clips", "events", "scores", "truth")


def synthesize(
    context: typer.Context,
    participants: Annotated[
        int | None,
        typer.Option(help=f"People: {COHORT} by default, or {CLIPS} with --videos.", min=1),
    ] = None,
    photos: Annotated[int, typer.Option(help="Photographs of each mask.", min=1)] = 3,
    seed: Annotated[int, typer.Option(help="The same seed gives the same cohort.", min=0)] = 0,
    videos: Annotated[
        Path | None,
        typer.Option(
            help="Draw video clips into this new folder instead.", file_okay=False, callback=foreign
        ),
    ] = None,
    rate: Annotated[
        str, typer.Option(help='Frames a second of the clips, such as 24 or 29.97; or "variable".')
    ] = "30",
    size: Annotated[str, typer.Option(help="Width and height of the clips.")] = "640x768",
    rotation: Annotated[
        int, typer.Option(help="Quarter turns, in degrees, that players have to undo.")
    ] = 0,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Make up a cohort of any size, for trials and measurements: a lake, or video clips.

    Landmarks and scores are written directly into the lake, which must be empty, without
    photographs. Faces move as much as those of the paper's participants.

    With --videos, the lake stays as it is. The folder gets clips, the events of their trials,
    scores and a table of what is true: when each face has moved by 10, 50 and 90 %, as
    photographs without sway and noise show it.

    Example:

        lakehouse --warehouse trial synthesize

        lakehouse --warehouse large synthesize --participants 3090
    """
    if videos is None:
        _cohort(context, participants or COHORT, photos, seed, quiet=quiet, as_json=as_json)
        return
    # Late: what draws videos takes a while to load, and cohorts do without.
    from lakehouse.synthetic.clips.clip_study import plan_clips
    from lakehouse.synthetic.clips.filming import Filming
    from lakehouse.synthetic.clips.write import write_clip_study

    filming = Filming(_rate(rate), DURATION_S, _size(size), _rotation(rotation))
    study = plan_clips(participants or CLIPS, EXPRESSIONS, filming, seed=seed)
    with progress("drawing", quiet=quiet) as update:
        files = write_clip_study(
            study, videos, on_clip=lambda done, total: update(done, total, "clips")
        )
    if as_json:
        told = asdict(files)
        say_json(told | {name: str(told[name]) for name in _FILES})
        return
    say(f"drew {files.videos} clips of {files.frames:,} frames; {files.seconds:.1f} s")
    for what in _FILES:
        say(f"{what + ':':8}{getattr(files, what)}")
    say("these clips are synthetic: nobody in them exists")


def _cohort(
    context: typer.Context,
    participants: int,
    photos: int,
    seed: int,
    *,
    quiet: bool,
    as_json: bool,
) -> None:
    """Fill the lake and tell of it."""
    paths = warehouse(context)
    with progress("synthesizing", quiet=quiet) as update:
        summary = write_cohort(
            paths,
            settings(context),
            participants=participants,
            photos=photos,
            seed=seed,
            options=CohortOptions(on_written=lambda done, total: update(done, total, "photos")),
        )
    if as_json:
        say_json(asdict(summary))
        return
    say(
        f"wrote {summary.participants:,} participants × {summary.masks} masks × {photos} photos: "
        f"{summary.photos:,} photos, {summary.landmarks:,} landmarks; {summary.seconds:.1f} s"
    )
    say(f"scores: {', '.join(summary.instruments)}")
    say(f"this data is synthetic: nobody in {paths.lake} exists")


def _rate(words: str) -> Fraction | None:
    """Read a rate; 29.97 and 59.94 are what television means by them."""
    if words == "variable":
        return None
    try:
        rate = Fraction(words)
    except (ValueError, ZeroDivisionError):
        rate = Fraction(0)
    if not 1 <= rate <= 240:
        raise UsageError(
            f"{words!r} is no rate", where="--rate", fix='give 1 to 240, or "variable"'
        )
    television = Fraction(round(rate) * 1000, 1001)
    return television if abs(rate - television) < Fraction(1, 200) else rate


def _size(words: str) -> tuple[int, int]:
    """Read a size such as 1280x720."""
    width, _, height = words.partition("x")
    sides = [int(side) if side.isascii() and side.isdigit() else 0 for side in (width, height)]
    if any(side % 2 or not 128 <= side <= 4320 for side in sides):
        raise UsageError(
            f"{words!r} is no size", where="--size", fix="give even numbers, such as 1280x720"
        )
    return sides[0], sides[1]


def _rotation(degrees: int) -> int:
    """Refuse what is no quarter turn."""
    if degrees not in (0, 90, 180, 270):
        raise UsageError(
            f"{degrees} is no quarter turn", where="--rotation", fix="give 0, 90, 180 or 270"
        )
    return degrees
