"""The page of error rates and coverage: what it counts, and that it hides no column."""

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest
from scipy import stats

from benchmarks.calibration import cohorts, counting, families, page, registry, tables
from benchmarks.calibration.registry import Interval, Level, PValues
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.models import load_models

PAGE = page.PAGE.read_text(encoding="utf-8")
MODELS = load_models()
MADE = ("cohorts", "families", "power", "reliabilities")


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A relation of six tests in two families, each with an interval."""
    with duckdb.connect() as opened:
        opened.execute("""
            create table made as select * from (values
                ('a', 1, 0.01, -1.0, -0.5, 0.1), ('a', 2, 0.9, -1.0, 1.0, 0.2),
                ('a', 3, 0.9, -1.0, 1.0, 0.3), ('b', 1, 0.2, 0.1, 0.2, 0.4),
                ('b', 2, 0.05, -0.1, 0.2, 0.5), ('b', 3, null, null, null, null)
            ) as rows(family, number, t_p, r_low, r_high, r)
        """)
        yield opened


def test_the_page_lists_every_column_that_is_not_calibrated() -> None:
    """If not: python benchmarks/null_cohorts.py --list --write."""
    assert page.table_in(PAGE, "left") == tables.left_table(MODELS)


def test_every_likely_column_is_calibrated_or_listed() -> None:
    calibrated = {
        (entry.relation, name) for entry in registry.present(MODELS) for name in entry.names
    }
    listed = {(relation, column) for relation, column, _ in registry.not_calibrated(MODELS)}
    likely = set(registry.likely(MODELS))

    assert likely - {(entry, name) for entry, name in calibrated} == listed
    assert ("correlations", "permutation_p") in calibrated
    assert ("mask_histograms", "low") in listed


def test_a_new_column_is_listed_by_itself() -> None:
    [model] = [model for model in MODELS if model.name == "reliability"]
    header = model.header.model_copy(
        update={"columns": model.header.columns | {"new_p": None, "new_low": None, "n_q": None}}
    )
    found = registry.not_calibrated([model.model_copy(update={"header": header})])

    assert found == [
        ("reliability", name, registry.NO_TRUTH) for name in ("new_p", "new_low", "n_q")
    ]


@pytest.mark.parametrize(
    ("name", "is_likely"),
    [
        ("p", True),
        ("spearman_q_instrument", True),
        ("pearson_bonferroni", True),
        ("permutation_p_alone", True),
        ("icc_ak_high", True),
        ("participants", False),
        ("upper_to_lower", False),
        ("below_p_share", False),
    ],
)
def test_columns_are_known_by_their_names(name: str, is_likely: bool) -> None:
    assert bool(registry.LIKELY.match(name)) == is_likely


def test_entries_lose_columns_that_are_not_there() -> None:
    """Every entry that is left reads columns that its relation has."""
    columns = {model.relation: set(model.header.columns) for model in MODELS}
    entries = list(registry.present(MODELS))
    for entry in entries:
        assert set(entry.names) <= columns[entry.relation], entry
        if isinstance(entry, Interval) and isinstance(entry.truth, str):
            assert {entry.estimate(stem) for stem in entry.stems} <= columns[entry.relation], entry
        if isinstance(entry, PValues) and entry.family:
            assert set(entry.family) <= columns[entry.relation], entry
    assert len(entries) > 20


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (PValues("made", ("t_p",)), (2, 5)),
        (PValues("made", ("t_p",), where="number > 1"), (1, 3)),
        (PValues("made", ("t_p",), ("family",)), (2, 2)),
        (PValues("made", ("t_p",), ("number",)), (2, 3)),
        (PValues("made", ("t_p",), ()), (1, 1)),
        (PValues("made", ("t_p",), (), where="number = 3"), (0, 1)),
        (Interval("made", ("r",)), (3, 5)),
        (Level("made", ("r",)), (1.5, 5)),
    ],
)
def test_counts_by_hand(
    connection: duckdb.DuckDBPyConnection,
    monkeypatch: pytest.MonkeyPatch,
    entry: registry.Entry,
    expected: tuple[float, float],
) -> None:
    monkeypatch.setattr(counting, "present", lambda _: [entry])

    [count] = counting.counts(connection, (), "null", {})

    assert (count.hits, count.of) == pytest.approx(expected)
    assert counting.counts(connection, (), "planted", {}) == []


def test_intervals_are_asked_for_the_truth_of_a_large_cohort(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = Interval("made", ("r",), "r", ("planted",))
    truth = pl.DataFrame(
        {"family": ["a", "a", "b", "b"], "number": [1, 2, 1, 9], "truth": [-0.7, None, 0.3, 0.0]}
    )
    monkeypatch.setattr(counting, "present", lambda _: [entry])

    [count] = counting.counts(connection, (), "planted", {("made", "r"): truth})

    assert (count.hits, count.of) == (1, 2)


def test_rates_have_the_error_of_cohorts() -> None:
    alone, family = PValues("made", ("t_p",)), PValues("made", ("t_p",), ("family",))
    shares = (0.0, 0.1, 0.2, 0.1)
    found = [
        (20, [counting.Count(alone, "t_p", 10 * share, 10), counting.Count(family, "t_p", 0, 2)])
        for share in shares
    ]
    by_place = tables.rates(found)

    assert by_place[alone, "t_p", 20] == (
        pytest.approx(0.1),
        pytest.approx(stats.sem(shares)),
        4,
    )
    # No finding in eight families is no proof that there never is one.
    assert by_place[family, "t_p", 20].error == pytest.approx(math.sqrt(0.05 * 0.95 / 8))


def test_a_column_without_a_test_has_no_rate() -> None:
    entry = PValues("made", ("t_p",))
    assert tables.rates([(20, [counting.Count(entry, "t_p", 0, 0)])]) == {}


def test_the_truths_own_error_is_known() -> None:
    rng = np.random.default_rng(2)
    small, large = (
        rng.normal(size=200_000) / math.sqrt(50),
        rng.normal(size=200_000) / math.sqrt(200),
    )
    held = np.abs(small - large) < stats.norm.ppf(0.975) / math.sqrt(50)

    assert tables.expected_coverage(50, 200) == pytest.approx(held.mean(), abs=0.002)
    assert tables.expected_coverage(50, 10**9) == pytest.approx(0.95, abs=1e-6)


def test_tables_take_their_places() -> None:
    text = "before\n<!-- one: made by x.py -->\nold\n<!-- end -->\nafter\n"

    found = page.with_tables(text, {"one": ["| a |", r"| \1 |"]})

    assert page.table_in(found, "one") == ["| a |", r"| \1 |"]
    assert found.startswith("before\n")
    assert found.endswith("<!-- end -->\nafter\n")
    assert page.with_tables(found, {"one": ["| a |", r"| \1 |"]}) == found
    with pytest.raises(ValueError, match="0 places for the table two"):
        page.with_tables(text, {"two": []})


def test_the_page_has_a_place_for_every_table() -> None:
    names = [*MADE, "left", *(f"{kind}_intervals" for kind in cohorts.KINDS)]
    names += [f"{kind}_tests" for kind in registry.NOTHING]
    for name in names:
        assert len(page.table_in(PAGE, name)) > 2, name


@pytest.mark.slow
def test_features_and_scores_are_skewed_as_the_studys() -> None:
    skewness = [
        stats.skew(families.cohort(seed, 0.0)[0], nan_policy="omit", bias=False)
        for seed in range(10)
    ]
    assert np.median(skewness) == pytest.approx(1.65, abs=0.2)
    _, scores = families.cohort(0, 0.0, participants=20_000)
    floors = np.mean(scores == 0, axis=0)
    assert floors == pytest.approx([0.045, 0.071, 0.003, 0.006, 0.016, 0.078], abs=0.01)


@pytest.mark.slow
def test_a_cohort_is_built_and_counted(tmp_path: Path) -> None:
    plan = cohorts.Cohort("planted", 12, 1, 9)
    with cohorts.built(replace(plan, seed=2), WarehousePaths(tmp_path / "large")) as connection:
        truths = counting.truths_of(connection, MODELS)
    with cohorts.built(plan, WarehousePaths(tmp_path / "small")) as connection:
        found = counting.counts(connection, MODELS, "planted", truths)
        nothing = counting.counts(connection, MODELS, "null", truths)

    for count in (*found, *nothing):
        assert count.of > 0, count
    assert {count.entry.relation for count in found} >= {"reliability", "smile_coactivation"}
    # Nobody has a covariate of the absent taken for a participant's.
    assert {count.entry.relation for count in nothing} >= {"correlations", "partial_correlations"}
