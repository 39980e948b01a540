"""The cookbook's fifteen questions: each short, on relations people know, and answered rightly.

They are asked of a study of fourteen people in which one smiles to the left, one turns the head,
and the blendshapes of one deny an open mouth. Each answer is computed again in Python, from the
lake or from what the reference makes of it, never by the question's own SQL.
"""

import math
import re
import runpy
from collections.abc import Callable, Mapping
from typing import Any, Final

import duckdb
import numpy as np
import polars as pl
import pytest
import sqlglot
from scipy import stats
from scipy.spatial.distance import squareform
from sqlglot import exp

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Extra, load_models
from tests.lakehouse.reference.compare import reference_of
from tests.lakehouse.reference.results import Results
from tests.lean import RESAMPLING, STARTS
from tests.linters import ROOT

BOOK = runpy.run_path(str(ROOT / "docs" / "cookbook.py"))
QUESTIONS: Final[dict[str, str]] = BOOK["fifteen"]((ROOT / "docs/cookbook.md").read_text("utf-8"))
STUDY: Final[Settings] = BOOK["SETTINGS"].model_copy(
    update={
        part: getattr(BOOK["SETTINGS"], part).model_copy(update=values)
        for part, values in (("statistics", RESAMPLING), ("clusters", STARTS))
    }
)
EXTRAS: Final = (Extra.STATISTICS,)
LOPSIDED, TURNED, DENIED = "0003", "0005", "0009"
CELL: Final = ["participant", "mask"]
ZYGOMATICUS_LEFT: Final = (280, 287, 291, 346, 409, 410, 425, 427, 436)

Rows = list[tuple[Any, ...]]

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("face_model_path")]


@pytest.fixture(scope="module")
def paths(once: Any) -> WarehousePaths:
    """The study, with what is planted in it."""

    def make(folder: Any) -> WarehousePaths:
        paths: WarehousePaths = BOOK["write_study"](folder / "warehouse", 14)
        person = pl.col("participant")
        smile = (person == LOPSIDED) & (pl.col("expression") == "happiness")
        left = smile & ~pl.col("supervised") & pl.col("point").is_in(ZYGOMATICUS_LEFT)
        anger = (person == TURNED) & (pl.col("expression") == "anger") & pl.col("supervised")
        jaw = (person == DENIED) & (pl.col("blendshape") == "jawOpen")
        planted = {
            paths.landmarks: pl.when(left).then(pl.col("y") - 60).otherwise("y").alias("y"),
            paths.photos: pl.when(anger).then(-30.0).otherwise("yaw").alias("yaw"),
            paths.blendshapes: pl.when(jaw).then(0.0).otherwise("score").alias("score"),
        }
        for place, change in planted.items():
            for part in place.glob("*.parquet"):
                BOOK["_put_back"](part, pl.read_parquet(part).with_columns(change))
        build(paths, STUDY, extras=EXTRAS)
        return paths

    return once("questions", make)


