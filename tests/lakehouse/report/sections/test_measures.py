"""Measures of one's own: their summaries, computed again, and warehouses with and without them."""

import shutil
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest
from scipy import stats

from lakehouse.charts.words import Labels, Words
from lakehouse.paths import WarehousePaths
from lakehouse.report.figure import Figure, Listing
from lakehouse.report.page.blocks import lacks
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.measures import MEASURES
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.tables import open_tables
from lakehouse.report.texts.read import texts
from tests.lakehouse.report.sections.asked import answer

[LISTING, FIGURE] = MEASURES.blocks
DEFINITIONS = pl.DataFrame(
    {
        "measure": ["mouth", "brow"],
        "kind": ["distance", "ratio"],
        "unit": ["aligned px", "1"],
        "group_id": [0, 1],
        "muscle": pl.Series([None, None], dtype=pl.String),
        "points": [2, 4],
        "side": ["both", "left"],
        "label_en": ["mouth {n}", "brow"],
        "label_pt": ["boca {n}", "sobrancelha"],
    }
)
EXPRESSIONS = pl.DataFrame({"expression": ["happiness", "surprise"], "code": ["05", "07"]})


def changes(people: int) -> pl.DataFrame:
    random = np.random.default_rng(people)
    rows = [
        {
            "participant": f"{number:03}",
            "measure": measure,
            "expression": expression,
            "supervised": False,
            "change": float(random.normal(size, 3)),
        }
        for number in range(people)
        for measure, size in (("mouth", 5), ("brow", -4))
        for expression in ("surprise", "happiness")
    ]
    return pl.DataFrame(rows)


def summaries(people: int) -> pl.DataFrame:
    return answer(
        "measures",
        measures=changes(people),
        measure_definitions=DEFINITIONS,
        expressions=EXPRESSIONS,
    )


@pytest.mark.parametrize("people", [10, 30, 309])
def test_means_have_students_interval(people: int) -> None:
    rows = summaries(people)

    assert rows.select("measure", "expression").rows() == [
        *(("mouth", "happiness"), ("mouth", "surprise")),
        *(("brow", "happiness"), ("brow", "surprise")),
    ]
    given = changes(people).filter(measure="mouth", expression="happiness")["change"].to_numpy()
    first = rows.row(0, named=True)
    low, high = stats.t.interval(0.95, people - 1, given.mean(), stats.sem(given))
    assert first["participants"] == people
    assert (first["mean_low"], first["mean_high"]) == pytest.approx((low, high), rel=1e-3)
    quartiles = (first["quarter"], first["median_change"], first["three_quarters"])
    assert quartiles == pytest.approx(np.quantile(given, [0.25, 0.5, 0.75]))


def test_fewer_than_ten_people_have_no_interval() -> None:
    rows = summaries(9)

    assert rows["mean_change"].null_count() == 0
    assert rows["mean_low"].null_count() == rows["mean_high"].null_count() == len(rows)


def test_the_caption_says_where_each_changes_most() -> None:
    assert isinstance(FIGURE, Figure)
    rows = summaries(30)
    labels = Labels(expressions={"surprise": "surprise"}, measures={"mouth": "mouth {n}" * 40})
    words = Words("en", texts("en"), labels)

    said = FIGURE.numbers({"measures": rows}, words)

    greatest = rows.filter(measure="mouth").sort(pl.col("mean_change").abs())["mean_change"][-1]
    assert f"… {greatest:.2f} aligned px" in said["greatest"]
    assert len(said["greatest"].split("…")[0]) < 60
    assert said["left_out"] == ""
    assert said["n"] == "30"


def test_without_measures_their_command_is_named(small_warehouse: WarehousePaths) -> None:
    assert isinstance(LISTING, Listing)
    assert isinstance(FIGURE, Figure)
    with open_tables(small_warehouse, Privacy()) as tables:
        assert tables.facts.measures == 0
        assert tables.missing(FIGURE.needs) is Need.MEASURES
        assert lacks(LISTING, tables)


def test_with_measures_they_are_found_and_named(
    small_warehouse: WarehousePaths, tmp_path: Path
) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    paths.database.parent.mkdir(parents=True)
    shutil.copy(small_warehouse.database, paths.database)
    with duckdb.connect(paths.database) as connection:
        connection.register("given", DEFINITIONS)
        connection.execute("insert into measure_definitions by name from given")

    with open_tables(paths, Privacy()) as tables:
        assert tables.facts.measures == 2
        assert not lacks(LISTING, tables)  # type: ignore[arg-type]
        assert tables.table("measure_definitions")["measure_name"].to_list() == ["mouth", "brow"]
        assert tables.words("pt").measure("mouth") == "boca {n}"
