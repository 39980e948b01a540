"""Videos of the warehouse, their frames, meshes and movement."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from lakehouse.figures.canvas import Pixels, Points
from lakehouse.figures.curve import Curve, Mark, Run
from lakehouse.lake.video_parts import video_part_names
from lakehouse.paths import WarehousePaths
from lakehouse.rendering.rendered import RenderError
from lakehouse.rendering.selection import Row, Selection, condition, require_relation
from lakehouse.system.regular_files import open_at_once
from lakehouse.video.decoding import Place, Video, open_video
from lakehouse.video.problems import VideoProblemError
from lakehouse.vocabulary import MESH_POINTS
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.query import fetch, fetch_by

if TYPE_CHECKING:
    from pyarrow.dataset import Dataset

_FRAMES_AT_ONCE: Final = 600

_CLIPS: Final = """
    select
        videos.participant, videos.video, videos.expression, videos.supervised, videos.path,
        videos.sha256, videos.status, videos.error, expressions.code
    from videos
    left join expressions on videos.expression = expressions.expression
    order by videos.participant, videos.video
"""
_FRAMES: Final = """
    select frame, time_s, status
    from frames
    where participant = $participant and video = $video
    order by frame
"""
_TRIALS: Final = """
    select event, expression, supervised, onset_s
    from trials
    where participant = $participant and video = $video
    order by onset_s, event
"""
_MOTION: Final = """
    select group_motion.event, frames.time_s, group_motion.level
    from group_motion
    inner join frames
        on
            group_motion.participant = frames.participant
            and group_motion.video = frames.video
            and group_motion.frame = frames.frame
    where
        group_motion.participant = $participant
        and group_motion.video = $video
        and group_motion.grouping = 'face'
        and group_motion.level is not null
    order by group_motion.event, frames.time_s
