"""What is true of a study of clips: when each group of points has moved how far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.files.replace import write_bytes
from lakehouse.synthetic.clips.clip import Clip
from lakehouse.synthetic.clips.clip_study import ClipStudy

Vectors = npt.NDArray[np.float64]

_STEP_S: Final = 0.0001
_SCHEMA: Final = {
    "participant": pl.String,
    "expression": pl.String,
    "supervised": pl.Boolean,
    "video": pl.String,
    "group": pl.String,
    "cue_s": pl.Float64,
    "start_s": pl.Float64,
    "rise_10_s": pl.Float64,
    "rise_50_s": pl.Float64,
    "rise_90_s": pl.Float64,
    "fall_90_s": pl.Float64,
    "fall_50_s": pl.Float64,
    "amplitude": pl.Float64,
}


def true_dynamics(
    study: ClipStudy,
    faces: Sequence[Vectors | None],
    groups: Mapping[str, Sequence[int]],
) -> pl.DataFrame:
    """Say when groups of points pass each share of their way.

    Parameters
    ----------
    faces : sequence of ndarray of float64, shape (steps, 468, 2), or None
        Of each clip, as `measured_faces` gives them.
    groups : mapping of str to sequence of int
        Mesh points by the group's name.

    Returns
    -------
    polars.DataFrame
        A row for each clip and group. `cue_s` is in the video's time; `start_s`, when the face
        leaves rest, and all that follow in seconds after the cue. They are null where nothing
        moves, or the clip ends before. `amplitude` is in aligned pixels.
    """
    rows = [
        (
            *(clip.participant, clip.expression, clip.supervised, clip.video, name, clip.cue_s),
            *_passed(clip, face, list(points)),
        )
        for clip, face in zip(study.clips, faces, strict=True)
        for name, points in groups.items()
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def write_truth(truth: pl.DataFrame, path: Path) -> Path:
    """Write what is true as a CSV file.

    Parameters
    ----------
    truth : polars.DataFrame
        As of `true_dynamics`.
    path : Path
        File to write; its folder is made.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    LakeError
        If it cannot be written.
    """
    write_bytes(path, truth.write_csv(float_precision=4).encode())
    return path


def _passed(clip: Clip, face: Vectors | None, points: list[int]) -> tuple[float | None, ...]:
    """Give the times after the cue of start, 10, 50 and 90 % up, 90 and 50 % down; how far."""
    if face is None:
        return (None,) * 6 + (0.0,)
    distances = np.linalg.norm(face[:, points] - face[0, points], axis=2).mean(axis=1)
    times = np.arange(0, clip.filming.duration_s, _STEP_S)
    intensities = clip.course.intensity(times) / clip.course.amplitude
    levels = np.interp(intensities, np.linspace(0, 1, len(distances)), distances)
    far = float(levels.max())
    apex = int(levels.argmax())
    up = [float(times[np.argmax(levels >= share * far)]) for share in (0.1, 0.5, 0.9)]
    below = [np.flatnonzero(levels[apex:] < share * far) for share in (0.9, 0.5)]
    down = [float(times[apex + places[0]]) if places.size else None for places in below]
    after = [clip.course.start_s, *up, *down]
    return (*(None if time is None else time - clip.cue_s for time in after), far)
