"""Noise and reliability: what is said of them, computed again from the warehouse."""

from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

import duckdb
import polars as pl
import pytest

from lakehouse.charts.words import Words
from lakehouse.paths import WarehousePaths
from lakehouse.report.controls import CONTROLS, starting
from lakehouse.report.figure import Section, drawn
from lakehouse.report.page.blocks import block_view, lacks
from lakehouse.report.privacy import SMALLEST_CELL, Privacy
from lakehouse.report.sections.movement.noise import NOISE
from lakehouse.report.sections.movement.reliability import RELIABILITY
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.tables import Tables, open_tables
from lakehouse.report.texts.read import LANGUAGES
from lakehouse.warehouse.connection import open_read_only

SECTIONS: tuple[Section, ...] = (NOISE, RELIABILITY)
BLOCKS: dict[str, Any] = {block.name: block for section in SECTIONS for block in section.blocks}
PARTS = "(grouping = 'mesh' or grouping like '%eyes')"


@pytest.fixture(scope="module")
def tables(small_warehouse: WarehousePaths) -> Iterator[Tables]:
    with open_tables(small_warehouse, Privacy()) as opened:
        yield opened


@pytest.fixture(scope="module")
def asked(small_warehouse: WarehousePaths) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_read_only(small_warehouse) as connection:
        yield connection


def frames_of(block: Any, tables: Tables) -> dict[str, pl.DataFrame]:
    return {name: tables.table(name) for name in block.tables}


def numbers(name: str, tables: Tables) -> Mapping[str, str]:
    block = BLOCKS[name]
    said: Mapping[str, str] = block.numbers(frames_of(block, tables), tables.words("en"))
    return said


@pytest.mark.parametrize("name", BLOCKS)
def test_captions_say_all_their_numbers(name: str, tables: Tables) -> None:
    languages = {language: tables.words(language) for language in LANGUAGES}

    view = block_view(BLOCKS[name], tables, languages)

    assert view["lacking"] is None
    for language in LANGUAGES:
        assert "{" not in view["caption"][language]
        assert "–" not in view["caption"][language]


@pytest.mark.parametrize("name", BLOCKS)
def test_captions_can_be_said_of_nothing(name: str, tables: Tables) -> None:
    block = BLOCKS[name]
    frames = {table: nothing_known(frame) for table, frame in frames_of(block, tables).items()}
    words: Words = tables.words("en")

    said = words(f"figures.{name}.caption", **block.numbers(frames, words))

    assert "nan" not in said


def nothing_known(frame: pl.DataFrame) -> pl.DataFrame:
    """Keep codes and counts, and nothing that was measured."""
    return frame.with_columns(
        pl.lit(None, dtype).alias(name)
        for name, dtype in frame.schema.items()
        if dtype.is_float() and name not in {"x", "y"}
    )


@pytest.mark.slow
@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("width", [1080, 348])
@pytest.mark.parametrize("name", BLOCKS)
def test_every_figure_can_be_drawn_from_its_own_tables(
    name: str, width: int, known: bool, tables: Tables
) -> None:
    figure = BLOCKS[name]
    frames = frames_of(figure, tables)
    if not known:
        frames = {table: nothing_known(frame) for table, frame in frames.items()}

    specification = drawn(
        figure, frames, tables.words("pt"), width, starting(tables, figure.controls)
    )

    assert set(_named(specification)) <= set(figure.tables)
    assert set(_named(specification)) >= set(figure.tables) - {"mesh"}


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


@pytest.mark.parametrize("name", [name for name in BLOCKS if BLOCKS[name].readout])
def test_what_is_chosen_finds_one_row_that_says_all_of_the_readout(
    name: str, tables: Tables
) -> None:
    figure = BLOCKS[name]
    table = tables.table(figure.tables[0])
    chosen = starting(tables, figure.controls)

    rows = table.filter(*(pl.col(key) == chosen[key] for key in figure.readout))

    assert len(table.select(figure.readout).unique()) == len(table)
    assert len(rows) == 1
    for language in LANGUAGES:
        sentence = tables.words(language).texts[f"figures.{name}.readout"]
        assert sentence.format_map(rows.row(0, named=True))


def test_movement_is_compared_with_noise_and_with_the_neutral_face(
    tables: Tables, asked: duckdb.DuckDBPyConnection
) -> None:
    rows = asked.execute(
        f"select over_noise, mean_distance, neutral_distance, mask from noise_floor where {PARTS}"
    ).fetchall()
    ratios = [ratio for ratio, *_ in rows if ratio is not None]
    words = tables.words("en")

    said = numbers("noise_groups", tables)

    assert said["least"] == words.number(min(ratios), 1)
    assert said["most"] == words.number(max(ratios), 1)
    assert said["weak"] == words.count(sum(ratio < 2 for ratio in ratios))
    posture = sum(
        distance <= line for _, distance, line, mask in rows if line is not None and mask != "00-01"
    )
    assert f"{posture} of the other distances" in said["line"]


def test_medians_and_lowest_are_those_of_the_features(
    tables: Tables, asked: duckdb.DuckDBPyConnection
) -> None:
    words = tables.words("en")

    def values(relation: str, column: str) -> list[float]:
        query = f"select {column} from {relation} where grouping like '%eyes'"
        return [value for (value,) in asked.execute(query).fetchall() if value is not None]

    features, photos = numbers("feature_reliability", tables), numbers("photo_reliability", tables)
    limits = numbers("attenuation", tables)

    found = values("feature_reliability", "reliability")
    assert features["median"] == words.number(median(found))
    assert features["lowest"] == words.number(min(found))
    assert features["movement"] == words.number(median(values("feature_reliability", "icc_ck")))
    assert photos["median"] == words.number(median(values("reliability", "icc_a1")))
    assert photos["median_k"] == words.number(median(values("reliability", "icc_ak")))
    middle = min(1, median(value for value in found if value > 0))
    assert limits["limit"] == words.number(middle**0.5)
    assert limits["limit_questionnaire"] == words.number((0.8 * middle) ** 0.5)


def test_few_people_are_left_out_of_an_aggregated_report(small_warehouse: WarehousePaths) -> None:
    with open_tables(small_warehouse, Privacy(aggregate=True)) as discreet:
        for block in BLOCKS.values():
            for name, frame in frames_of(block, discreet).items():
                for column in {"n", "participants", "movement_n"} & set(frame.columns):
                    counts = frame[column].drop_nulls()
                    assert (counts >= SMALLEST_CELL).all(), name
            assert isinstance(lacks(block, discreet), bool)


def test_a_group_of_points_is_chosen_first_of_all_parts_that_have_a_name(tables: Tables) -> None:
    options = CONTROLS["part"].options(tables)
    first = starting(tables, ("part",))["part"]

    assert options[0] == "mesh_0"
    assert first != "mesh_0"
    assert set(options) <= set(tables.words("pt").labels.parts)


def test_where_nobody_has_two_photographs_it_is_said(
    tables: Tables, empty_warehouse: WarehousePaths
) -> None:
    assert Need.REPEATED.is_met(tables.facts)
    with open_tables(empty_warehouse, Privacy()) as nothing:
        assert not Need.REPEATED.is_met(nothing.facts)