"""


class RefusedVideoError(RenderError):
    """A video cannot be shown; others can."""


def clips(paths: WarehousePaths) -> pl.DataFrame:
    """List all videos, by participant.

    Returns
    -------
    polars.DataFrame
        Columns of videos, with code.

    Raises
    ------
    RenderError
        If the database was built before there were videos.
    """
    for relation in ("videos", "frames", "trials", "expression_dynamics"):
        require_relation(paths, relation)
    return fetch(paths, _CLIPS)


def chosen_clip(paths: WarehousePaths, selection: Selection, video: str) -> Row:
    """Find a video.

    Parameters
    ----------
    selection : Selection
        The participant, where several have a video of this id.

    Returns
    -------
    dict
        Its row of `clips`.

    Raises
    ------
    RenderError
        If there is none, or more than one.
    """
    rows = selection.of(clips(paths), "video")
    found = rows.filter(pl.col("video") == video)
    if found.is_empty():
        raise RenderError(
            f"there is no video {video!r} of these participants",
            fix="the relation videos lists them all",
        )
    if len(found) > 1:
        raise RenderError(
            f"{len(found):,} participants have a video {video!r}",
            fix="name one of them with --participant",
        )
    return found.row(0, named=True)


def original_video(root: Path, row: Row) -> Video:
    """Open a video and make sure that the landmarks are this very video's.

    Parameters
    ----------
    root : Path
        The dataset's folder.
    row : dict
        With path and sha256.

    Raises
    ------
    RefusedVideoError
        If the file is missing, cannot be read, gives no frames, or has changed.
    """
    path: str = row["path"]
    try:
        with open(root / path, "rb", opener=lambda name, _: open_at_once(name)) as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == row["sha256"]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RefusedVideoError(f"cannot be read ({reason})", where=path) from error
    if not same:
        raise RefusedVideoError("has changed since its landmarks were found", where=path)
    try:
        return open_video(root / path)
    except VideoProblemError as error:
        raise RefusedVideoError(f"cannot be decoded ({error.reason})", where=path) from error


def picture_of(original: Video, row: Row, frame: int, before: Place | None) -> Pixels:
    """Decode one frame.

    Parameters
    ----------
    row : dict
        With path.
    frame : int
        Its number.
    before : Place, optional
        A frame before it, to decode from; by default the first.

    Raises
    ------
    RefusedVideoError
        If the video has no such frame, or its frames cannot be decoded.
    """
    path: str = row["path"]
    try:
        for decoded in original.frames(before):
            if decoded.number == frame:
                return decoded.pixels()
    except VideoProblemError as error:
        raise RefusedVideoError(f"cannot be decoded ({error.reason})", where=path) from error
    raise RefusedVideoError(f"has no frame {frame:,}", where=path)


def frames_of(paths: WarehousePaths, row: Row) -> pl.DataFrame:
    """List the frames of a video that were looked at.

    Returns
    -------
    polars.DataFrame
        Columns frame, time_s, status.
    """
    return _asked(paths, _FRAMES, row)


def trials_of(paths: WarehousePaths, row: Row) -> pl.DataFrame:
    """List the trials of a video.

    Returns
    -------
    polars.DataFrame
        Columns event, expression, supervised, onset_s; by onset.
    """
    return _asked(paths, _TRIALS, row)


def curve_of(paths: WarehousePaths, row: Row, trials: pl.DataFrame) -> Curve:
    """Give how far the face moved in trials, on the video's clock.

    Parameters
    ----------
    trials : polars.DataFrame
        Some of `trials_of`.
    """
    motion = _asked(paths, _MOTION, row)
    runs, marks = [], []
    for trial in trials.iter_rows(named=True):
        moved = motion.filter(pl.col("event") == trial["event"])
        times, levels = moved["time_s"].to_numpy(), moved["level"].to_numpy()
        runs.append(Run(times, levels, trial["onset_s"]))
        marks.append(Mark(trial["onset_s"], trial["expression"]))
    return Curve(runs, marks)


def shown(trial: Row) -> str:
    """Say what a trial shows.

    Parameters
    ----------
    trial : dict
        With expression and supervised.
    """
    return f"{trial['expression']}, {condition(bool(trial['supervised']))}"


def meshes_of(paths: WarehousePaths, row: Row, frames: list[int]) -> Iterator[Points | None]:
    """Go through the meshes of a video's frames, some hundreds in memory at a time.

    Parameters
    ----------
    frames : list of int
        Rising.

    Yields
    ------
    ndarray of shape (468, 2), or None
        Pixels of the upright frame; None of a frame in which no face was found.
    """
    # Late: slow to load, and other pictures do without.
    from pyarrow.dataset import dataset

    files = [str(paths.frame_landmarks / part) for part in video_part_names(paths)]
    lake = dataset(files, format="parquet") if files else None
    for start in range(0, len(frames), _FRAMES_AT_ONCE):
        some = frames[start : start + _FRAMES_AT_ONCE]
        found = {} if lake is None else _meshes(lake, row, some[0], some[-1])
        yield from (found.get(frame) for frame in some)


def _meshes(lake: "Dataset", row: Row, first: int, last: int) -> dict[int, Points]:
    from pyarrow.dataset import field

    wanted = (
        (field("participant") == row["participant"])
        & (field("video") == row["video"])
        & (field("frame") >= first)
        & (field("frame") <= last)
        & (field("point") < MESH_POINTS)
    )
    table = lake.to_table(columns=["frame", "point", "x", "y"], filter=wanted)
    by_frame = table.sort_by([("frame", "ascending"), ("point", "ascending")])
    numbers = by_frame["frame"].to_numpy()
    places = np.column_stack([by_frame["x"].to_numpy(), by_frame["y"].to_numpy()])
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    return {
        int(numbers[start]): mesh.astype(np.float64)
        for start, mesh in zip(starts, np.split(places, starts[1:]), strict=True)
        if len(mesh) == MESH_POINTS
    }


def _asked(paths: WarehousePaths, query: str, row: Row) -> pl.DataFrame:
    with open_read_only(paths) as connection:
        return fetch_by(
            connection, query, {"participant": row["participant"], "video": row["video"]}
        )
