"""Distances, points above average, groups and muscles: their numbers, computed again."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from statistics import fmean
from typing import Any

import duckdb
import polars as pl
import pytest

from lakehouse.charts.words import Words
from lakehouse.paths import WarehousePaths
from lakehouse.report.controls import starting
from lakehouse.report.figure import Figure, Section, drawn
from lakehouse.report.page.blocks import block_view, lacks
from lakehouse.report.privacy import SMALLEST_CELL, Privacy
from lakehouse.report.sections.clusters import CLUSTERS
from lakehouse.report.sections.distances import DISTANCES
from lakehouse.report.sections.muscles import MUSCLES
from lakehouse.report.sections.points import POINTS
from lakehouse.report.tables.tables import Tables, open_tables
from lakehouse.report.texts.read import LANGUAGES
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.query import fetch_by
from tests.sql.support import INCLUDED

SECTIONS: tuple[Section, ...] = (DISTANCES, POINTS, CLUSTERS, MUSCLES)
BLOCKS: dict[str, Any] = {block.name: block for section in SECTIONS for block in section.blocks}
FIGURES = [name for name, block in BLOCKS.items() if isinstance(block, Figure)]


@pytest.fixture(scope="module")
def tables(small_warehouse: WarehousePaths) -> Iterator[Tables]:
    with open_tables(small_warehouse, Privacy()) as opened:
        yield opened


@pytest.fixture(scope="module")
def asked(small_warehouse: WarehousePaths) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_read_only(small_warehouse) as connection:
        yield connection


def numbers(name: str, tables: Tables, language: str = "en") -> Mapping[str, str]:
    figure = BLOCKS[name]
    frames = {table: tables.table(table) for table in figure.tables}
    said: Mapping[str, str] = figure.numbers(frames, tables.words(language))
    return said


def means_by_mask(
    frame: pl.DataFrame, value: str = "mean_distance"
) -> dict[tuple[str, bool], float]:
    return {
        (expression, supervised): fmean(values)
        for expression, supervised, values in frame.group_by("expression", "supervised")
        .agg("mean_distance")
        .iter_rows()
    }


@pytest.mark.parametrize("name", BLOCKS)
def test_captions_say_all_their_numbers(name: str, tables: Tables) -> None:
    languages = {language: tables.words(language) for language in LANGUAGES}

    view = block_view(BLOCKS[name], tables, languages)

    for language in LANGUAGES:
        said = (view["lacking"] or view["caption"])[language]
        assert "{" not in said
        assert "–" not in said


@pytest.mark.slow
@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("width", [1080, 348])
def test_every_figure_can_be_drawn_from_its_own_tables(
    name: str, width: int, tables: Tables
) -> None:
    figure = BLOCKS[name]
    if lacks(figure, tables):
        assert name == "action_units"
        return
    frames = {table: tables.table(table) for table in figure.tables}

    specification = drawn(
        figure, frames, tables.words("pt"), width, starting(tables, figure.controls)
    )

    assert set(_named(specification)) <= set(figure.tables)


def _named(specification: Any) -> Iterator[str]:
    if isinstance(specification, dict):
        if specification.keys() == {"name"}:
            yield specification["name"]
        for name, value in specification.items():
            if name != "params":
                yield from _named(value)
    elif isinstance(specification, list):
        for value in specification:
            yield from _named(value)


def test_the_mask_that_moves_most_is_named(
    tables: Tables, asked: duckdb.DuckDBPyConnection
) -> None:
    said = numbers("point_distances", tables)

    means = means_by_mask(fetch_by(asked, "from point_averages"))
    (expression, supervised), most = max(means.items(), key=lambda item: item[1])
    words = tables.words("en")
    assert (said["most"], said["most_mask"]) == (
        words.number(most, 1),
        words.mask(expression, supervised),
    )
    assert said["n"] == str(len(INCLUDED))
    assert said["points"] == "468"


def test_the_histogram_counts_everybody_once_in_each_mask(
    tables: Tables, asked: duckdb.DuckDBPyConnection
) -> None:
    table = tables.table("distance_histograms")

    people = table.group_by("expression", "supervised").agg(pl.col("participants").sum())
    assert set(people["participants"]) == {len(INCLUDED)}
    moved = means_by_mask(fetch_by(asked, "from pav_mask_means"))
    shown = {
        row[:2]: row[2] for row in table.select("expression", "supervised", "mean_of_mask").rows()
    }
    assert shown == pytest.approx(moved)


def test_points_in_common_are_those_of_the_warehouse(
    tables: Tables, asked: duckdb.DuckDBPyConnection
) -> None:
    above = fetch_by(asked, "from point_averages where above_average")
    [[masks]] = asked.execute("select count(distinct mask) from point_averages").fetchall()
    common = above.group_by("point").len().filter(pl.col("len") == masks)["point"].sort()

    said = numbers("points_common", tables)

    assert said["common"] == str(len(common))
    assert said["never"] == str(468 - above["point"].n_unique())
    listed = fetch_by(asked, "select point from points_above_average order by point")["point"]
    assert listed.to_list() == common.to_list()
    assert starting(tables, ("point",))["point"] in common.to_list()


def test_groups_are_counted(tables: Tables, asked: duckdb.DuckDBPyConnection) -> None:
    groups = fetch_by(asked, "select group_id, count(*) as points from pav_clusters group by all")
    twice = asked.execute(
        "select count(*) from pav_clusters join eyelid_points using (point)"
    ).fetchall()

    said = numbers("clusters", tables)

    assert said["points"] == str(groups["points"].sum())
    assert said["groups"] == str(len(groups))
    assert said["smallest"] == str(groups["points"].min())
    assert said["largest"] == str(groups["points"].max())
    assert [(int(said["twice"]),)] == twice
    assert said["eyelids"] == "34"


def test_the_choice_of_k_is_told_as_it_is(tables: Tables, asked: duckdb.DuckDBPyConnection) -> None:
    table = fetch_by(asked, "from cluster_choice order by k")

    said = numbers("cluster_choice", tables)

    [best] = table.filter(pl.col("silhouette") == pl.col("silhouette").max())["k"]
    assert f"Silhouette: largest at {best}" in said["judgements"]
    [chosen] = table.filter("chosen")["k"]
    assert said["chosen"] == str(chosen)
    assert (said["least"], said["most"]) == (str(table["k"].min()), str(table["k"].max()))


def test_muscles_are_counted_and_averaged(tables: Tables, asked: duckdb.DuckDBPyConnection) -> None:
    muscles = fetch_by(asked, "from muscles")
    over = muscles.group_by("point").len()

    regions = numbers("muscle_regions", tables)

    assert regions["muscles"] == str(muscles["muscle"].n_unique())
    assert regions["several"] == str(len(over.filter(pl.col("len") > 1)))
    distances = fetch_by(asked, "from muscle_distances")
    means = {
        key: fmean(values)
        for *key, values in distances.group_by("muscle", "mask").agg("mean_distance").iter_rows()
        for key in [tuple(key)]
    }
    assert numbers("muscle_distances", tables)["most"] == f"{max(means.values()):.1f}"
    assert numbers("muscle_groups", tables)["n"] == str(len(INCLUDED))


def test_an_aggregated_report_counts_nobody_of_fewer_than_five(
    small_warehouse: WarehousePaths,
) -> None:
    assert len(INCLUDED) < SMALLEST_CELL
    with open_tables(small_warehouse, Privacy(aggregate=True)) as few:
        shown = [name for name in FIGURES if not lacks(BLOCKS[name], few)]

    # Where groups and muscles lie says nothing of how many people there are.
    assert shown == ["clusters", "cluster_choice", "muscle_regions"]


def test_what_an_empty_warehouse_lacks_is_said(empty_warehouse: WarehousePaths) -> None:
    with open_tables(empty_warehouse, Privacy()) as nothing:
        languages: dict[str, Words] = {"en": nothing.words("en")}
        said = {
            name: block_view(block, nothing, languages)["lacking"]["en"]
            for name, block in BLOCKS.items()
        }

    assert set(said.values()) == {
        "Not shown: no participant is included; the relation exclusions says why."
    }


def test_without_statistics_the_choice_of_k_says_what_makes_it(tables: Tables) -> None:
    facts = tables.facts
    tables.facts = replace(facts, extras=frozenset())
    try:
        view = block_view(BLOCKS["cluster_choice"], tables, {"en": tables.words("en")})
    finally:
        tables.facts = facts

    assert view["command"] == "lakehouse build --statistics"
