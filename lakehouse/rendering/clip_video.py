"""`render video --clip`: a video with mesh, the curve of the face's movement and a clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import polars as pl

from lakehouse.figures.canvas import Pixels, Points
from lakehouse.figures.clip import ClipPages, Moment
from lakehouse.figures.video_file import write_timed_video
from lakehouse.files.folders import make_private
from lakehouse.files.replace import replaced
from lakehouse.files.safe_names import safe_name
from lakehouse.paths import WarehousePaths
from lakehouse.rendering.clips import (
    RefusedVideoError,
    chosen_clip,
    curve_of,
    frames_of,
    meshes_of,
    original_video,
    shown,
    trials_of,
)
from lakehouse.rendering.rendered import Progress, Rendered, RenderError, no_progress
from lakehouse.rendering.selection import Row, Selection, mesh_edges
from lakehouse.rendering.threads import in_threads
from lakehouse.video.decoding import Video
from lakehouse.video.problems import VideoProblemError


def render_clip(
    paths: WarehousePaths,
    root: Path,
    out: Path | None,
    selection: Selection,
    video: str,
    *,
    progress: Progress = no_progress,
) -> Rendered:
    """Write a video again, with what was measured in it.

    Frames keep their own times, however uneven. Those that were not looked at, because of the
    setting video.every, are left out.

    Parameters
    ----------
    root : Path
        The dataset's folder.
    out : Path, optional
        The file to write; by default one of the warehouse's figures, named after the video.
    video : str
        Its id.

    Raises
    ------
    LakehouseError
        If there is no such video, it cannot be used, or the file cannot be written.
    """
    film = _film(paths, root, chosen_clip(paths, selection, video))

    def drawn() -> Iterator[tuple[float, Pixels]]:
        for done, page in enumerate(in_threads(film.draw, film.shots()), start=1):
            yield page
            progress(done, len(film.frames), "")

    if out is None:
        folder = paths.root / "figures" / "clips" / safe_name(film.row["participant"])
        out = folder / f"{safe_name(video)}.mp4"
    make_private(out.parent)
    try:
        with replaced(out) as temporary:
            written = write_timed_video(drawn(), temporary, film.pages.size)
    except VideoProblemError as error:
        raise RefusedVideoError(
            f"cannot be decoded ({error.reason})", where=film.row["path"]
        ) from error
    return Rendered({f"frames, {film.frames['time_s'][-1]:.1f} s": written}, out)


class _Shot(NamedTuple):
    picture: Pixels
    mesh: Points | None
    moment: Moment


@dataclass(frozen=True, eq=False)
class _Film:
    """A video, and what was measured in it."""

    paths: WarehousePaths
    row: Row
    original: Video
    frames: pl.DataFrame
    trials: pl.DataFrame
    pages: ClipPages

    def shots(self) -> Iterator[_Shot]:
        """Decode the frames that were looked at."""
        listed = self.frames.iter_rows(named=True)
        meshes = meshes_of(self.paths, self.row, self.frames["frame"].to_list())
        wanted = next(listed)
        for frame in self.original.frames():
            if frame.number != wanted["frame"]:
                continue
            moment = Moment(frame.time_s, _lines(self.row, wanted, self.trials))
            yield _Shot(frame.pixels(), next(meshes), moment)
            if (following := next(listed, None)) is None:
                return
            wanted = following

    def draw(self, shot: _Shot) -> tuple[float, Pixels]:
        """Draw a frame; gives its time too."""
        return shot.moment.time_s, self.pages.draw(shot.picture, shot.mesh, shot.moment)


def _film(paths: WarehousePaths, root: Path, row: Row) -> _Film:
    frames = frames_of(paths, row)
    if frames.is_empty():
        reason = row["error"] or row["status"]
        raise RenderError(f"the video has no frames ({reason})", where=row["path"])
    original = original_video(root, row)
    trials = trials_of(paths, row)
    shape = (original.facts.width or 0, original.facts.height or 0)
    curve = curve_of(paths, row, trials)
    pages = ClipPages(shape, mesh_edges(paths), curve, float(frames["time_s"][-1]))
    return _Film(paths, row, original, frames, trials, pages)


def _lines(row: Row, frame: Row, trials: pl.DataFrame) -> tuple[str, ...]:
    """Say what is known of a frame."""
    lines = [f"frame {frame['frame']:,}"]
    if frame["status"] != "ok":
        lines[0] += {"no_face": " · no face", "corrupt": " · damaged"}.get(frame["status"], "")
    begun = trials.filter(pl.col("onset_s") <= frame["time_s"])
    if not begun.is_empty():
        trial = begun.row(-1, named=True)
        lines += [shown(trial), f"{frame['time_s'] - trial['onset_s']:.3f} s after the onset"]
    lines.append(f"participant {row['participant']} · video {row['video']}")
    return tuple(lines)