@pytest.fixture(scope="module")
def open_study(paths: WarehousePaths) -> Any:
    with duckdb.connect(str(paths.database), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def anew(paths: WarehousePaths, open_study: duckdb.DuckDBPyConnection) -> "Anew":
    return Anew(paths, reference_of(open_study, paths, STUDY, EXTRAS))


class Anew:
    """The study's numbers, computed in Python."""

    def __init__(self, paths: WarehousePaths, results: Results) -> None:
        self._paths, self._results = paths, results

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self._results[name]

    def stored(self, part: str) -> pl.DataFrame:
        """Read what the lake has of the people who are included, with masks by their labels."""
        folder = {"photos": self._paths.photos, "blendshapes": self._paths.blendshapes}[part]
        codes = {word: code for code, word in STUDY.dataset.expressions.items()}
        label = pl.col("expression").replace_strict(codes) + pl.when("supervised").then(
            pl.lit("-01")
        ).otherwise(pl.lit("-00"))
        return pl.read_parquet(folder / "*.parquet").with_columns(mask=label)

    def openings(self, first: int, second: int) -> pl.DataFrame:
        """Measure how much farther apart two points lie than in the neutral face."""
        masks = self["masks"]
        ends = [
            masks.filter(pl.col("point") == point).select(*CELL, "x", "y")
            for point in (first, second)
        ]
        both = ends[0].join(ends[1], on=CELL, suffix="_b")
        apart = both.select(
            *CELL,
            apart=(
                (pl.col("x") - pl.col("x_b")).pow(2) + (pl.col("y") - pl.col("y_b")).pow(2)
            ).sqrt(),
        )
        return _from_neutral(apart, "apart")

    def jaws(self) -> pl.DataFrame:
        """Find how much more open the landmarker takes the jaw for than in the neutral face."""
        jaw = self.stored("blendshapes").filter(pl.col("blendshape") == "jawOpen")
        included = self["participants"].filter("included").select("participant")
        means = jaw.join(included, on="participant").group_by(CELL).agg(pl.col("score").mean())
        return _from_neutral(means, "score")


def _from_neutral(table: pl.DataFrame, column: str) -> pl.DataFrame:
    neutral = table.filter(pl.col("mask") == "00-00").select("participant", still=column)
    return table.join(neutral, on="participant").select(
        *CELL, change=pl.col(column) - pl.col("still")
    )


def _first(table: pl.DataFrame, *columns: Any, by: Any, rows: int = 5) -> Rows:
    """Give the first rows in an order: the largest of `by` first."""
    order = [by, *(pl.col(name) for name in ("participant", "mask") if name in table.columns)]
    falling = [True] + [False] * (len(order) - 1)
    return (
        table.sort(order, descending=falling)
        .head(rows)
        .select(
            (pl.col(each) if isinstance(each, str) else each).alias(str(place))
            for place, each in enumerate(columns)
        )
        .rows()
    )


def asymmetry(anew: Anew) -> Rows:
    photos = anew["photo_measures"].filter(
        (pl.col("measure") == "smile_asymmetry") & (pl.col("mask") == "05-00")
    )
    variances = [
        np.var(own["change"].to_numpy(), ddof=1) / len(own)
        for own in photos.partition_by("participant")
    ]
    noise = math.sqrt(np.mean(variances) * 2 / math.pi)
    moved = anew["muscle_distances"].filter(
        (pl.col("muscle") == "zygomaticus_major") & (pl.col("mask") == "05-00")
    )
    change = pl.col("mean_left") - pl.col("mean_right")
    return _first(moved, "participant", change, pl.lit(noise), change / noise, by=change.abs())


def depression(anew: Anew) -> Rows:
    opened = anew.openings(13, 14).filter(pl.col("mask") == "07-00")
    scored = anew["scores"].filter(pl.col("instrument") == "dbi").select("participant", "score")
    ages = anew["covariates"].filter(pl.col("covariate") == "age")
    people = opened.join(scored, on="participant").join(ages, on="participant")
    x, y, age = (stats.rankdata(people[name].to_numpy()) for name in ("change", "score", "value"))
    r = float(
        np.corrcoef(*(each - np.polyval(np.polyfit(age, each, 1), age) for each in (x, y)))[0, 1]
    )
    n = len(people)
    t = r * math.sqrt((n - 3) / (1 - r**2))
    half = stats.norm.ppf(0.975) * math.sqrt((1 + r**2 / 2) / (n - 1 - 3))
    low, high = (math.tanh(math.atanh(r) + sign * half) for sign in (-1, 1))
    family = anew["partial_correlations"].filter(pl.col("grouping") == "measures")
    adjusted = stats.false_discovery_control(family["spearman_p"].to_numpy())
    mine = (family["feature"] == "m07_00_mouth_opening") & (family["instrument"] == "dbi")
    [q] = adjusted[mine.to_numpy()]
    return [("age", n, r, low, high, 2 * stats.t.sf(abs(t), n - 3), q)]


def cue(anew: Anew) -> Rows:
    points = (
        anew["masks"]
        .filter(pl.col("point") < 468)
        .with_columns(supervised=pl.col("mask").str.ends_with("-01"))
    )
    # Each condition is measured from its own neutral face.
    still = points.filter(pl.col("mask").str.starts_with("00-"))
    both_faces = points.join(still, on=["participant", "supervised", "point"], suffix="_still")
    across, down = (pl.col(axis) - pl.col(f"{axis}_still") for axis in "xy")
    words = pl.col("mask").str.head(2).replace_strict(STUDY.dataset.expressions)
    moved = both_faces.group_by("participant", "supervised", expression=words).agg(
        distance=(across.pow(2) + down.pow(2)).sqrt().mean()
    )
    found = []
    for (expression,), both in moved.group_by("expression"):
        wide = both.pivot("supervised", index="participant", values="distance").drop_nulls()
        if expression != "neutral":
            paired = stats.ttest_rel(wide["true"].to_numpy(), wide["false"].to_numpy())
            between = paired.confidence_interval()
            mean = (wide["true"] - wide["false"]).mean()
            found.append((expression, len(wide), mean, between.low, between.high, paired.pvalue))
    tests = stats.false_discovery_control([row[-1] for row in found])
    rows = [(*row[:-1], q) for row, q in zip(found, tests, strict=True)]
    return sorted(rows, key=lambda row: -abs(row[2]))


def turned(anew: Anew) -> Rows:
    turns = (
        anew.stored("photos")
        .filter(pl.col("status") == "ok")
        .group_by(CELL)
        .agg(pl.col("yaw").cast(pl.Float64).abs().mean())
    )
    by_person = turns.group_by("participant").agg(
        pl.len(),
        pl.col("yaw").mean(),
        most=pl.col("yaw").max(),
        there=pl.col("mask").sort_by("yaw").last(),
    )
    return _first(by_person, "participant", "len", "yaw", "most", "there", by="most")


def disagreement(anew: Anew) -> Rows:
    both = anew.jaws().join(anew.openings(13, 14), on=CELL, suffix="_px")
    rows = [
        (mask, len(group), stats.pearsonr(group["change"], group["change_px"]).statistic)
        for (mask,), group in both.filter(pl.col("mask") != "00-00").group_by("mask")
    ]
    return sorted(rows, key=lambda row: row[2])[:5]


def deniers(anew: Anew) -> Rows:
    both = anew.jaws().join(anew.openings(13, 14), on=CELL, suffix="_px")
    both = both.filter(pl.col("mask") != "00-00")
    places = [
        (stats.rankdata(both[name].round(9), "min") - 1) / (len(both) - 1)
        for name in ("change", "change_px")
    ]
    apart = pl.Series("apart", np.abs(places[0] - places[1]))
    return _first(both.with_columns(apart), *CELL, "change", "change_px", by="apart")


def eyes_and_brows(anew: Anew) -> Rows:
    features = anew["features"].pivot("feature", index="participant", values="value")
    names = ("m07_00_eye_aspect_left", "m07_00_brow_raise_left")
    # All features: each pair has a test of its own, and q counts them all.
    family = features.select(each for each in features.drop("participant") if each.n_unique() > 1)
    tests = stats.spearmanr(family.to_numpy())
    pair = tuple(map(family.columns.index, names))
    n, r = len(features), float(tests.statistic[pair])
    half = stats.norm.ppf(0.975) * math.sqrt((1 + r**2 / 2) / (n - 3))
    q = squareform(stats.false_discovery_control(squareform(tests.pvalue, checks=False)))
    return [(n, r, *(math.tanh(math.atanh(r) + sign * half) for sign in (-1, 1)), q[pair])]


def least_reliable(anew: Anew) -> Rows:
    table = anew["reliability"].filter(pl.col("grouping") == "measures")
    kept = table.sort("icc_ak", "feature", nulls_last=True).head(5)
    return kept.select("feature", "n", "icc_ak", "icc_ak_low", "icc_ak_high").rows()


def disgust(anew: Anew) -> Rows:
    means = {
        mask: anew["muscle_distances"]
        .filter(pl.col("mask") == mask)
        .group_by("muscle")
        .agg(pl.col("mean_distance").mean().alias(mask))
        for mask in ("02-00", "01-00")
    }
    both = means["02-00"].join(means["01-00"], on="muscle")
    return _first(both, "muscle", "02-00", "01-00", by=pl.col("02-00") - pl.col("01-00"))


def wide_smiles(anew: Anew) -> Rows:
    smiles = anew.openings(61, 291).filter(pl.col("mask") == "05-00")
    sexes = anew["covariates"].filter(pl.col("covariate") == "sex")
    both = smiles.join(sexes, on="participant").group_by("category")
    return (
        both.agg(pl.len(), pl.col("change").mean(), spread=pl.col("change").std())
        .sort("category")
        .rows()
    )


def stillest(anew: Anew) -> Rows:
    points = anew["points_above_average"].select("point")
    masks = (
        anew["neutral_distances"]
        .join(points, on="point")
        .group_by(CELL)
        .agg(pl.col("distance").mean())
    )
    people = masks.group_by("participant").agg(
        pl.col("distance").mean(), there=pl.col("mask").sort_by("distance").first()
    )
    return _first(people, "participant", "distance", "there", by=-pl.col("distance"))


def confused(anew: Anew) -> Rows:
    judged = anew["expression_predictions"].filter(
        (pl.col("classifier") == "shrinkage_lda") & (pl.col("condition") == "both")
    )
    shown = judged.group_by("expression").len().sort("expression").rows()
    counts = {
        tuple(row[:2]): row[2] for row in judged.group_by("expression", "predicted").len().rows()
    }
    shares = {
        (one, other): (counts.get((one, other), 0) / ones + counts.get((other, one), 0) / others)
        / 2
        for place, (one, ones) in enumerate(shown)
        for other, others in shown[place + 1 :]
    }
    ranked = sorted(shares.items(), key=lambda pair: (-round(pair[1], 12), pair[0]))
    return [(*pair, share) for pair, share in ranked[:5]]


def halves(anew: Anew) -> Rows:
    sides = anew["mirror_points"].select("point", "side")
    moved = (
        anew["neutral_distances"]
        .join(sides, on="point")
        .group_by(*CELL, "side")
        .agg(pl.col("distance").mean())
    )
    wide = moved.pivot("side", index=CELL, values="distance")
    rows = []
    for (mask,), people in wide.group_by("mask"):
        tested = stats.ttest_rel(people["left"].to_numpy(), people["right"].to_numpy())
        mean = (people["left"] - people["right"]).mean()
        rows.append((mask, len(people), mean, tested.statistic))
    return sorted(rows, key=lambda row: -abs(row[2]))[:5]


def fear(anew: Anew) -> Rows:
    regions = anew["points"].select("point", "region_en")
    shown = anew["point_noise"].filter(pl.col("mask") == "04-00").join(regions, on="point")
    found = shown.group_by("region_en").agg(
        pl.len(), pl.col("mean_distance").mean(), pl.col("over_noise").mean()
    )
    return found.sort("over_noise", descending=True).head(5).rows()


def after_all_tests(anew: Anew) -> Rows:
    family = anew["correlations"].filter(pl.col("grouping") == "kmeans6")
    adjusted = pl.Series("q", stats.false_discovery_control(family["spearman_p"].to_numpy()))
    names = anew["feature_list"].select("feature", "label_en")
    first = (
        family.with_columns(adjusted)
        .join(names, on="feature")
        .sort(pl.col("spearman_p").round(9), "feature", "instrument")
        .head(5)
    )
    values = anew["features"].pivot("feature", index="participant", values="value")
    scores = anew["scores"].pivot("instrument", index="participant", values="score")
    people = values.join(scores, on="participant")
    return [
        (
            row["label_en"],
            row["instrument"],
            len(people),
            stats.spearmanr(people[row["feature"]], people[row["instrument"]]).statistic,
            row["q"],
            row["permutation_p"],
        )
        for row in first.to_dicts()
    ]


EXPECTED: Final[Mapping[str, Callable[[Anew], Rows]]] = dict(
    zip(
        QUESTIONS,
        (
            *(asymmetry, depression, cue, turned, disagreement, deniers, eyes_and_brows),
            *(least_reliable, disgust, wide_smiles, stillest, confused, halves, fear),
            after_all_tests,
        ),
        strict=True,
    )
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_is_right(
    question: str, open_study: duckdb.DuckDBPyConnection, anew: Anew
) -> None:
    query = QUESTIONS[question]
    answer = open_study.execute(query)
    columns = [name for name, *_ in answer.description]
    digits = {
        name: int(places or 0)
        for places, name in re.findall(r"(?:, (\d))?\) as (\w+)", query)
        if name in columns
    }

    found, expected = answer.fetchall(), EXPECTED[question](anew)

    assert len(found) == len(expected) > 0
    for row, other in zip(found, expected, strict=True):
        for column, value, right in zip(columns, row, other, strict=True):
            if isinstance(value, float):
                right = pytest.approx(right, abs=0.5 * 10.0 ** -digits[column] + 1e-6)
            assert value == right, (column, row, other)


@pytest.mark.parametrize(
    ("asked", "first"),
    [("Whose smile", LOPSIDED), ("Who turned", TURNED), ("Whose blendshapes", DENIED)],
)
def test_what_was_planted_is_found(
    asked: str, first: str, open_study: duckdb.DuckDBPyConnection
) -> None:
    [query] = [query for question, query in QUESTIONS.items() if question.startswith(asked)]

    row = open_study.execute(query).fetchone()

    assert row is not None
    assert row[0] == first


def test_a_smile_to_the_left_is_positive_and_more_than_noise(
    open_study: duckdb.DuckDBPyConnection,
) -> None:
    [query] = [query for question, query in QUESTIONS.items() if question.startswith("Whose smile")]

    (_, difference, noise, over_noise), *_ = open_study.execute(query).fetchall()

    assert difference > 10 * noise > 0
    assert over_noise > 10


def test_there_are_fifteen() -> None:
    assert len(QUESTIONS) == 15


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_short_and_asks_what_people_know(question: str) -> None:
    query = QUESTIONS[question]
    lines = query.strip().splitlines()

    assert len(lines) <= 6
    assert max(len(line) for line in lines) <= 100
    known = {model.name for model in load_models() if not model.header.internal}
    read = sqlglot.parse_one(query, dialect="duckdb").find_all(exp.Table)
    assert {(table.db, table.name) for table in read} <= {("", name) for name in known}
