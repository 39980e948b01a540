"""Quality: the numbers of its figures, counted again."""

from collections.abc import Iterator
from typing import Any

import duckdb
import polars as pl
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.report.figure import Figure
from lakehouse.report.page.blocks import block_view, lacks
from lakehouse.report.privacy import SMALLEST_CELL, Privacy
from lakehouse.report.sections.quality import QUALITY
from lakehouse.report.tables.tables import Tables, open_tables
from lakehouse.report.texts.read import LANGUAGES
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.query import fetch_by
from tests.sql.support import EXCLUDED, INCLUDED, SCORES_ONLY

BLOCKS: dict[str, Any] = {block.name: block for block in QUALITY.blocks}


@pytest.fixture(scope="module")
def tables(small_warehouse: WarehousePaths) -> Iterator[Tables]:
    with open_tables(small_warehouse, Privacy()) as opened:
        yield opened


@pytest.fixture(scope="module")
def asked(small_warehouse: WarehousePaths) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_read_only(small_warehouse) as connection:
        yield connection


def caption(name: str, tables: Tables, language: str = "en") -> str:
    languages = {language: tables.words(language) for language in LANGUAGES}
    view = block_view(BLOCKS[name], tables, languages)
    return str((view["lacking"] or view["caption"])[language])


def numbers(name: str, tables: Tables) -> dict[str, str]:
    figure = BLOCKS[name]
    frames = {table: tables.table(table) for table in figure.tables}
    return dict(figure.numbers(frames, tables.words("en")))


def test_steps_are_counted(tables: Tables, asked: duckdb.DuckDBPyConnection) -> None:
    stages = dict(tables.table("quality_flow").select("stage", "number").rows())

    people = {*INCLUDED, EXCLUDED, SCORES_ONLY}
    photos = fetch_by(asked, "from photos")
    used = photos.filter(pl.col("participant").is_in(INCLUDED) & (pl.col("expression") != "sleepy"))
    assert (stages["known"], stages["photographed"]) == (len(people), len(people) - 1)
    # Of the fifth, one photograph of three in each mask has no face; one of four lacks a score.
    assert (stages["pictured"], stages["included"], stages["scored"]) == (5, 4, 3)
    assert stages["found"] == len(photos)
    assert stages["with_face"] == len(photos.filter(pl.col("status") == "ok"))
    assert stages["used"] == len(used)
    assert stages["usable"] > stages["used"]
    assert f"used in the results: {len(used)}" in caption("quality_flow", tables)


def test_outcomes_are_counted(tables: Tables, asked: duckdb.DuckDBPyConnection) -> None:
    counted = {row["outcome"]: row for row in tables.table("detection").to_dicts()}

    statuses = dict(asked.execute("select status, count(*) from photos group by 1").fetchall())
    assert counted["at_once"]["photographs"] == statuses["ok"]
    assert counted["no_face"]["photographs"] == statuses["no_face"]
    assert counted["no_face"]["people"] == 1
    assert sum(row["share"] for row in counted.values()) == pytest.approx(1)
    said = numbers("detection", tables)
    assert said["n"] == f"{sum(statuses.values())} photographs"
    assert (said["otherwise"], said["not_found"]) == ("0", str(statuses["no_face"]))


def test_reasons_count_people_and_their_photographs(
    tables: Tables, asked: duckdb.DuckDBPyConnection
) -> None:
    table = tables.table("exclusions")

    for scope, reason, people, _ in table.rows():
        rows = asked.execute(
            "from exclusions where scope = ? and reason = ?", [scope, reason]
        ).fetchall()
        assert people == len(rows)
    photographs = {reason: number for _, reason, _, number in table.rows()}
    assert photographs["no_face"] == 4
    assert photographs["unlisted_expression"] == 1
    assert photographs["no_photos"] is None
    assert "(people: 1)" in caption("exclusions", tables)


def test_balance_is_the_warehouses(tables: Tables, asked: duckdb.DuckDBPyConnection) -> None:
    table = tables.table("balance")

    differences = dict(
        asked.execute(
            "select name, difference from exclusion_balance where difference is not null"
        ).fetchall()
    )
    assert dict(table.select("name", "difference").rows()) == differences
    largest = max(differences.values(), key=abs)
    assert numbers("balance", tables)["largest"].replace("−", "-") == f"{largest:.2f}"
    assert numbers("balance", tables)["compared"] == str(len(differences))


