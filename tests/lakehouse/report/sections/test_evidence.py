from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import polars as pl
import pytest

from lakehouse.charts.words import Words
from lakehouse.paths import WarehousePaths
from lakehouse.preregistration.keeping import Keeping
from lakehouse.report.controls import starting
from lakehouse.report.export import standing_alone
from lakehouse.report.figure import Figure, Listing
from lakehouse.report.page.blocks import lacks
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.evidence import (
    EVIDENCE,
    chance_numbers,
    disattenuated_numbers,
    evidence_numbers,
    multiverse_numbers,
    partial_numbers,
    prediction_numbers,
    registration,
)
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.tables import Tables, open_tables
from lakehouse.warehouse.query import fetch

BLOCKS = [block for block in EVIDENCE.blocks if isinstance(block, Figure | Listing)]


@pytest.fixture(scope="module")
def tables(small_warehouse: WarehousePaths) -> Iterator[Tables]:
    with open_tables(small_warehouse, Privacy()) as opened:
        yield opened


@pytest.fixture
def words(tables: Tables) -> Words:
    return tables.words("en")


@dataclass
class Registered:
    """As far as `registration` asks tables."""

    keeping: Keeping | None


def said(words: Words, kept: Keeping | None) -> list[str]:
    return registration(cast(Any, Registered(kept)), words)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_every_block_has_its_numbers_or_a_reason(tables: Tables, block: Any) -> None:
    missing = tables.missing(block.needs)
    names = block.tables if isinstance(block, Figure) else (block.table,)
    frames = {name: tables.table(name) for name in names}
    if missing is not None:
        assert missing in {Need.COVARIATES, Need.RELIABILITIES, Need.MULTIVERSE}
        return
    assert not lacks(block, tables)
    folder = "figures" if isinstance(block, Figure) else "listings"
    for language in ("en", "pt"):
        own = tables.words(language)
        assert "{" not in own(f"{folder}.{block.name}.caption", **block.numbers(frames, own))
    if isinstance(block, Figure):
        assert set(standing_alone(block, tables, own)["datasets"]) == set(block.tables)


def test_without_a_multiverse_there_is_no_curve_to_choose(tables: Tables) -> None:
    assert starting(tables, ("curve",)) == {}


def test_what_passes_is_the_warehouses(
    tables: Tables, words: Words, small_warehouse: WarehousePaths
) -> None:
    frames = {name: tables.table(name) for name in ("correlation_thresholds", "correlations")}

    numbers = chance_numbers(frames, words)

    passed = fetch(
        small_warehouse,
        "select count(*) from correlations cross join settings "
        "where grouping = 'kmeans' || clusters_k and pearson_p <= 0.05",
    ).item()
    assert numbers["pearson_passed"] == words.count(passed)


def test_evidence_is_counted_at_ten_to_one(words: Words) -> None:
    frame = pl.DataFrame(
        {
            "n": [30] * 4,
            "pearson_r": [0.5, 0.01, 0.1, None],
            "detectable_r": [0.4] * 4,
            "log10_bayes_factor": [1.0, -1.0, 0.2, None],
            "sesoi_r": [0.2] * 4,
            "spearman_equivalence_p": [0.9, 0.01, 0.04, None],
        }
    )

    numbers = evidence_numbers({"correlation_evidence": frame}, words)

    assert [numbers[key] for key in ("for", "against", "between", "reached")] == ["1"] * 4
    assert numbers["equivalence"].startswith("Shown to be smaller than 0.20")
    assert numbers["equivalence"].endswith(": 2.")
    without = frame.with_columns(sesoi_r=pl.lit(None, pl.Float64))
    unset = evidence_numbers({"correlation_evidence": without}, words)["equivalence"]
    assert unset == words("evidence.no_sesoi")


def test_the_change_by_covariates_is_told(words: Words) -> None:
    frame = pl.DataFrame(
        {
            "n": [30, 30, 30],
            "covariates": ["age"] * 3,
            "spearman_r": [0.1, 0.2, 0.3],
            "partial_r": [0.1, 0.15, 0.1],
            "partial_p": [0.5, 0.4, None],
            "partial_q": [0.01, 0.5, None],
            "partial_max_p": [0.5, 0.5, None],
        }
    )

    numbers = partial_numbers({"partial_correlations": frame}, words)

    assert (numbers["median"], numbers["most"]) == ("0.05", "0.20")
    assert (numbers["tests"], numbers["q_stands"], numbers["max_stands"]) == ("2", "1", "0")


