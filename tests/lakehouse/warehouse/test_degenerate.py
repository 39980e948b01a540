"""Statistics of studies that hardly are any: typed, nothing infinite, reasons for nulls."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from lakehouse.lake.schemas import SCORES
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic.cohort import write_cohort
from lakehouse.warehouse.build import build
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.models import Extra, load_models
from lakehouse.warehouse.query import fetch
from tests.once import Once

pytestmark = pytest.mark.slow

TYPES = {"INTEGER", "SMALLINT", "DOUBLE", "VARCHAR", "BOOLEAN"}
QUICK = {"permutations": 19, "bootstraps": 20}
MADE = [model for model in load_models() if model.header.extra in (None, Extra.STATISTICS)]


def edited(edit: str) -> Callable[[WarehousePaths], None]:
    """Change the stored scores by a SQL expression."""

    def change(paths: WarehousePaths) -> None:
        scores = pl.read_parquet(paths.scores).with_columns(
            pl.sql_expr(edit).cast(pl.Float64).alias("score")
        )
        pq.write_table(scores.to_arrow().cast(SCORES), paths.scores)

    return change


def without_scores(paths: WarehousePaths) -> None:
    paths.scores.unlink()


@dataclass(frozen=True)
class Study:
    """A made-up cohort, and what is wrong with it."""

    participants: int = 6
    dataset: dict[str, Any] = field(default_factory=dict)
    statistics: dict[str, Any] = field(default_factory=dict)
    change: Callable[[WarehousePaths], None] = lambda paths: None

    def built(self, folder: Path) -> WarehousePaths:
        paths = WarehousePaths(folder)
        statistics = {**QUICK, **self.statistics}
        chosen = Settings.model_validate(
            {"dataset": self.dataset, "statistics": statistics, "clusters": {"starts": 2}}
        )
        write_cohort(paths, chosen, participants=self.participants)
        self.change(paths)
        build(paths, chosen, extras=[Extra.STATISTICS])
        return paths


UNCUED = {"layout": "{expression}/{participant}/{photo}", "supervised": {"00": False}}
STUDIES = {
    "three participants": Study(3),
    "one participant": Study(1),
    "constant scores": Study(change=edited("7")),
    "one score known": Study(change=edited("case when participant = '0001' then score end")),
    "all scores missing": Study(change=edited("null")),
    "no scores": Study(change=without_scores),
    "one condition": Study(dataset=UNCUED),
    "neutral only": Study(dataset={**UNCUED, "expressions": {"00": "neutral"}}),
    "neutral only, cued too": Study(dataset={"expressions": {"00": "neutral"}}),
    "neutral and one": Study(
        dataset={**UNCUED, "expressions": {"00": "neutral", "05": "happiness"}}
    ),
    "no resamples": Study(statistics={"permutations": 0, "bootstraps": 0}),
}


Built = Callable[[str], WarehousePaths]


@pytest.fixture
def built(once: Once) -> Built:
    """Build a study once; not to be changed."""
    return lambda name: once(f"degenerate: {name}", STUDIES[name].built)


@pytest.fixture
def healthy(once: Once) -> WarehousePaths:
    return once("degenerate: healthy", Study(12).built)


MORE = {
    *("all scores missing", "one condition", "neutral only, cued too", "neutral and one"),
    "no resamples",
}


@pytest.fixture(
    params=[
        pytest.param(name, marks=pytest.mark.exhaustive if name in MORE else []) for name in STUDIES
    ]
)
def paths(request: pytest.FixtureRequest, built: Built) -> WarehousePaths:
    return built(str(request.param))


def columns(paths: WarehousePaths) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with duckdb.connect(str(paths.database), read_only=True) as connection:
        for relation, column, kind in connection.execute(
            "select case schema_name when 'main' then '' else schema_name || '.' end || "
            "table_name, column_name, data_type from duckdb_columns() where not internal"
        ).fetchall():
            found.setdefault(relation, {})[column] = kind
    return found


def test_relations_are_there_and_typed_as_ever(
    paths: WarehousePaths, healthy: WarehousePaths
) -> None:
    found, usual = columns(paths), columns(healthy)

    assert found.keys() == {model.relation for model in MADE}
    for model in MADE:
        assert set(found[model.relation].values()) <= TYPES, model.name
        if model.header.pivot is None:
            assert found[model.relation] == usual[model.relation], model.name


def test_no_number_is_infinite_or_none(paths: WarehousePaths) -> None:
    numbers = {
        relation: [f'"{column}"' for column, kind in kinds.items() if kind == "DOUBLE"]
        for relation, kinds in columns(paths).items()
    }
    with duckdb.connect(str(paths.database), read_only=True) as connection:
        for relation, named in numbers.items():
            if named:
                wrong = " or ".join(f"not isfinite({column})" for column in named)
                query = f"select count(*) from {relation} where {wrong}"
                assert connection.execute(query).fetchall() == [(0,)], relation


def test_what_is_usually_known_is_missing_only_with_a_reason(
    paths: WarehousePaths, healthy: WarehousePaths
) -> None:
    judged = [model for model in MADE if "reason" in model.header.columns]
    assert {"correlations", "cluster_choice"} <= {model.name for model in judged}
    for model in judged:
        usual = fetch(healthy, f"from {model.relation}")
        here = fetch(paths, f"from {model.relation} where reason is null")
        # A header may say itself when a column is null.
        known = [
            name
            for name, (_, meaning) in model.header.columns.items()
            if len(usual) and not usual[name].null_count() and "null" not in meaning
        ]
        missing = {name for name in known if here[name].null_count()}
        assert not missing, f"{model.name}: {missing}"


def test_every_rule_is_kept(paths: WarehousePaths) -> None:
    assert [check.name for check in run_checks(paths) if not check.kept] == []


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        (
            "constant scores",
            "select distinct reason from correlations",
            [("the score is the same for everybody",)],
        ),
        (
            "one score known",
            "select distinct reason, n from correlations",
            [("fewer than 3 participants have both", 1)],
        ),
        (
            "all scores missing",
            "select distinct reason, n from instrument_correlations",
            [("fewer than 3 participants have both", 0)],
        ),
        ("no scores", "select count(*) from correlations", [(0,)]),
        (
            "neutral only",
            "select (select count(*) from features), (select count(*) from cluster_choice), "
            "(select count(*) from mask_histograms)",
            [(0, 0, 0)],
        ),
        (
            "no resamples",
            "select distinct reason from cluster_choice",
            [("statistics.bootstraps is 0",)],
        ),
    ],
)
def test_reasons_are_the_right_ones(
    built: Built, name: str, query: str, expected: list[tuple[Any, ...]]
) -> None:
    assert fetch(built(name), query).rows() == expected