def test_heights_are_all_in_a_class(tables: Tables, asked: duckdb.DuckDBPyConnection) -> None:
    table = tables.table("face_height")

    [(faces,)] = asked.execute(
        "select count(*) from photos join expressions using (expression) where status = 'ok'"
    ).fetchall()
    assert table["photographs"].sum() == faces
    assert numbers("face_height", tables)["n"] == f"{faces} photographs"
    shares = table.group_by("expression", "supervised").agg(pl.col("share").sum())
    assert shares["share"].to_list() == pytest.approx([1] * len(shares))
    # Every face of the small lake is 200 pixels high.
    assert ((table["low"] <= 200) & (table["high"] > 200)).all()


def poses(*rows: tuple[str, int, int]) -> dict[str, pl.DataFrame]:
    """Give classes of an angle, of 100 photographs each; the last number is how many are in it."""
    table = pl.DataFrame(rows, schema=["angle", "low", "photographs"], orient="row")
    return {
        "pose": table.with_columns(
            high=pl.col("low") + 1,
            supervised=pl.lit(value=True),
            of_photographs=pl.lit(100),
            most=pl.when(pl.col("angle") == "yaw").then(20.0),
        )
    }


def test_most_heads_are_within_what_the_caption_says(tables: Tables) -> None:
    frames = poses(
        ("yaw", -8, 3), ("yaw", 0, 92), ("yaw", 11, 5), ("pitch", 2, 94), ("roll", 0, 100)
    )

    said = BLOCKS["pose"].numbers(frames, tables.words("en"))

    # 92 within 1°, 95 within 8°; of the nods six are not shown, and may be anywhere.
    assert (said["yaw"], said["pitch"], said["roll"]) == ("8°", "–°", "1°")
    assert said["limits"].startswith(
        "Dashed lines are the settings' limits, beyond which a photograph is not used: turn of the "
        "head 20°. Classes"
    )
    assert said["n"] == "100 photographs"


def test_the_masks_with_the_lowest_and_the_highest_nod_are_named(tables: Tables) -> None:
    rows = [
        ("pitch", "happiness", False, 20, -1.26),
        ("pitch", "surprise", True, 20, 2.0),
        ("pitch", "neutral", True, 21, 0.5),
        ("yaw", "neutral", False, 21, 9.0),
    ]
    columns = ["angle", "expression", "supervised", "people", "median"]
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    words = tables.words("en")

    assert BLOCKS["mask_pose"].numbers({"mask_pose": frame}, words) == {
        "n": "21",
        "low": "−1.3°",
        "lowest": "happiness, without cue",
        "high": "2.0°",
        "highest": "surprise, with cue",
    }
    no_nods = frame.filter(pl.col("angle") == "yaw")
    assert BLOCKS["mask_pose"].numbers({"mask_pose": no_nods}, words)["low"] == "–°"


def test_classes_that_are_not_shown_are_named(tables: Tables) -> None:
    words = tables.words("en")

    few = BLOCKS["pose"].numbers(poses(("yaw", 0, 96)), words)["limits"]
    all_shown = BLOCKS["pose"].numbers(poses(("yaw", 0, 100)), words)["limits"]

    assert words("figures.pose.few") in few
    assert words("figures.pose.few") not in all_shown


def test_what_is_empty_says_what_that_means(tables: Tables) -> None:
    assert caption("suspicions", tables).startswith("Nothing looks like a mistake")
    assert caption("pose", tables, "pt").startswith("Não se conhece a pose")


def test_no_count_of_few_people_is_in_an_aggregated_report(
    small_warehouse: WarehousePaths,
) -> None:
    with open_tables(small_warehouse, Privacy(aggregate=True)) as tables:
        for block in QUALITY.blocks:
            names = block.tables if isinstance(block, Figure) else (block.table,)  # type: ignore[union-attr]
            for name in names:
                table = tables.table(name)
                if "people" in table.columns:
                    assert (table["people"].drop_nulls() >= SMALLEST_CELL).all()
        assert lacks(BLOCKS["suspicions"], tables)
        assert "fewer" in caption("exclusions", tables)


def test_ids_are_named_only_where_they_were_asked_for(small_warehouse: WarehousePaths) -> None:
    for ids in (False, True):
        with open_tables(small_warehouse, Privacy(ids=ids)) as tables:
            assert ("participant" in tables.table("suspicions").columns) is ids
            for name, block in BLOCKS.items():
                if isinstance(block, Figure):
                    for table in block.tables:
                        assert "participant" not in tables.table(table).columns, name


def test_nobody_at_all_is_no_error(empty_warehouse: WarehousePaths) -> None:
    with open_tables(empty_warehouse, Privacy()) as tables:
        for name, block in BLOCKS.items():
            assert lacks(block, tables)
            assert caption(name, tables)
