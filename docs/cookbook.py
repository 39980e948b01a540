"""The cookbook's study, and its answers.

python docs/cookbook.py                 # runs every query of cookbook.md and updates its answers
python docs/cookbook.py --study FOLDER  # makes the study's warehouse, for queries of your own
"""

import argparse
import contextlib
import io
import re
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pyarrow.parquet as pq
from lakehouse.cli.main import run

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic.cohort import write_cohort
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra

PAGE = Path(__file__).parent / "cookbook.md"
RECIPE = re.compile(r"```sql\n(?P<query>.*?)```\n\n?(?P<answer>(?:    [^\n]*\n)*)", re.DOTALL)
"""A query and, indented below it, its result."""

PARTICIPANTS, SEED = 24, 1
LOST = {("0007", "surprise", True, "2"): "no_face", ("0015", "anger", False, "1"): "damaged"}
"""Photographs of the study without a face in them, or of which a part is missing."""

# A stand-in for the landmarker's scores: the mouth's width or opening relative to the face.
_BLENDSHAPES = """
    with mouths as (
        select
            landmarks.participant, landmarks.expression, landmarks.supervised, landmarks.photo,
            max(landmarks.x) filter (where landmarks.point = 291)
            - max(landmarks.x) filter (where landmarks.point = 61) as width,
            max(landmarks.y) filter (where landmarks.point = 14)
            - max(landmarks.y) filter (where landmarks.point = 13) as opening,
            max(landmarks.y) filter (where landmarks.point = 152)
            - max(landmarks.y) filter (where landmarks.point = 10) as height
        from landmarks
        group by all
    ), scored as (
        select *, unnest(['jawOpen', 'mouthSmileLeft', 'mouthSmileRight']) as blendshape
        from mouths
    )
    select participant, expression, supervised, photo, blendshape,
        greatest(0, least(1, round(
            case blendshape
                when 'jawOpen' then 4 * opening / height else 5 * width / height - 1.2
            end, 3
        ))) as score
    from scored
    order by all
"""


def make_study(folder: Path) -> WarehousePaths:
    """Make the study's warehouse.

    Parameters
    ----------
    folder : Path
        New or empty.

    Returns
    -------
    WarehousePaths
    """
    paths = WarehousePaths(folder)
    write_cohort(paths, Settings(), participants=PARTICIPANTS, seed=SEED)
    random = np.random.default_rng(SEED)
    for part in sorted(paths.photos.glob("*.parquet")):
        landmarks, blendshapes = (each / part.name for each in (paths.landmarks, paths.blendshapes))
        photos = _with_losses(pl.read_parquet(part), random)
        _put_back(part, photos)
        seen = photos.filter(pl.col("status") == "ok")
        key = ["participant", "expression", "supervised", "photo"]
        left = pl.read_parquet(landmarks).join(seen, on=key, how="semi", maintain_order="left")
        _put_back(landmarks, left)
        with duckdb.connect() as connection:
            connection.register("landmarks", left.to_arrow())
            scores = connection.sql(_BLENDSHAPES).pl()
        noise = pl.Series(random.normal(0, 0.04, len(scores)))
        scored = (pl.col("score") + noise).clip(0, 1).round(3)
        _put_back(blendshapes, scores.with_columns(scored))
    build(paths, Settings(), extras=[Extra.STATISTICS])
    return paths


def answer(paths: WarehousePaths, query: str) -> str:
    """Give what `lakehouse sql` prints.

    Parameters
    ----------
    paths : WarehousePaths
    query : str

    Returns
    -------
    str
    """
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        assert run(["--warehouse", str(paths.root), "sql", query]) == 0, query
    return printed.getvalue()


def answered(paths: WarehousePaths, page: str) -> str:
    """Put the result of every query of a page below it.

    Parameters
    ----------
    paths : WarehousePaths
    page : str

    Returns
    -------
    str
    """

    def recipe(found: re.Match[str]) -> str:
        query = found["query"]
        lines = answer(paths, query).rstrip("\n").splitlines()
        shown = "".join(f"    {line}".rstrip() + "\n" for line in lines)
        return f"```sql\n{query}```\n\n{shown}" + ("" if found["answer"] else "\n")

    return RECIPE.sub(recipe, page)


def _with_losses(photos: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    """Drop some photographs and turn heads a little."""
    rows = []
    for row in photos.to_dicts():
        key = (row["participant"], row["expression"], row["supervised"], row["photo"])
        row |= {"yaw": round(random.normal(0, 4), 1), "pitch": round(random.normal(-2, 3), 1)}
        if status := LOST.get(key):
            row |= {"status": status, "faces": 0 if status == "no_face" else None}
            row |= dict.fromkeys(("face_height", "yaw", "pitch", "roll"))
            row |= {"error": None if status == "no_face" else "Premature end of JPEG file"}
        rows.append(row)
    return pl.DataFrame(rows, schema=photos.schema)


def _put_back(part: Path, frame: pl.DataFrame) -> None:
    schema = pq.read_schema(part)
    table = frame.select(schema.names).to_arrow().cast(schema)
    pq.write_table(table, part, compression="zstd")


def main() -> None:
    """Make the study, and either keep it or answer the page's questions with it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--study", type=Path, help="Folder for the study's warehouse.")
    options = parser.parse_args()
    if options.study:
        make_study(options.study)
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = make_study(Path(folder) / "warehouse")
        PAGE.write_text(answered(paths, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
