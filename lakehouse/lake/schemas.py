"""Arrow schemas of the lake's files.

Text for times and 32-bit integers for sizes, because the warehouse hands them on to R, which
has no 64-bit integer.
"""

from typing import Final

import pyarrow as pa

KEY: Final = ("participant", "expression", "supervised", "photo")
"""What identifies a photograph."""

_KEY_FIELDS: Final = [
    pa.field("participant", pa.string(), nullable=False),
    pa.field("expression", pa.string(), nullable=False),
    pa.field("supervised", pa.bool_(), nullable=False),
    pa.field("photo", pa.string(), nullable=False),
]

LANDMARKS: Final = pa.schema(
    [
        *_KEY_FIELDS,
        pa.field("point", pa.int16(), nullable=False),
        pa.field("x", pa.float32()),
        pa.field("y", pa.float32()),
        pa.field("z", pa.float32()),
    ]
)

BLENDSHAPES: Final = pa.schema(
    [
        *_KEY_FIELDS,
        pa.field("blendshape", pa.string(), nullable=False),
        pa.field("score", pa.float32()),
    ]
)

PHOTOS: Final = pa.schema(
    [
        *_KEY_FIELDS,
        pa.field("path", pa.string(), nullable=False),
        pa.field("sha256", pa.string()),
        pa.field("bytes", pa.int32()),
        pa.field("width", pa.int32()),
        pa.field("height", pa.int32()),
        pa.field("orientation", pa.int16()),
        pa.field("status", pa.string(), nullable=False),
        pa.field("error", pa.string()),
        pa.field("faces", pa.int32()),
        pa.field("face_height", pa.float32()),
        pa.field("yaw", pa.float32()),
        pa.field("pitch", pa.float32()),
        pa.field("roll", pa.float32()),
        pa.field("retry", pa.string()),
        pa.field("extractor", pa.string(), nullable=False),
        pa.field("model_sha256", pa.string()),
        pa.field("extracted_at", pa.string(), nullable=False),
    ]
)

SCORES: Final = pa.schema(
    [
        pa.field("participant", pa.string(), nullable=False),
        pa.field("instrument", pa.string(), nullable=False),
        pa.field("score", pa.float64()),
    ]
)

COVARIATES: Final = pa.schema(
    [
        pa.field("participant", pa.string(), nullable=False),
        pa.field("covariate", pa.string(), nullable=False),
        pa.field("value", pa.float64()),
        pa.field("category", pa.string()),
    ]
)

VIDEO_KEY: Final = ("participant", "video")
"""What identifies a video."""

_VIDEO_KEY_FIELDS: Final = [
    pa.field("participant", pa.string(), nullable=False),
    pa.field("video", pa.string(), nullable=False),
]
_FRAME_KEY_FIELDS: Final = [*_VIDEO_KEY_FIELDS, pa.field("frame", pa.int32(), nullable=False)]

VIDEOS: Final = pa.schema(
    [
        pa.field("participant", pa.string(), nullable=False),
        pa.field("expression", pa.string()),
        pa.field("supervised", pa.bool_()),
        pa.field("video", pa.string(), nullable=False),
        pa.field("path", pa.string(), nullable=False),
        pa.field("sha256", pa.string()),
        pa.field("codec", pa.string()),
        pa.field("pixel_format", pa.string()),
        pa.field("width", pa.int32()),
        pa.field("height", pa.int32()),
        pa.field("rotation", pa.int16()),
        pa.field("mirrored", pa.bool_()),
        pa.field("interlaced", pa.bool_()),
        pa.field("start_s", pa.float64()),
        pa.field("duration_s", pa.float64()),
        pa.field("header_frames", pa.int32()),
        pa.field("decoded_frames", pa.int32()),
        pa.field("corrupt_frames", pa.int32()),
        pa.field("face_frames", pa.int32()),
        pa.field("min_step_s", pa.float64()),
        pa.field("median_step_s", pa.float64()),
        pa.field("max_step_s", pa.float64()),
        pa.field("status", pa.string(), nullable=False),
        pa.field("error", pa.string()),
        pa.field("extractor", pa.string(), nullable=False),
        pa.field("model_sha256", pa.string()),
        pa.field("extracted_at", pa.string(), nullable=False),
    ]
)
"""Expression and condition are null of a video that shows several."""

FRAMES: Final = pa.schema(
    [
        *_FRAME_KEY_FIELDS,
        pa.field("time_s", pa.float64(), nullable=False),
        pa.field("status", pa.string(), nullable=False),
        pa.field("faces", pa.int32()),
        pa.field("face_height", pa.float32()),
        pa.field("yaw", pa.float32()),
        pa.field("pitch", pa.float32()),
        pa.field("roll", pa.float32()),
        pa.field("retry", pa.string()),
    ]
)

FRAME_LANDMARKS: Final = pa.schema(
    [
        *_FRAME_KEY_FIELDS,
        pa.field("point", pa.int16(), nullable=False),
        pa.field("x", pa.float32()),
        pa.field("y", pa.float32()),
        pa.field("z", pa.float32()),
    ]
)
"""Rounded to sixteenths of a pixel, which halves their size."""

FRAME_BLENDSHAPES: Final = pa.schema(
    [
        *_FRAME_KEY_FIELDS,
        pa.field("blendshape", pa.string(), nullable=False),
        pa.field("score", pa.float32()),
    ]
)

EVENTS: Final = pa.schema(
    [
        *_VIDEO_KEY_FIELDS,
        pa.field("event", pa.string(), nullable=False),
        pa.field("onset_s", pa.float64(), nullable=False),
        pa.field("duration_s", pa.float64()),
        pa.field("expression", pa.string()),
        pa.field("supervised", pa.bool_()),
        pa.field("kind", pa.string(), nullable=False),
    ]
)
"""The kind is trial, neutral or ignore."""
