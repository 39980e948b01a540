"""`render contact-sheet`: photographs with their mesh drawn over, the worst first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final

import polars as pl

from lakehouse.figures.canvas import Pixels, Points
from lakehouse.figures.contact_sheet import Words, draw_sheet, draw_tile
from lakehouse.figures.encode import encoded
from lakehouse.files.listing import listed
from lakehouse.files.replace import write_bytes
from lakehouse.paths import WarehousePaths
from lakehouse.rendering.choices import SheetOrder
from lakehouse.rendering.originals import RefusedPhotographError, read_original
from lakehouse.rendering.rendered import Progress, Rendered, no_progress
from lakehouse.rendering.selection import Row, Selection, mesh_edges, photographs, with_meshes
from lakehouse.rendering.threads import in_threads

Tile = tuple[Pixels, Words]

# What makes a mesh doubtful, on one scale: a head turned by so much counts as one, like a
# fallback that was needed, or a face so small.
_TURNED_DEG: Final = 15.0
_SMALL_PX: Final = 150.0


def worst_first(rows: pl.DataFrame) -> pl.DataFrame:
    """Put photographs in the order in which they should be looked at.

    Parameters
    ----------
    rows : polars.DataFrame
        As `photographs` gives them.

    Returns
    -------
    polars.DataFrame
        Those without a face, those with several, then by pose, retries and a low face height;
        alike ones in the order of `rows`.
    """
    turned = (
        pl.sum_horizontal(pl.col("yaw", "pitch", "roll").fill_null(0.0) ** 2).sqrt() / _TURNED_DEG
    )
    small = (_SMALL_PX / pl.col("face_height")).fill_null(0.0)
    doubt = turned + small + pl.col("retry").is_not_null()
    return rows.sort(
        pl.col("status") != "ok",
        pl.col("faces").fill_null(0) > 1,
        doubt,
        descending=True,
        maintain_order=True,
    )


@dataclass(frozen=True)
class Pages:
    """How photographs are laid out on pages.

    Parameters
    ----------
    rows, columns : int
        Of photographs on a page.
    order : SheetOrder
        Which photographs come first.
    most : int, optional
        How many pages at most; by default all.
    """

    rows: int
    columns: int
    order: SheetOrder
    most: int | None = None


def render_contact_sheets(
    paths: WarehousePaths,
    root: Path,
    out: Path,
    selection: Selection,
    pages: Pages,
    *,
    progress: Progress = no_progress,
) -> Rendered:
    """Draw pages of photographs, each with its mesh drawn over and its ids below.

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
    chosen = selection.of(photographs(paths), "photograph")
    if pages.order is SheetOrder.WORST:
        chosen = worst_first(chosen)
    total = len(chosen)
    per_page = pages.rows * pages.columns
    all_pages = -(-total // per_page)
    drawn_pages = min(pages.most or all_pages, all_pages)
    chosen = chosen.head(drawn_pages * per_page)
    edges = mesh_edges(paths)
    refused: list[str] = []

    def draw(found: tuple[Row, Points | None]) -> tuple[Tile, str | None]:
        row, mesh = found
        photograph, refusal = _original(root, row)
        note = refusal.what if refusal else _known(row)
        several = (row["faces"] or 0) > 1
        alarming = refusal is not None or row["status"] != "ok" or several
        # Who else is in the picture can only be seen in the whole of it.
        tile = draw_tile(photograph, mesh, edges, whole=several)
        return (tile, Words(_ids(row), note, alarming)), str(refusal) if refusal else None

    drawn = in_threads(draw, _found(paths, chosen))
    for page in range(1, drawn_pages + 1):
        tiles = []
        for tile, refusal in islice(drawn, per_page):
            tiles.append(tile)
            refused += [refusal] if refusal else []
        first = (page - 1) * per_page + 1
        title = f"page {page:,} of {all_pages:,} · photographs {first:,} to "
        title += f"{first + len(tiles) - 1:,} of {total:,}"
        title += ", worst first" if pages.order is SheetOrder.WORST else ""
        sheet = draw_sheet(tiles, pages.columns, pages.rows, title)
        write_bytes(out / f"page-{page:04d}.png", encoded(sheet))
        progress(page, drawn_pages, f"{len(refused):,} refused" if refused else "")
    return Rendered({"pages": drawn_pages}, out, tuple(refused), _stale(out, drawn_pages))


def _found(paths: WarehousePaths, rows: pl.DataFrame) -> Iterator[tuple[Row, Points | None]]:
    """Go through photographs in their order, with a mesh where there is one."""
    for run in _runs(rows):
        if run["status"][0] == "ok":
            yield from with_meshes(paths, run, "internal.photo_points")
        else:
            yield from ((row, None) for row in run.iter_rows(named=True))


def _runs(rows: pl.DataFrame) -> Iterable[pl.DataFrame]:
    """Split rows where those with a mesh and those without follow each other."""
    runs = rows.with_columns(run=(pl.col("status") == "ok").rle_id())
    return runs.partition_by("run", maintain_order=True)


def _original(root: Path, row: Row) -> tuple[Pixels | None, RefusedPhotographError | None]:
    """Read a photograph, unless it was none when its landmarks were looked for."""
    if row["status"] not in ("ok", "no_face"):
        return None, None
    try:
        return read_original(root, row), None
    except RefusedPhotographError as error:
        return None, error


def _ids(row: Row) -> str:
    return f"{row['participant']} · {row['mask'] or row['expression']} · {row['photo']}"


def _known(row: Row) -> str:
    if row["status"] != "ok":
        return f"{row['status']}: {row['error'] or 'no reason is known'}"
    several = [f"{row['faces']} faces"] if (row["faces"] or 0) > 1 else []
    angles = [
        f"{name} {round(row[name]):+d}°"
        for name in ("yaw", "pitch", "roll")
        if row[name] is not None
    ]
    height = [] if row["face_height"] is None else [f"face {row['face_height']:.0f} px"]
    retry = [f"retry {row['retry']}"] if row["retry"] else []
    return ", ".join(chain(several, angles, height, retry))


def _stale(out: Path, pages: int) -> tuple[str, ...]:
    """Tell of pages that an earlier, longer run left."""
    left = [
        name
        for name in listed(out)
        if (number := re.fullmatch(r"page-(\d+)\.png", name)) and int(number[1]) > pages
    ]
    if not left:
        return ()
    return (f"{len(left):,} pages of an earlier run remain, from {min(left)} on",)
