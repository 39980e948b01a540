"""Draw the picture of docs/alignment.md from the demo's warehouse and print the page's tables.

Usage, after `lakehouse demo`: python docs/alignment.py WAREHOUSE
"""

import sys
import tempfile
from pathlib import Path

import cv2
import polars as pl

from lakehouse.paths import WarehousePaths
from lakehouse.rendering.alignments import METHODS, render_alignments
from lakehouse.rendering.selection import Selection
from lakehouse.settings import Settings
from lakehouse.warehouse.build import build
from lakehouse.warehouse.query import fetch

DRAWN = "07-01"
SHOWN = "('00-01', '04-01', '05-00', '07-01')"

COMPARISON = f"""
    select
        mask, expression, method,
        round(upper_face_size, 3) as upper_face_size,
        round(upper_face_size_sd, 3) as upper_face_size_sd,
        cast(round(chin_drop) as integer) as chin_drop,
        round(upper_face_shift, 1) as upper_face_shift,
        round(lower_face_shift, 1) as lower_face_shift,
        round(upper_to_lower, 2) as upper_to_lower
    from alignment_comparison where mask in {SHOWN}
    order by mask, method = 'procrustes', method = 'neutral_scale'
"""
RESULTS = f"""
    select mask, expression, round(mean_distance, 1) as mean_distance
    from mask_averages where mask in {SHOWN} order by mask
"""


def main() -> None:
    """Write docs/alignment.png and print the tables."""
    paths = WarehousePaths(Path(sys.argv[1]))
    with tempfile.TemporaryDirectory() as folder:
        render_alignments(paths, Path(folder), Selection(expressions=("surprise",)))
        picture = cv2.imread(str(Path(folder) / f"{DRAWN}.png"), cv2.IMREAD_GRAYSCALE)
    height, width = picture.shape
    smaller = cv2.resize(picture, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(Path(__file__).with_name("alignment.png")), smaller)
    print_table(fetch(paths, COMPARISON))
    print_table(results_by_method(paths))


def results_by_method(paths: WarehousePaths) -> pl.DataFrame:
    """Build the same lake by each method and put the results side by side."""
    columns = []
    for method in METHODS:
        with tempfile.TemporaryDirectory() as folder:
            other = WarehousePaths(Path(folder))
            other.lake.symlink_to(paths.lake.resolve())
            build(other, Settings.model_validate({"alignment": {"method": method}}))
            found = fetch(other, RESULTS)
            pav = float(fetch(other, "select count(*) as n from points_above_average").item())
        total = pl.DataFrame({"mask": [""], "expression": ["PAV points"], "mean_distance": [pav]})
        column = pl.concat([found, total.cast(dict(found.schema))])
        columns.append(column.rename({"mean_distance": method}))
    first, *others = columns
    for other in others:
        first = first.join(other, on=["mask", "expression"], how="left", maintain_order="left")
    return first


def print_table(rows: pl.DataFrame) -> None:
    """Print a table as Markdown."""
    print("|", " | ".join(rows.columns), "|")
    print("|", " | ".join("---" for _ in rows.columns), "|")
    for row in rows.iter_rows():
        print("|", " | ".join(map(str, row)), "|")
    print()


main()
