"""The first section says what the warehouse holds."""

from collections.abc import Iterator

import duckdb
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.glance import findings, key_figures
from lakehouse.report.sections.methods import METHODS
from lakehouse.report.sections.versions import again, settings, versions
from lakehouse.report.tables.tables import Tables, open_tables
from lakehouse.report.texts.read import LANGUAGES
from lakehouse.warehouse.connection import open_read_only
from tests.lean import STARTS


@pytest.fixture
def tables(small_warehouse: WarehousePaths) -> Iterator[Tables]:
    with open_tables(small_warehouse, Privacy()) as given:
        yield given


@pytest.fixture
def warehouse(small_warehouse: WarehousePaths) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_read_only(small_warehouse) as connection:
        yield connection


def test_key_figures_are_those_of_the_warehouse(
    tables: Tables, warehouse: duckdb.DuckDBPyConnection
) -> None:
    def counted(query: str) -> str:
        [(count,)] = warehouse.execute(query).fetchall()
        return str(count)

    figures = {entry.name: entry.value for entry in key_figures(tables, tables.words("en"))}

    assert figures == {
        "participants": counted("select count(*) from participants where included"),
        "photographs": counted(
            "select sum(masks.photos) from masks join participants using (participant) "
            "where included and point = 10"
        ),
        "mean masks compared": counted("select count(*) from mask_averages"),
        "points above average": counted("select count(*) from points_above_average"),
        "correlations tested": counted(
            "select count(spearman_p) from correlations where grouping = 'kmeans6'"
        ),
        "stand after correction": counted(
            "select count(*) filter (spearman_q < 0.05) from correlations "
            "where grouping = 'kmeans6'"
        ),
    }


def test_the_farthest_mask_is_the_warehouse_s(
    tables: Tables, warehouse: duckdb.DuckDBPyConnection
) -> None:
    [(label, supervised, distance)] = warehouse.execute(
        "select label_en, supervised, mean_distance from mask_averages "
        "join expressions using (expression) where code <> '00' order by mean_distance desc limit 1"
    ).fetchall()
    cue = "with cue" if supervised else "without cue"

    text = "\n".join(findings(tables, tables.words("en")))

    assert f"lies {label} {cue}: {distance:.1f} aligned px" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("aggregate", [False, True])
def test_everything_is_said_in_every_language(
    small_warehouse: WarehousePaths, language: str, aggregate: bool
) -> None:
    with open_tables(small_warehouse, Privacy(aggregate=aggregate)) as given:
        words = given.words(language)
        said = findings(given, words)
        methods = [text for block in METHODS.blocks for text in block.write(given, words)]  # type: ignore[union-attr]

    assert all("\n" in paragraph and "{" not in paragraph for paragraph in said)
    assert ("--aggregate" in said[-1]) is aggregate
    assert all(isinstance(text, str) and "{" not in text for text in methods)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_warehouse_has_its_sentence(
    empty_warehouse: WarehousePaths, language: str
) -> None:
    with open_tables(empty_warehouse, Privacy()) as given:
        words = given.words(language)
        said = findings(given, words)
        figures = key_figures(given, words)
        methods = [text for block in METHODS.blocks for text in block.write(given, words)]  # type: ignore[union-attr]

    assert "`lakehouse extract PHOTOS`" in said[0]
    assert [figure.value for figure in figures] == ["0", "0", "0", "0", "–", "–"]
    assert methods


def test_versions_are_those_of_the_build(
    tables: Tables, warehouse: duckdb.DuckDBPyConnection
) -> None:
    [(version, lake, code)] = warehouse.execute(
        "select lakehouse_version, lake_digest, sql_digest from build_info"
    ).fetchall()
    words = tables.words("en")

    assert {version, lake, code} <= {entry.value for entry in versions(tables, words)}
    assert {entry.name: entry.value for entry in settings(tables, words)} == {
        "clusters.starts": str(STARTS["starts"]),
        "statistics.permutations": "99",
        "statistics.bootstraps": "20",
        "statistics.fewest": "3",
    }
    assert "`lakehouse build --statistics --pairs`" in again(tables, words)[0]
