"""Settings of how videos are looked at, and what their movement is measured from."""

from typing import Annotated, Final, Literal

from pydantic import Field

from lakehouse.settings.in_sql import InSql
from lakehouse.settings.section import Section

PLATEAU: Final = "plateau"
"""What `Video.masks` is in a study whose masks are made of videos."""


class Video(Section):
    """How videos are looked at, and what their movement is measured from."""

    every: int = Field(default=1, ge=1, le=1000)
    """Every how many-th frame a face is looked for in; all others are decoded and not kept. Times
    are those of the frames kept."""

    neutral: Annotated[
        Literal["events", "start", "stillest", "photos"], InSql(unit="text", name="video_neutral")
    ] = "events"
    """What movement is measured from: "events": a neutral event of the video, else what comes
    before the onset, else the stillest window; "start": what comes before the onset, else the
    stillest window; "stillest": always that; "photos": the participant's neutral photographs, where
    there are any, less what is left of a distance before the onset."""

    neutral_s: Annotated[float, InSql(unit="s", name="video_neutral_s")] = Field(
        default=0.5, gt=0, le=60
    )
    """Length of the neutral stretch before the onset, and of the stillest window."""

    window_s: Annotated[float, InSql(unit="s", name="video_window_s")] = Field(
        default=0.1, gt=0, le=5
    )
    """Time to both sides of a frame through which a quadratic is laid for its level and speed."""

    min_amplitude: Annotated[float, InSql(unit="aligned px", name="video_min_amplitude")] = Field(
        default=15, ge=0, le=1000
    )
    """What the mean distance of a group of points has to rise by at least to count as movement; a
    head that sways makes a still face rise by less."""

    masks: Annotated[Literal["photos", "plateau"], InSql(unit="text", name="video_masks")] = (
        "photos"
    )
    """What masks are made of: "photos", or "plateau": the frames of a trial that reach 90 % of its
    amplitude, for studies that have videos only."""
