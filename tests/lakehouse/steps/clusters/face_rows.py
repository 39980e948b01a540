"""Rows of distances and neutral faces, for the steps that look for moving points."""

from typing import Any

import numpy as np
import polars as pl

from lakehouse.steps.clusters.moving_points import Faces

SCHEMA = {
    "person": pl.Int32,
    "mask_number": pl.Int32,
    "point": pl.Int16,
    "distance": pl.Float64,
    "x": pl.Float64,
    "y": pl.Float64,
}


def face_rows(faces: Faces) -> pl.DataFrame:
    """List what `Faces.from_rows` spreads, in no order; unseen cells have no rows."""
    rows: list[tuple[Any, ...]] = []
    for person, mask in np.argwhere(faces.seen):
        for at, point in enumerate(faces.points):
            distance = faces.distances[person, mask, at]
            known = None if np.isnan(distance) else distance
            rows.append((person, 10 + mask, point, known, None, None))
    for person, neutral, at in np.argwhere(~np.isnan(faces.places).any(axis=-1)):
        x, y = faces.places[person, neutral, at]
        rows.append((person, neutral, faces.points[at], None, x, y))
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return frame.sample(fraction=1.0, shuffle=True, seed=1)


def random_faces(
    seed: int = 0, *, people: int = 8, masks: int = 3, points: int = 40, moving: int = 25
) -> Faces:
    """Draw faces of which the first points move more than the others; some masks are missing."""
    random = np.random.default_rng(seed)
    distances = random.uniform(1, 3, (people, masks, points))
    distances[:, :, :moving] += random.uniform(0, 4, (people, 1, moving))
    seen = random.random((people, masks)) > 0.15
    seen[0] = True
    distances[~seen] = np.nan
    # Whole numbers and eight people: their means are exact, and k-means hangs on the last bit.
    places = random.normal(0, 100, (1, 1, points, 2)) + random.normal(0, 5, (people, 2, points, 2))
    places = places.round()
    places[1, 1] = np.nan
    return Faces(np.arange(points) * 3, distances, seen, places)