def test_the_first_is_shown_without_error(words: Words) -> None:
    frame = pl.DataFrame(
        {
            "feature": ["m05_00_0", "m05_00_1"],
            "instrument": ["dbi", "dbi"],
            "n": [30, 30],
            "pearson_r": [0.5, 0.4],
            "feature_reliability": [0.9, 0.95],
            "r_disattenuated": [0.6, 0.5],
            "r_disattenuated_low": [0.4, 0.3],
            "r_disattenuated_high": [0.8, 0.7],
        }
    )

    numbers = disattenuated_numbers({"disattenuated_correlations": frame}, words)

    assert (numbers["r"], numbers["without_error"]) == ("0.50", "0.60")
    assert (numbers["low"], numbers["high"]) == ("0.90", "0.95")


def test_the_best_foretold_is_the_least_likely_by_chance(words: Words) -> None:
    frame = pl.DataFrame(
        {
            "instrument": ["bai", "dbi", "srq"],
            "n": [30, 30, 2],
            "r": [0.3, 0.2, None],
            "r_low": [0.1, 0.1, None],
            "r_high": [0.4, 0.3, None],
            "r_squared": [0.05, -0.01, None],
            "permutation_p": [0.2, 0.04, None],
        }
    )

    numbers = prediction_numbers({"score_prediction": frame}, words)

    assert numbers["instrument"] == words.instrument("dbi")
    assert (numbers["instruments"], numbers["stands"], numbers["better"]) == ("2", "1", "1")


def test_the_whole_curve_is_told_and_each_hypothesis(words: Words) -> None:
    specifications = pl.DataFrame(
        {"curve": ["strongest"] * 2, "n": [30, 30], "r": [-0.5, 0.4], "instrument": ["dbi", "bai"]}
    )
    curve = pl.DataFrame(
        {
            "curve": ["strongest", "05-00 291 dbi", "05-00 291 dbi"],
            "statistic": ["median", "median", "share_significant"],
            "p": [0.28, 0.3, 0.4],
            "permutations": [99, 99, 99],
        }
    )

    numbers = multiverse_numbers(
        {"specifications": specifications, "specification_curve": curve}, words
    )

    assert (numbers["low"], numbers["high"], numbers["pairs"]) == ("−0.50", "0.40", "2")
    assert (numbers["p"], numbers["permutations"]) == ("= 0.28", "99")
    assert "05-00 291 dbi" in numbers["hypotheses"]
    assert "0.30" in numbers["hypotheses"]
    assert "0.40" not in numbers["hypotheses"]


@pytest.mark.slow
def test_where_nothing_was_registered_all_is_exploratory(words: Words) -> None:
    assert said(words, None) == [words("registration.none")]


def test_a_registration_is_kept_or_departed_from(words: Words) -> None:
    kept = Keeping("2026-01-02", "abcdef0123456789", before_scores=True, departures=())
    departed = Keeping("2026-01-02", "ab", before_scores=False, departures=("k is 7, was 6",))

    [sentence] = said(words, kept)
    assert "2026-01-02" in sentence
    assert words("registration.before") in sentence
    assert "abcdef012345…" in sentence
    first, second = said(words, departed)
    assert words("registration.after") in first
    assert second == "k is 7, was 6"


def test_many_departures_are_cut_short(words: Words) -> None:
    departures = tuple(f"departure {place}" for place in range(12))

    told = said(words, Keeping("2026", "ab", before_scores=True, departures=departures))

    assert "In 12 respects" in told[0]
    assert told[-2:] == ["departure 9", "…"]


def test_what_cannot_be_read_shows_no_file_of_the_machine(words: Words) -> None:
    hidden = Keeping("", "", before_scores=False, departures=("/home/somebody/file: broken",))

    assert said(words, hidden) == [words("registration.unreadable")]
