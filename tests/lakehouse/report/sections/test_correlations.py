from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest

from lakehouse.charts.words import Words
from lakehouse.paths import WarehousePaths
from lakehouse.report.controls import starting
from lakehouse.report.export import standing_alone
from lakehouse.report.figure import Figure
from lakehouse.report.page.blocks import block_view, lacks
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.correlations import (
    CORRELATIONS,
    cell_numbers,
    correlation_numbers,
    counts,
    pair_numbers,
    score_numbers,
)
from lakehouse.report.tables.tables import Tables, open_tables
from lakehouse.warehouse.query import fetch

FIGURES = [block for block in CORRELATIONS.blocks if isinstance(block, Figure)]


@pytest.fixture(scope="module")
def tables(small_warehouse: WarehousePaths) -> Iterator[Tables]:
    with open_tables(small_warehouse, Privacy()) as opened:
        yield opened


@pytest.fixture
def aggregated(small_warehouse: WarehousePaths) -> Iterator[Tables]:
    with open_tables(small_warehouse, Privacy(aggregate=True)) as opened:
        yield opened


@pytest.fixture
def words(tables: Tables) -> Words:
    return tables.words("en")


def value(paths: WarehousePaths, query: str) -> Any:
    return fetch(paths, query).item()


FAMILY = "from correlations cross join settings where grouping = 'kmeans' || clusters_k"


def test_numbers_are_the_warehouses(
    tables: Tables, words: Words, small_warehouse: WarehousePaths
) -> None:
    numbers = correlation_numbers({"correlations": tables.table("correlations")}, words)

    def count(condition: str) -> str:
        return words.count(value(small_warehouse, f"select count(*) filter ({condition}) {FAMILY}"))

    assert numbers["tests"] == count("spearman_p is not null")
    assert numbers["passed"] == count("spearman_p < 0.05")
    assert numbers["q_stands"] == count("spearman_q < 0.05")
    assert numbers["pearson_stands"] == count("pearson_q < 0.05")
    assert numbers["tests"] != "0"
    assert (
        f"Of {numbers['tests']} tests, p < 0.05 holds for {numbers['passed']}" in numbers["found"]
    )


def test_the_strongest_comes_first(
    tables: Tables, small_warehouse: WarehousePaths, words: Words
) -> None:
    [row] = fetch(
        small_warehouse,
        "select feature, instrument, spearman_r from strongest_correlations cross join settings "
        "where grouping = 'kmeans' || clusters_k and rank = 1",
    ).to_dicts()
    first = tables.table("correlations").row(0, named=True)

    assert (first["feature"], first["instrument"]) == (row["feature"], row["instrument"])
    assert starting(tables, ("feature", "instrument")) == {
        "feature": row["feature"],
        "instrument": row["instrument"],
    }
    numbers = correlation_numbers({"correlations": tables.table("correlations")}, words)
    assert numbers["r"] == words.number(row["spearman_r"])


def test_without_a_test_nothing_is_said_to_stand(words: Words, tables: Tables) -> None:
    p = [name for name in tables.table("correlations").columns if name.endswith(("_p", "_q"))]
    frame = tables.table("correlations").with_columns(pl.lit(None, pl.Float64).alias(n) for n in p)

    found = correlation_numbers({"correlations": frame}, words)["found"]

    assert found == words("found.none")


def test_without_permutations_max_t_is_said_to_be_unknown(words: Words, tables: Tables) -> None:
    frame = tables.table("correlations").with_columns(permutation_p=pl.lit(None, pl.Float64))

    found = correlation_numbers({"correlations": frame}, words)["found"]

    assert words("found.no_max") in found


def test_a_participants_row_holds_what_is_correlated_and_nothing_else(
    tables: Tables, small_warehouse: WarehousePaths
) -> None:
    pairs, values = tables.table("correlations"), tables.table("correlation_values")

    assert set(values.columns) == {*pairs["feature"], *pairs["instrument"]}
    first = pairs.row(0, named=True)
    both = values.select(first["feature"], first["instrument"]).drop_nulls()
    assert len(both) == first["n"]
    r = both.select(pl.corr(*both.columns, method="spearman")).item()
    assert r == pytest.approx(first["spearman_r"])
    assert tables.relations("correlation_values") == ["correlations", "features", "scores"]


