"""Settings of who and what enters the results."""

from typing import Annotated, Literal

from pydantic import Field

from lakehouse.settings.in_sql import InSql
from lakehouse.settings.section import Section

Degrees = Annotated[float, Field(ge=0, le=180)] | Literal["any"]
"""An angle that nothing may pass, or "any" for none."""

Pixels = Annotated[float, Field(ge=0, le=100_000)] | Literal["any"]
"""A length that nothing may fall below, or "any" for none."""


class Detection(Section):
    """When the Face Landmarker believes that it sees a face."""

    min_detection_confidence: float = Field(default=0.5, ge=0, le=1)
    """Least confidence of the face detector."""

    min_presence_confidence: float = Field(default=0.8, ge=0, le=1)
    """Least confidence that the landmarks lie on a face; at 0.5 an upside-down portrait passes."""


class Quality(Section):
    """Which participants and photographs enter the results, and what they are compared with."""

    reference: Annotated[
        Literal["own", "mean", "canonical"], InSql(unit="text", name="reference_face")
    ] = "own"
    """Face that participants without a usable neutral photograph are compared with. "own": none,
    they are excluded; "mean": the mean neutral face of the others; "canonical": MediaPipe's
    canonical face, under procrustes alone. With the last two, their movement holds the build of
    their face too."""

    photos_per_mask: Annotated[
        Annotated[int, Field(ge=1, le=10_000)] | Literal["any"], InSql(unit="count")
    ] = 3
    """Photographs a mask must have for its participant to be included, or "any"."""

    masks: Annotated[Literal["all", "neutral"], InSql(unit="text", name="required_masks")] = "all"
    """"all": a participant needs every mask of the dataset; "neutral": only the reference, if
    quality.reference has no other face for those without."""

    max_faces: Annotated[int, InSql(unit="count")] = Field(default=1, ge=1, le=1000)
    """A photograph with more faces than this is left out of its mask."""

    max_yaw: Annotated[Degrees, InSql(unit="deg")] = "any"
    """Largest turn of the head to either side, in degrees, with which a photograph is used, or
    "any"."""

    max_pitch: Annotated[Degrees, InSql(unit="deg")] = "any"
    """Most that the head may be raised or lowered, in degrees, for a photograph to be used, or
    "any"."""

    min_face_height: Annotated[Pixels, InSql(unit="px")] = "any"
    """Smallest height of a face from forehead to chin, in pixels of the photo, with which a
    photograph is used, or "any"."""
