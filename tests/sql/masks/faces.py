"""Faces for the tests of alignment, and the models that align them one after the other."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np

from tests.sql.support import Row, RunModel, photographed, settings_row

METHODS = ("paper", "neutral_scale", "procrustes")
FOREHEAD, CHIN, LOWER_LIP, RIGHT_EYE, LEFT_EYE = 10, 152, 17, 133, 362
PERSON = "007"

Face = dict[int, np.ndarray]
"""Places of points; z is NaN where there is no depth."""


@cache
def basis_rows(run_model: RunModel) -> list[Row]:
    """Give the rows of procrustes_basis, for the models that read it."""
    names = ("point", "weight", "x", "y", "z", "upper")
    mesh = canonical_rows(run_model)
    found = run_model("procrustes_basis", ", ".join(names), canonical_face=mesh)
    return [dict(zip(names, row, strict=True)) for row in found]


def canonical_rows(run_model: RunModel) -> list[Row]:
    """Give the rows of canonical_face, for the models that read it."""
    names = ("point", "x", "y", "z")
    found = run_model("canonical_face", ", ".join(names))
    return [dict(zip(names, row, strict=True)) for row in found]


def canonical_face(run_model: RunModel) -> Face:
    """Give the canonical face on the canvas: the basis, its chin and a lip."""
    face = {row["point"]: np.array([row[axis] for axis in "xyz"]) for row in basis_rows(run_model)}
    chin_depth = (4.481535 - 4.264492) * 1500 / (8.261778 + 9.403378)
    return face | {
        CHIN: np.array([1250.0, 1525.0, chin_depth]),
        LOWER_LIP: np.array([1250.0, 1200.0, -40.0]),
    }


def moved(face: Face, turn: float = 0.0, scale: float = 1.0, shift: Iterable[float] = (0,)) -> Face:
    """Turn a face clockwise in the picture by an angle in radians, scale it and shift it."""
    cos, sin = scale * np.cos(turn), scale * np.sin(turn)
    matrix = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, scale]])
    return {point: matrix @ place + np.array(shift) for point, place in face.items()}


def point_rows(photos: Mapping[int, Face]) -> list[Row]:
    """Give faces as rows of photo_points."""
    return [
        {"photo_index": photo, "point": point}
        | {axis: None if np.isnan(at) else float(at) for axis, at in zip("xyz", place, strict=True)}
        for photo, face in photos.items()
        for point, place in face.items()
    ]


def listed(found: list[tuple[Any, ...]], columns: str) -> list[Row]:
    """Give a model's result as rows for the next model."""
    return [dict(zip(columns.split(), row, strict=True)) for row in found]


ANCHOR_COLUMNS = (
    "photo_index forehead_x forehead_y forehead_z face_height eye_roll "
    "centre_x centre_y centre_z fit_cos fit_sin upper_size alignable"
)
SIMILARITY_COLUMNS = (
    "photo_index cell_index method roll scale scaled_cos scaled_sin offset_x offset_y offset_z"
)
ALIGNMENT_COLUMNS = SIMILARITY_COLUMNS.replace("method", "neutral_index")


def anchors(run_model: RunModel, photos: Mapping[int, Face]) -> list[Row]:
    """Measure faces, as the rows of photo_anchors."""
    found = run_model(
        "photo_anchors",
        procrustes_basis=basis_rows(run_model),
        **photographed(point_rows(photos)),
    )
    return listed(found, ANCHOR_COLUMNS)


def people(neutral: Iterable[int], others: Iterable[int]) -> dict[str, list[Row]]:
    """Give the tables that say which photographs of one participant are of the neutral face."""
    cells = {
        "neutral": {"cell_index": 1, "mask": "00-00", "photos": list(neutral)},
        "surprise": {"cell_index": 2, "mask": "07-00", "photos": list(others)},
    }
    key = {"participant": PERSON, "supervised": False}
    photos = [
        {"photo_index": photo, "expression": expression, **key}
        for expression, cell in cells.items()
        for photo in cell["photos"]
    ]
    return {
        "photos": photos,
        "photo_verdicts": [{"photo_index": row["photo_index"], "usable": True} for row in photos],
        "participants": [{"participant": PERSON, "included": True}],
        "cells": [
            {
                "cell_index": cell["cell_index"],
                "mask": cell["mask"],
                "expression": expression,
                **key,
            }
            for expression, cell in cells.items()
        ],
        "mask_labels": [
            {"mask": "00-00", "is_reference": True},
            {"mask": "07-00", "is_reference": False},
        ],
    }


def similarities(
    run_model: RunModel, photos: Mapping[int, Face], neutral: Iterable[int] = (1,)
) -> list[Row]:
    """Find what aligns the faces of one participant, as the rows of photo_similarities."""
    others = [photo for photo in photos if photo not in set(neutral)]
    found = run_model(
        "photo_similarities",
        photo_anchors=anchors(run_model, photos),
        procrustes_basis=basis_rows(run_model),
        **people(neutral, others),
    )
    return listed(found, SIMILARITY_COLUMNS)


def align(
    run_model: RunModel, method: str, photos: Mapping[int, Face], neutral: Iterable[int] = (1,)
) -> dict[int, Face]:
    """Align the faces of one participant by a method."""
    chosen = run_model(
        "photo_alignments",
        settings=settings_row(alignment_method=method),
        photo_similarities=similarities(run_model, photos, neutral),
    )
    rows = run_model(
        "aligned_points",
        "photo_index, point, x, y, z",
        photo_points=point_rows(photos),
        photo_alignments=listed(chosen, ALIGNMENT_COLUMNS),
    )
    faces: dict[int, Face] = {photo: {} for photo in photos}
    for photo, point, *place in rows:
        faces[photo][point] = np.array(place, dtype=np.float64)
    return faces


def assert_alike(found: Face, expected: Face, within: float = 1e-7) -> None:
    """Compare two faces, z's absence included."""
    assert found.keys() == expected.keys()
    for point, place in expected.items():
        np.testing.assert_allclose(found[point], place, atol=within, err_msg=str(point))
