"""A face of four triangles, two parts of it and two expressions, in literal rows."""

import polars as pl

PLACES = [(0.0, 0.0), (100.0, 0.0), (100.0, 120.0), (0.0, 120.0), (50.0, 60.0)]
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
PLACED = pl.DataFrame(
    {
        "point": range(5),
        "x": [x for x, _ in PLACES],
        "y": [y for _, y in PLACES],
        "name_en": [f"place {point}" for point in range(5)],
        "name_pt": [f"lugar {point}" for point in range(5)],
        "muscles": ["frontalis", None, None, None, "nasalis"],
    }
)
PARTS = ("mesh_0", "eyes_0")
EXPRESSIONS = ("happiness", "surprise")
CHOSEN: dict[str, str | bool] = {
    "expression": "happiness",
    "supervised": False,
    "part": "eyes_0",
}
