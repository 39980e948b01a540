"""`render masks`: triangle masks, mean masks, ghosts and comparisons."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from lakehouse.figures.canvas import Pixels, Points, beyond_canvas
from lakehouse.figures.encode import encoded
from lakehouse.figures.mesh import draw_mask
from lakehouse.files.replace import write_bytes
from lakehouse.files.safe_names import safe_name
from lakehouse.paths import WarehousePaths
from lakehouse.rendering.choices import MaskPicture
from lakehouse.rendering.faces import photo_path
from lakehouse.rendering.mask_groups import Job, MaskGroups
from lakehouse.rendering.rendered import Progress, Rendered, RenderError, no_progress
from lakehouse.rendering.selection import (
    Selection,
    aligned,
    masks,
    mesh_edges,
    photographs,
    with_meshes,
)
from lakehouse.rendering.threads import in_threads


@dataclass
class _Beyond:
    """Counts faces that reach beyond the canvas, so that nothing is cut off unsaid."""

    count: int = 0
    example: str = ""

    def look(self, points: Points, name: str) -> None:
        if beyond_canvas(points[None])[0]:
            self.count += 1
            self.example = self.example or name

    def notes(self) -> list[str]:
        if not self.count:
            return []
        return [f"{self.count:,} masks reach beyond the canvas, such as {self.example!r}"]


def render_masks(
    paths: WarehousePaths,
    out: Path,
    kinds: Collection[MaskPicture],
    selection: Selection,
    *,
    progress: Progress = no_progress,
) -> Rendered:
    """Draw masks in black on white, on the canvas of 2500 × 1900 pixels.

    Parameters
    ----------
    out : Path
        Folder to write to; each kind has a folder in it.
    kinds : collection of MaskPicture

    Raises
    ------
    LakehouseError
        If there is nothing to draw, or a file cannot be written.
    """
    wanted = MaskPicture.kinds(kinds)
    edges = mesh_edges(paths)
    cells, points = masks(paths, selection)
    groups = MaskGroups(cells, points, edges, selection)
    photos = pl.DataFrame()
    if MaskPicture.PHOTO in wanted:
        photos = selection.of(aligned(photographs(paths)), "aligned photograph")
    beyond = _Beyond()

    def photo_jobs() -> Iterator[Job]:
        for row, mesh in with_meshes(paths, photos, "internal.aligned_points"):
            beyond.look(mesh, row["path"])
            yield photo_path(out / MaskPicture.PHOTO, row, "png"), partial(draw_mask, mesh, edges)

    def mask_jobs() -> Iterator[Job]:
        for mesh, cell in zip(points, cells.iter_rows(named=True), strict=True):
            beyond.look(mesh, f"{cell['participant']} {cell['mask']}")
            name = f"{safe_name(cell['participant'])}.png"
            path = out / MaskPicture.MASK / safe_name(cell["mask"]) / name
            yield path, partial(draw_mask, mesh, edges)

    comparable, alone = groups.expressions_by_conditions()
    if wanted == [MaskPicture.COMPARISON] and not comparable:
        raise RenderError("no expression has masks of both conditions to compare")
    kind_jobs: dict[MaskPicture, Callable[[], Iterator[Job]]] = {
        MaskPicture.PHOTO: photo_jobs,
        MaskPicture.MASK: mask_jobs,
        MaskPicture.MEAN: partial(groups.mean_jobs, out / MaskPicture.MEAN),
        MaskPicture.GHOST: partial(groups.ghost_jobs, out / MaskPicture.GHOST),
        MaskPicture.COMPARISON: partial(groups.comparison_jobs, out / MaskPicture.COMPARISON),
    }
    totals = {
        MaskPicture.PHOTO: len(photos),
        MaskPicture.MASK: len(cells),
        MaskPicture.MEAN: groups.means,
        MaskPicture.GHOST: groups.ghosts,
        MaskPicture.COMPARISON: len(comparable),
    }
    drawn: Counter[str] = Counter()
    total = sum(totals[kind] for kind in wanted)
    jobs = ((kind, *job) for kind in wanted for job in kind_jobs[kind]())
    for kind in in_threads(_draw, jobs):
        drawn[kind.value] += 1
        progress(drawn.total(), total, kind.value)
    notes = beyond.notes()
    if MaskPicture.COMPARISON in wanted and alone:
        notes.append(f"not compared, because of one condition only: {', '.join(alone)}")
    return Rendered(dict(drawn), out, notes=tuple(notes))


def _draw(job: tuple[MaskPicture, Path, partial[Pixels]]) -> MaskPicture:
    kind, path, draw = job
    write_bytes(path, encoded(draw()))
    return kind
