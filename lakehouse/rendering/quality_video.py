"""`render video`: the quality video."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from lakehouse.figures.canvas import Pixels, Points
from lakehouse.figures.frames import HEIGHT, WIDTH, Caption, draw_frame, draw_title_card
from lakehouse.figures.video_file import write_video
from lakehouse.files.folders import make_private
from lakehouse.files.replace import replaced
from lakehouse.paths import WarehousePaths
from lakehouse.rendering.faces import alignment_of, left_out_note
from lakehouse.rendering.originals import RefusedPhotographError, read_original
from lakehouse.rendering.rendered import Progress, Rendered, RenderError, no_progress
from lakehouse.rendering.selection import (
    Row,
    Selection,
    aligned,
    condition,
    mesh_edges,
    photographs,
    with_meshes,
)
from lakehouse.rendering.threads import in_threads

TITLE_S: Final = 2
"""How long a title card stands, seconds."""


def render_video(
    paths: WarehousePaths,
    root: Path,
    out: Path,
    selection: Selection,
    *,
    fps: int,
    progress: Progress = no_progress,
) -> Rendered:
    """Write a video of every aligned face beside its mask.

    Photographs follow each other by expression, condition, participant and photo; a card
    announces each expression and condition.

    Parameters
    ----------
    root : Path
        The dataset's folder.
    out : Path
        The file to write.
    fps : int
        Photographs per second.

    Raises
    ------
    LakehouseError
        If there is nothing to draw, no photograph could be used, or the file cannot be written.
    """
    everything = selection.of(photographs(paths), "photograph")
    rows = selection.of(aligned(everything), "aligned photograph")
    edges = mesh_edges(paths)
    refused: list[str] = []

    def draw(found: tuple[int, tuple[Row, Points]]) -> Pixels | str:
        number, (row, points) = found
        try:
            photograph = read_original(root, row)
        except RefusedPhotographError as error:
            return str(error)
        caption = Caption(
            row["mask"], row["expression"], condition(row["supervised"]),
            row["participant"], row["photo"], f"{number:,} of {len(rows):,}",
        )  # fmt: skip
        return draw_frame(photograph, alignment_of(row), points, edges, caption)

    def frames() -> Iterator[Pixels]:
        folder = None
        found = enumerate(with_meshes(paths, rows, "internal.aligned_points"), start=1)
        drawn = zip(rows["mask"], in_threads(draw, found), strict=True)
        for done, (mask, frame) in enumerate(drawn, start=1):
            if mask != folder:
                folder = mask
                card = _title_card(rows.filter(pl.col("mask") == mask))
                yield from [card] * (TITLE_S * fps)
            if isinstance(frame, str):
                refused.append(frame)
            else:
                yield frame
            progress(done, len(rows), f"{len(refused):,} refused" if refused else "")
        if len(refused) == len(rows):
            raise RenderError(
                f"none of {len(rows):,} photographs can be used (such as {refused[0]})",
                where=str(root),
                fix="name the folder that `lakehouse extract` was given",
            )

    make_private(out.parent)
    with replaced(out) as temporary:
        written = write_video(frames(), temporary, fps, (WIDTH, HEIGHT))
    return Rendered(
        {f"frames, {written / fps:.1f} s": written},
        out,
        tuple(refused),
        left_out_note(len(everything), len(rows)),
    )


def _title_card(rows: pl.DataFrame) -> Pixels:
    row = rows.row(0, named=True)
    participants = rows["participant"].n_unique()
    return draw_title_card(
        row["mask"],
        [
            f"{row['expression']}, {condition(row['supervised'])}",
            f"{_counted(len(rows), 'photograph')} of {_counted(participants, 'participant')}",
        ],
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
