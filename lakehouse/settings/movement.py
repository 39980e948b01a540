"""Settings of how faces are aligned, how movement is measured and how its points are grouped."""

from typing import Annotated, Literal

from pydantic import Field

from lakehouse.settings.in_sql import InSql
from lakehouse.settings.section import Section, Seed
from lakehouse.vocabulary import MESH_POINTS


class Alignment(Section):
    """How faces are brought onto each other."""

    method: Annotated[
        Literal["paper", "neutral_scale", "procrustes"], InSql(unit="text", name="alignment_method")
    ] = "paper"
    """"paper": eyes level, forehead to chin 1500, forehead at (1250, 25), though an open mouth then
    shrinks the rest of the face; "neutral_scale": the same with the participant's scale in neutral,
    right where the camera never moved; "procrustes": best fit of 33 points that hardly move onto
    MediaPipe's canonical face."""


class Distance(Section):
    """How far a point has moved from the neutral face."""

    dimensions: Annotated[Literal[2, 3], InSql(unit="count", name="distance_dimensions")] = 2
    """2: in the image plane; 3: with depth."""


class Clusters(Section):
    """How the points above average are grouped."""

    k: Annotated[int, InSql(unit="count", name="clusters_k")] = Field(
        default=6, ge=1, le=MESH_POINTS
    )
    """Number of groups that the points above average are put into."""

    seed: Annotated[Seed, InSql(unit="1", name="clusters_seed")] = 0
    """Random state of k-means."""

    starts: Annotated[int, InSql(unit="count", name="clusters_starts")] = Field(
        default=300, ge=1, le=100_000
    )
    """Starts of k-means, of which the best counts. The best of a few is often a local optimum, so
    that the seed decides the groups; 10 with seed 0 are the paper's."""
