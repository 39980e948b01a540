"""`render frame-strip`: each trial in three frames, at onset, half way and at its most."""

from pathlib import Path
from typing import Final

import polars as pl

from lakehouse.figures.encode import encoded
from lakehouse.figures.frame_strip import StripFrame, draw_strip
from lakehouse.files.replace import write_bytes
from lakehouse.files.safe_names import safe_name
from lakehouse.paths import WarehousePaths
from lakehouse.rendering.clips import (
    RefusedVideoError,
    clips,
    curve_of,
    frames_of,
    meshes_of,
    original_video,
    picture_of,
    shown,
    trials_of,
)
from lakehouse.rendering.rendered import Progress, Rendered, no_progress
from lakehouse.rendering.selection import Row, Selection, mesh_edges
from lakehouse.rendering.threads import in_threads
from lakehouse.video.decoding import Place, Video
from lakehouse.warehouse.query import fetch

_RESPONSES: Final = """
    select
        trials.participant, trials.video, trials.event, trials.expression, trials.supervised,
        trials.onset_s, expression_dynamics.responded, expression_dynamics.rise_50_s,
        expression_dynamics.apex_s, expressions.code
    from trials
    inner join expression_dynamics
        on
            trials.participant = expression_dynamics.participant
            and trials.video = expression_dynamics.video
            and trials.event = expression_dynamics.event
    left join expressions on trials.expression = expressions.expression
    where expression_dynamics.grouping = 'face'
    order by trials.participant, trials.video, trials.onset_s, trials.event
"""


def render_frame_strips(
    paths: WarehousePaths,
    root: Path,
    out: Path,
    selection: Selection,
    *,
    progress: Progress = no_progress,
) -> Rendered:
    """Draw the trials in which the face moved.

    Parameters
    ----------
    root : Path
        The dataset's folder.
    out : Path
        Folder to write to.

    Raises
    ------
    LakehouseError
        If there is nothing to draw, or a file cannot be written.
    """
    videos = {(row["participant"], row["video"]): row for row in clips(paths).iter_rows(named=True)}
    everything = selection.of(fetch(paths, _RESPONSES), "trial")
    moved = everything.filter("responded")
    edges = mesh_edges(paths)

    def draw(trial: Row) -> str | None:
        row = videos[trial["participant"], trial["video"]]
        try:
            original = original_video(root, row)
            frames = _strip_frames(paths, original, row, trial)
        except RefusedVideoError as error:
            return str(error)
        of_trial = trials_of(paths, row).filter(pl.col("event") == trial["event"])
        title = f"participant {row['participant']} · video {row['video']} · {shown(trial)}"
        strip = draw_strip(title, frames, curve_of(paths, row, of_trial), edges)
        name = f"{safe_name(row['video'])}--{safe_name(trial['event'])}.png"
        write_bytes(out / safe_name(row["participant"]) / name, encoded(strip))
        return None

    refused: list[str] = []
    for done, refusal in enumerate(in_threads(draw, moved.iter_rows(named=True)), start=1):
        refused += [refusal] if refusal else []
        progress(done, len(moved), f"{len(refused):,} refused" if refused else "")
    still = len(everything) - len(moved)
    notes = (
        f"{still:,} trials in which no movement was found are left out; "
        "expression_dynamics has the reasons",
    )
    return Rendered(
        {"frame strips": len(moved) - len(refused)}, out, tuple(refused), notes if still else ()
    )


def _strip_frames(paths: WarehousePaths, original: Video, row: Row, trial: Row) -> list[StripFrame]:
    """Take the frames nearest to the times that were measured."""
    listed = frames_of(paths, row)
    strip = []
    for name, after_s in (("onset", 0.0), ("50 %", trial["rise_50_s"]), ("apex", trial["apex_s"])):
        if after_s is None:
            continue
        away = (listed["time_s"] - (trial["onset_s"] + after_s)).abs()
        place = int(away.arg_min() or 0)
        frame = listed.row(place, named=True)
        before = listed.row(place - 1, named=True) if place else None
        [mesh] = meshes_of(paths, row, [frame["frame"]])
        start = Place(before["frame"], before["time_s"]) if before else None
        picture = picture_of(original, row, frame["frame"], start)
        note = f"{frame['time_s']:.3f} s · frame {frame['frame']:,}"
        strip.append(StripFrame(picture, mesh, name, frame["time_s"], note))
    return strip
