"""What the methods beyond the paper's promise of aligned faces, kept and broken."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.build import build
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.models import load_checks
from tests.lean import lean
from tests.sql.support import write_lake

pytestmark = pytest.mark.slow

[CHECK] = [check for check in load_checks() if check.name == "faces_are_aligned"]
METHODS = ("neutral_scale", "procrustes")
OF = {
    "forehead": "the forehead lies at (1250, 25)",
    "eyes": "the eyes are level",
    "neutral": "the chin lies 1500 from the forehead, on average in neutral",
    "centre": "the basis has the centre of the canonical one",
    "fit": "the basis is turned and scaled as fits best",
    "there": "the basis is there",
}
NEUTRAL = "(select photo_index from internal.photo_verdicts where mask = '00-00')"
ALIGNMENTS = "update internal.photo_alignments set"
LARGER = "scaled_cos = scaled_cos * 1.00001, scaled_sin = scaled_sin * 1.00001"


@pytest.fixture(scope="module")
def warehouses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, WarehousePaths]:
    """The small lake, built by each method."""
    built = {}
    for method in METHODS:
        built[method] = WarehousePaths(tmp_path_factory.mktemp(method) / "warehouse")
        write_lake(built[method])
        build(built[method], lean(alignment={"method": method}))
    return built


@pytest.fixture
def spoilt(
    warehouses: dict[str, WarehousePaths], method: str
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A method's warehouse, to be spoilt for one test."""
    with duckdb.connect(warehouses[method].database) as connection:
        connection.execute("begin")
        yield connection
        connection.execute("rollback")


def broken(connection: duckdb.DuckDBPyConnection, change: str) -> set[Any]:
    [(changed,)] = connection.execute(change).fetchall()
    assert changed > 0
    return {row[4] for row in connection.execute(CHECK.query).fetchall()}


@pytest.mark.parametrize("method", METHODS)
def test_a_sound_warehouse_keeps_every_rule(
    warehouses: dict[str, WarehousePaths], method: str
) -> None:
    assert [one.name for one in run_checks(warehouses[method]) if not one.kept] == []


@pytest.mark.parametrize("method", ["neutral_scale"])
@pytest.mark.parametrize(
    ("change", "promises"),
    [
        (f"{ALIGNMENTS} offset_y = offset_y + 1e-5", ["forehead"]),
        (f"{ALIGNMENTS} scaled_sin = scaled_sin + 1e-5", ["forehead", "eyes", "neutral"]),
        (f"{ALIGNMENTS} {LARGER}", ["forehead", "neutral"]),
        (f"{ALIGNMENTS} {LARGER} where photo_index not in {NEUTRAL}", ["forehead"]),
        (f"{ALIGNMENTS} scaled_cos = null", ["forehead", "eyes", "neutral"]),
        ("delete from internal.photo_points where point = 362", ["eyes"]),
    ],
)
def test_neutral_scale_promises_the_forehead_level_eyes_and_a_neutral_height(
    spoilt: duckdb.DuckDBPyConnection, change: str, promises: list[str]
) -> None:
    assert broken(spoilt, change) == {OF[name] for name in promises}


@pytest.mark.parametrize("method", ["procrustes"])
@pytest.mark.parametrize(
    ("change", "promises"),
    [
        (f"{ALIGNMENTS} offset_y = offset_y + 1e-5", ["centre"]),
        (f"{ALIGNMENTS} scaled_sin = scaled_sin + 1e-5", ["centre", "fit"]),
        (f"{ALIGNMENTS} {LARGER}", ["centre", "fit"]),
        (f"{ALIGNMENTS} scaled_cos = null", ["centre", "fit"]),
        ("delete from internal.photo_points where point = 205", ["centre", "fit", "there"]),
        ("update procrustes_basis set weight = 0.9 where point = 4", ["centre", "fit"]),
    ],
)
def test_procrustes_promises_the_best_fit(
    spoilt: duckdb.DuckDBPyConnection, change: str, promises: list[str]
) -> None:
    assert broken(spoilt, change) == {OF[name] for name in promises}
