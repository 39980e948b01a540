"""`render faces`: every photograph's face, aligned and cropped."""

from pathlib import Path

from lakehouse.figures.aligned_face import Alignment, align_face
from lakehouse.figures.canvas import Points
from lakehouse.figures.choices import PictureFormat
from lakehouse.figures.encode import encoded
from lakehouse.files.replace import write_bytes
from lakehouse.files.safe_names import safe_name
from lakehouse.paths import WarehousePaths
from lakehouse.rendering.originals import RefusedPhotographError, read_original
from lakehouse.rendering.rendered import Progress, Rendered, no_progress
from lakehouse.rendering.selection import Row, Selection, aligned, photographs, with_meshes
from lakehouse.rendering.threads import in_threads


def alignment_of(row: Row) -> Alignment:
    """Give what aligns a photograph's face.

    Parameters
    ----------
    row : dict
        As `photographs` gives it.
    """
    return Alignment(row["offset_x"], row["offset_y"], row["scaled_cos"], row["scaled_sin"])


def photo_path(folder: Path, row: Row, ending: str) -> Path:
    """Say where a photograph's picture goes.

    Parameters
    ----------
    row : dict
        As `photographs` gives it.

    Returns
    -------
    Path
        ``<mask>/<participant>/<photo>`` below the folder.
    """
    name = f"{safe_name(row['photo'])}.{ending}"
    return folder / safe_name(row["mask"]) / safe_name(row["participant"]) / name


def left_out_note(rows: int, drawn: int) -> tuple[str, ...]:
    """Say how many photographs have no aligned face.

    Parameters
    ----------
    rows, drawn : int
        Photographs there are, and those that enter a mask.

    Returns
    -------
    tuple of str
        Empty where all do.
    """
    if rows == drawn:
        return ()
    return (
        f"{rows - drawn:,} photographs enter no mask and are left out; "
        "see the relations internal.photo_verdicts and exclusions",
    )


def render_faces(
    paths: WarehousePaths,
    root: Path,
    out: Path,
    selection: Selection,
    *,
    picture_format: PictureFormat = PictureFormat.JPG,
    progress: Progress = no_progress,
) -> Rendered:
    """Draw every aligned face on the canvas of 2500 × 1900 pixels.

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
    everything = selection.of(photographs(paths), "photograph")
    rows = selection.of(aligned(everything), "aligned photograph")

    def draw(found: tuple[Row, Points]) -> str | None:
        row, points = found
        try:
            photograph = read_original(root, row)
        except RefusedPhotographError as error:
            return str(error)
        face = align_face(photograph, alignment_of(row), points)
        write_bytes(photo_path(out, row, picture_format), encoded(face, picture_format))
        return None

    refused: list[str] = []
    for done, refusal in enumerate(
        in_threads(draw, with_meshes(paths, rows, "internal.aligned_points")), start=1
    ):
        refused += [refusal] if refusal else []
        progress(done, len(rows), f"{len(refused):,} refused" if refused else "")
    return Rendered(
        {"faces": len(rows) - len(refused)},
        out,
        tuple(refused),
        left_out_note(len(everything), len(rows)),
    )