@pytest.mark.parametrize("language", ["en", "pt"])
def test_the_caption_names_the_groups(
    tables: Tables, small_warehouse: WarehousePaths, language: str
) -> None:
    names = fetch(
        small_warehouse,
        f"select name_{language} from group_names cross join settings "
        "where grouping = 'kmeans' || clusters_k order by group_id",
    ).to_series()
    frames = {name: tables.table(name) for name in ("correlations", "correlated_groups")}

    said = cell_numbers(frames, tables.words(language))["groups"]

    assert len(names) > 0
    assert all(f"{group} {name}" in said for group, name in enumerate(names))


def test_measures_have_no_groups_to_be_named(tables: Tables, words: Words) -> None:
    frames = {name: tables.table(name) for name in ("correlations", "correlated_groups")}

    said = cell_numbers(frames | {"correlated_groups": frames["correlated_groups"].clear()}, words)

    assert said["groups"] == ""


def test_scores_in_bins_are_all_scores(tables: Tables, small_warehouse: WarehousePaths) -> None:
    bins = tables.table("score_histogram")
    counted = dict(bins.group_by("instrument").agg(pl.col("participants").sum()).iter_rows())

    scores = fetch(
        small_warehouse,
        "select instrument, score from scores join participants using (participant) "
        "where included and score is not null",
    )
    assert counted == dict(scores.group_by("instrument").len().iter_rows())
    for instrument, low, high, participants in bins.select(
        "instrument", "bin_low", "bin_high", "participants"
    ).iter_rows():
        of_it = scores.filter(pl.col("instrument") == instrument)["score"]
        assert of_it.is_between(low, high, closed="left").sum() == participants


@pytest.mark.parametrize("language", ["en", "pt"])
def test_every_caption_finds_its_numbers(tables: Tables, language: str) -> None:
    said = tables.words(language)
    for block in CORRELATIONS.blocks:
        assert not lacks(block, tables)
        folder = "figures" if isinstance(block, Figure) else "listings"
        names = block.tables if isinstance(block, Figure) else (block.table,)
        numbers = block.numbers({name: tables.table(name) for name in names}, said)
        assert "{" not in said(f"{folder}.{block.name}.caption", **numbers)


def test_the_papers_table_is_called_a_table(tables: Tables, words: Words) -> None:
    view = block_view(CORRELATIONS.blocks[0], tables, {"en": words})

    assert "in the study: table 1" in [part["en"] for part in view["source"]]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_every_figure_is_drawn(tables: Tables, words: Words, figure: Figure) -> None:
    specification = standing_alone(figure, tables, words)

    assert set(specification["datasets"]) == set(figure.tables)


def test_without_single_participants_there_is_no_scatter(aggregated: Tables) -> None:
    scatter = next(figure for figure in FIGURES if figure.name == "relation")

    assert lacks(scatter, aggregated)
    assert aggregated.table("correlation_values").is_empty()
    assert aggregated.table("score_histogram")["participants"].min() in {None, 5, 6, 7, 8, 9}


def test_the_strongest_pair_of_questionnaires_is_described(words: Words) -> None:
    frame = pl.DataFrame(
        {
            "instrument_a": ["bai", "bai"],
            "instrument_b": ["dbi", "srq"],
            "n": [10, 12],
            "spearman_r": [0.2, -0.7],
            "spearman_low": [0.1, -0.9],
            "spearman_high": [0.3, -0.3],
            "spearman_q": [0.04, 0.05],
        }
    )

    numbers = pair_numbers({"instrument_correlations": frame}, words)

    assert (numbers["r"], numbers["stands"], numbers["n"]) == ("−0.70", "1", "10–12")
    assert numbers["second"] == words.instrument("srq")


def test_the_most_skewed_questionnaire_is_named(words: Words) -> None:
    frame = pl.DataFrame({"instrument": ["bai", "dbi"], "n": [9, 9], "skewness": [None, 0.5]})

    numbers = score_numbers({"score_distributions": frame}, words)

    assert (numbers["instrument"], numbers["skewness"]) == (words.instrument("dbi"), "0.50")
    assert score_numbers({"score_distributions": frame.clear()}, words)["instruments"] == "0"


def test_counts_are_one_or_a_range(words: Words) -> None:
    assert counts(pl.Series([1200, 1200]), words) == "1,200"
    assert counts(pl.Series([8, 12, 10]), words) == "8–12"
