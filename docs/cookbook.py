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

from lakehouse.covariates import read_covariates, store_covariates
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.settings.measures import example_measures
from lakehouse.settings.text import settings_text
from lakehouse.synthetic.cohort import participant_ids, write_cohort
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra

PAGE = Path(__file__).parent / "cookbook.md"
RECIPE = re.compile(r"```sql\n(?P<query>.*?)```\n\n?(?P<answer>(?:    [^\n]*\n)*)", re.DOTALL)
"""A query and, indented below it, its result."""

FIFTEEN = re.compile(r"^## Fifteen questions.*?(?=^## )", re.DOTALL | re.MULTILINE)
QUESTION = re.compile(
    r"^### (?P<title>[^\n]+)\n.*?```sql\n(?P<query>.*?)```", re.DOTALL | re.MULTILINE
)
"""A heading and the first query below it."""

PARTICIPANTS, SEED = 24, 1
SETTINGS = Settings.model_validate(
    {"statistics": {"covariates": ["age"]}, "measures": example_measures()}
)
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
    paths = write_study(folder, PARTICIPANTS)
    build(paths, SETTINGS, extras=[Extra.STATISTICS])
    return paths


def write_study(folder: Path, participants: int) -> WarehousePaths:
    """Write the study's settings and lake, for any number of people.

    Parameters
    ----------
    folder : Path
        New or empty.
    participants : int

    Returns
    -------
    WarehousePaths
    """
    paths = WarehousePaths(folder)
    write_cohort(paths, Settings(), participants=participants, seed=SEED)
    paths.settings.write_text(settings_text(SETTINGS), encoding="utf-8")
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
    _add_covariates(paths, participants)
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


def fifteen(page: str) -> dict[str, str]:
    """Find the queries of the page's fifteen questions.

    Parameters
    ----------
    page : str

    Returns
    -------
    dict of str to str
        Queries by question.
    """
    found = FIFTEEN.search(page)
    questions = QUESTION.finditer(found[0]) if found else ()
    return {question["title"]: question["query"] for question in questions}


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


def _add_covariates(paths: WarehousePaths, participants: int) -> None:
    """Give everybody an age and a sex."""
    random = np.random.default_rng([SEED, 1])
    ids = participant_ids(participants)
    drawn = zip(
        ids, random.integers(18, 60, len(ids)), random.choice(["f", "m"], len(ids)), strict=True
    )
    lines = [f"{who},{age},{sex}" for who, age, sex in drawn]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "covariates.csv"
        file.write_text("\n".join(["participant,age,sex", *lines]) + "\n", encoding="utf-8")
        store_covariates(read_covariates(file, SETTINGS), paths)


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
