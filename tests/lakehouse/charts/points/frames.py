"""A face of four triangles and what moves on it, in literal rows."""

from itertools import product

import polars as pl

MASKS = [("happiness", False), ("happiness", True), ("surprise", True)]
PLACES = [(0.0, 0.0), (100.0, 0.0), (100.0, 120.0), (0.0, 120.0), (50.0, 60.0)]
DISTANCES = [[1.0, 2.0, 3.0, 4.0, 10.0], [5.0, 5.0, 5.0, 5.0, 30.0], [9.0, 1.0, 1.0, 8.0, 6.0]]
"""Of each point in each mask; the means are 4, 10 and 5."""

PLACED = pl.DataFrame(
    {
        "point": range(5),
        "x": [x for x, _ in PLACES],
        "y": [y for _, y in PLACES],
        "name_en": [f"place {point}" for point in range(5)],
        "name_pt": [f"lugar {point}" for point in range(5)],
        "muscles": ["frontalis inner", None, None, None, "nasalis"],
    }
)
MESH = pl.DataFrame(
    {
        "triangle": range(4),
        "geo": [
            {
                "type": "Polygon",
                "coordinates": [[list(PLACES[point]) for point in (one, other, 4, one)]],
            }
            for one, other in ((0, 1), (1, 2), (2, 3), (3, 0))
        ],
    }
)
POINTS = pl.DataFrame(
    [
        (*mask, point, distance, distance > sum(distances) / 5, 7)
        for mask, distances in zip(MASKS, DISTANCES, strict=True)
        for point, distance in enumerate(distances)
    ],
    schema=[
        "expression",
        "supervised",
        "point",
        "mean_distance",
        "above_average",
        "participants",
    ],
    orient="row",
)
COMMON = (
    POINTS.group_by("point")
    .agg(
        masks_above=pl.col("above_average").sum(),
        masks=pl.len(),
        mean_distance=pl.col("mean_distance").mean(),
    )
    .sort("point")
)
GROUPS = pl.DataFrame(
    [
        (grouping, group, f"group {group}", f"grupo {group}", point, eyes, group == 2)
        for grouping, eyes in (("kmeans2", False), ("kmeans2_eyes", True))
        for group, point in ((0, 0), (0, 3), (1, 4), (2, 1), (2, 4))
        if eyes or group < 2
    ],
    schema=[
        "grouping",
        "group_id",
        "group_en",
        "group_pt",
        "point",
        "with_eyelids",
        "is_eyelid",
    ],
    orient="row",
)
"""Point 4 is above average and of an eyelid."""

HISTOGRAM = pl.DataFrame(
    [
        ("happiness", False, 0.0, 5.0, 3, 4.0),
        ("happiness", False, 5.0, 10.0, 4, 4.0),
        ("happiness", True, 5.0, 10.0, 7, 8.0),
        ("surprise", True, 0.0, 5.0, 6, 2.0),
    ],
    schema=["expression", "supervised", "low", "high", "participants", "mean_of_mask"],
    orient="row",
)
MUSCLE_POINTS = pl.DataFrame(
    {
        "muscle_group": ["forehead", "nasal", "nasal"],
        "muscle": ["frontalis_inner", "my_own_muscle", "my_own_muscle"],
        "point": [0, 3, 4],
        "side": ["right", "left", "midline"],
    }
)


def by_mask(code: str, values: list[str], column: str) -> pl.DataFrame:
    """Give a row for each mask and value, with numbers that differ."""
    rows = [
        (value, *mask, place - 2.0, 7) for place, (value, mask) in enumerate(product(values, MASKS))
    ]
    schema = [code, "expression", "supervised", column, "participants"]
    return pl.DataFrame(rows, schema=schema, orient="row")
