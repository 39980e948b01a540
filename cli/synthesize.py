"""`lakehouse synthesize`."""

from dataclasses import asdict
from typing import Annotated

import typer

from lakehouse.synthetic.cohort import CohortOptions, write_cohort

from .options import AsJson, Quiet, settings, warehouse
from .output import say, say_json
from .progress import progress


def synthesize(
    context: typer.Context,
    participants: Annotated[int, typer.Option(help="People in the cohort.", min=1)] = 309,
    photos: Annotated[int, typer.Option(help="Photographs of each mask.", min=1)] = 3,
    seed: Annotated[int, typer.Option(help="The same seed gives the same cohort.", min=0)] = 0,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Fill an empty lake with a made-up cohort of any size, for trials and measurements.

    Landmarks and scores are written directly into the lake, without photographs. Faces move as
    much as those of the paper's participants.

    Example:

        lakehouse --warehouse trial synthesize

        lakehouse --warehouse large synthesize --participants 3090
    """
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
