"""A few photographs, aligned, where they may be shown."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Final

import numpy as np

from lakehouse.charts.words import Words
from lakehouse.figures.aligned_face import align_face
from lakehouse.figures.canvas import Pixels, close_view
from lakehouse.rendering.faces import alignment_of
from lakehouse.rendering.originals import RefusedPhotographError, read_original
from lakehouse.report.figure import Picture, Pictures
from lakehouse.report.languages import said
from lakehouse.report.sections.ghosts import Mask, file_name, grid_places, mask_label
from lakehouse.report.tables.tables import Tables

WIDTH: Final = 300
"""Of a picture, pixels."""


@lru_cache(maxsize=1)
def _faces(tables: Tables) -> dict[Mask, Pixels | None]:
    """Align the chosen photographs; in the place of one that cannot be shown is nothing."""
    view = close_view(tables.table("mean_masks").select("x", "y").to_numpy(), WIDTH)
    whole = np.array([[0, 0], [view.width, view.height]]) / view.scale + (view.left, view.top)
    faces: dict[Mask, Pixels | None] = {}
    for row in tables.table("photographs").iter_rows(named=True):
        try:
            photograph = tables.privacy.from_folders(partial(read_original, row=row))
        except RefusedPhotographError:
            face = None
        else:
            face = align_face(photograph, alignment_of(row), whole, view)
        faces[row["expression"], row["supervised"]] = face
    return faces


def _pictures(tables: Tables, languages: Mapping[str, Words]) -> list[Picture]:
    faces = _faces(tables)
    places = grid_places(list(faces))
    return [
        Picture(
            file_name(mask),
            said(languages, partial(mask_label, mask)),
            face,
            *places[mask],
        )
        for mask, face in faces.items()
        if face is not None
    ]


def _numbers(tables: Tables, words: Words) -> Mapping[str, str]:
    faces = list(_faces(tables).values())
    missing = sum(face is None for face in faces)
    counts = {"missing": words.count(missing), "all": words.count(len(faces))}
    return {"missing": words("figures.photographs.missing", **counts) if missing else ""}


PHOTOGRAPHS = Pictures(
    "photographs",
    tables=("photographs",),
    draw=_pictures,
    numbers=_numbers,
    personal=True,
    photographs=True,
)
