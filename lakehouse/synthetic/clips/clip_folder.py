"""A study of clips as files: videos in the study's own tree, and the events of their trials."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import polars as pl

from lakehouse.files.replace import write_bytes
from lakehouse.synthetic.clips.clip import Clip
from lakehouse.synthetic.clips.clip_file import encoded
from lakehouse.synthetic.clips.clip_study import ClipStudy
from lakehouse.synthetic.drawing import drawn
from lakehouse.synthetic.expressions import KNOWN_EXPRESSIONS

LAYOUT: Final = "{expression}/{supervised}/{participant}/{video}"
"""Of the clips' paths, without ending, in the words of `[dataset] layout`."""


def clip_path(clip: Clip) -> Path:
    """Give a clip's path in the folder of its study."""
    code = f"{KNOWN_EXPRESSIONS.index(clip.expression):02d}"
    return Path(code, f"{clip.supervised:02d}", clip.participant, f"{clip.video}.mp4")


def write_clips(
    study: ClipStudy,
    root: Path,
    *,
    workers: int | None = None,
    on_clip: Callable[[Path], None] | None = None,
) -> list[Path]:
    """Draw a planned study into files.

    Parameters
    ----------
    root : Path
        Folder of the data set; it is made. Files of the same name are replaced.
    workers : int, optional
        Processes that draw, as in `drawn`.
    on_clip : callable, optional
        Called in this process with the path of every clip written, in order.

    Returns
    -------
    list of Path
        Every file, in the order of the study's clips.

    Raises
    ------
    LakeError
        If a file cannot be written.
    LakehouseError
        If the system lacks libraries that OpenCV needs.

    Notes
    -----
    The same plan gives the same bytes, however many workers write them.
    """
    written: list[Path] = []
    for path in drawn(partial(_write_clip, root), study.clips, workers):
        written.append(path)
        if on_clip is not None:
            on_clip(path)
    return written


def write_events(study: ClipStudy, path: Path) -> Path:
    """Write the trials, from the cue to the last frame, as ``lakehouse events`` reads them.

    Parameters
    ----------
    path : Path
        CSV file to write; its folder is made.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    LakeError
        If it cannot be written.
    """
    trials = pl.DataFrame(
        {
            "participant": [clip.participant for clip in study.clips],
            "video": [clip.video for clip in study.clips],
            "onset_s": [clip.cue_s for clip in study.clips],
            "duration_s": [float(clip.times_s[-1]) - clip.cue_s for clip in study.clips],
            "kind": "trial",
        }
    )
    write_bytes(path, trials.write_csv(float_precision=6).encode())
    return path


def _write_clip(root: Path, clip: Clip) -> Path:
    """Draw and write one clip."""
    path = root / clip_path(clip)
    write_bytes(path, encoded(clip))
    return path
