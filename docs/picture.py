"""Draw the documentation's pictures from the demo's warehouse: picture.png and muscles.png.

Usage: python docs/picture.py WAREHOUSE, after `lakehouse demo`.
"""

import base64
import sys
from pathlib import Path

import altair as alt
import polars as pl
from PIL import Image

from lakehouse.paths import WarehousePaths
from lakehouse.rendering.muscle_pictures import draw_atlas
from lakehouse.warehouse.query import fetch

SIZE = 330
MESH = "point < 468"


def photograph(paths: WarehousePaths) -> alt.LayerChart:
    """Draw a photograph with the landmarks that were found in it."""
    cell = "participant = '0104' and expression = 'happiness' and not supervised and photo = '1'"
    shot = fetch(paths, f"select path, width, height from photos where {cell}").row(0, named=True)
    found = fetch(paths, f"select x, {shot['height']} - y as y from landmarks where {cell}")
    content = (paths.root / "photographs" / shot["path"]).read_bytes()
    picture = "data:image/jpeg;base64," + base64.b64encode(content).decode()
    place = pl.DataFrame({"x": [shot["width"] / 2], "y": [shot["height"] / 2], "url": [picture]})
    across = alt.X("x", axis=None, scale=alt.Scale(domain=[0, shot["width"]], nice=False))
    up = alt.Y("y", axis=None, scale=alt.Scale(domain=[0, shot["height"]], nice=False))
    width = SIZE * shot["width"] / shot["height"]
    image = alt.Chart(place).mark_image(width=width, height=SIZE).encode(across, up, url="url")
    points = alt.Chart(found).mark_circle(size=4, color="#7df9ff", opacity=0.9)
    return (image + points.encode(across, up)).properties(
        width=width, height=SIZE, title="a photograph's landmarks"
    )


def face(data: pl.DataFrame, colour: alt.Color, title: str) -> alt.Chart:
    """Draw the points of a face."""
    return (
        alt.Chart(data, title=title)
        .mark_circle(opacity=1, size=22)
        .encode(
            alt.X("x", axis=None, scale=alt.Scale(zero=False)),
            alt.Y("y", axis=None, scale=alt.Scale(zero=False, reverse=True)),
            colour,
        )
        .properties(width=SIZE * 0.82, height=SIZE)
    )


def moved(paths: WarehousePaths, mask: str, title: str) -> alt.Chart:
    """Draw how far each point of a mask has moved from the neutral face."""
    data = fetch(
        paths,
        "select m.x, m.y, a.mean_distance from point_averages a "
        "join mean_masks m using (mask, point) "
        f"where mask = '{mask}' and {MESH}",
    )
    colour = alt.Color(
        "mean_distance",
        title="aligned px",
        scale=alt.Scale(scheme="inferno", domain=[0, 90], clamp=True),
    )
    return face(data, colour, title)


def groups(paths: WarehousePaths) -> alt.Chart:
    """Draw the groups of points above average on the mean neutral face."""
    data = fetch(
        paths,
        "select m.x, m.y, coalesce('group ' || c.group_id, 'other points') as \"group\" "
        "from mean_masks m left join pav_clusters c using (point) "
        f"where mask = '00-00' and {MESH}",
    )
    names = sorted(data["group"].unique().to_list())
    colours = ["#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#b07aa1", "#9c755f"]
    scale = alt.Scale(domain=names, range=[*colours[: len(names) - 1], "#d0d0d0"])
    return face(data, alt.Color("group", title=None, scale=scale), "points above average")


def muscles(paths: WarehousePaths) -> Image.Image:
    """Draw the atlas of muscles, half as large as `lakehouse render muscles` and in few colours."""
    picture, _ = draw_atlas(paths)
    return (
        Image.fromarray(picture)
        .reduce(2)
        .quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    )


def main() -> None:
    """Write docs/picture.png and docs/muscles.png."""
    paths = WarehousePaths(Path(sys.argv[1]))
    muscles(paths).save(Path(__file__).with_name("muscles.png"), optimize=True)
    heat = alt.hconcat(
        moved(paths, "05-00", "happiness without cue: distance to neutral"),
        moved(paths, "07-01", "surprise with cue"),
    )
    chart = alt.hconcat(photograph(paths), groups(paths), heat).resolve_scale(color="independent")
    chart.configure_view(stroke=None).save(
        Path(__file__).with_name("picture.png"), scale_factor=1.5
    )


main()
