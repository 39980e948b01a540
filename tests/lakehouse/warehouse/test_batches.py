"""Tables made in batches."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.batches import create_in_batches, fetch_in_batches
from lakehouse.warehouse.build import build
from lakehouse.warehouse.models import Batch, Extra, load_models
from lakehouse.warehouse.query import fetch
from tests.lean import LEAN
from tests.sql.support import write_lake

QUERY = "select cell, sum(value) as total from points group by cell"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """Eleven cells of three points, from -3 to 7."""
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as warehouse")
        connection.execute("use warehouse")
        connection.execute(
            "create table points as select range % 11 - 3 as cell, range as value from range(33)"
        )
        yield connection


def of_size(size: int) -> Batch:
    return Batch(relation="points", column="cell", size=size)


@pytest.mark.parametrize("size", [1, 4, 11, 1000])
def test_the_table_is_the_querys_whatever_the_size(
    connection: duckdb.DuckDBPyConnection, size: int
) -> None:
    create_in_batches(connection, "totals", QUERY, of_size(size), "warehouse")

    expected = connection.execute(f"{QUERY} order by all").fetchall()
    assert len(expected) == 11
    assert connection.execute("from totals order by all").fetchall() == expected


@pytest.mark.parametrize("size", [1, 4, 11, 1000])
def test_the_frames_are_the_querys_whatever_the_size(
    connection: duckdb.DuckDBPyConnection, size: int
) -> None:
    frames = [*fetch_in_batches(connection, QUERY, of_size(size), "warehouse")]

    assert len(frames) == -(-11 // size)
    expected = connection.sql(f"{QUERY} order by all").pl()
    assert pl.concat(frames).sort("cell").equals(expected)


def test_the_query_sees_a_batch_at_a_time(connection: duckdb.DuckDBPyConnection) -> None:
    counted = "select count(distinct cell) as cells from points"

    create_in_batches(connection, "seen", counted, of_size(4), "warehouse")

    assert connection.execute("from seen order by all").fetchall() == [(3,), (4,), (4,)]
    assert connection.execute("select count(*) from points").fetchall() == [(33,)]


def test_the_numbers_may_come_from_another_table(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create table numbers as select range - 3 as cell from range(8)")
    batch = of_size(4).model_copy(update={"numbers": "numbers"})
    counted = "select min(cell) as first, max(cell) as last from points"

    create_in_batches(connection, "seen", counted, batch, "warehouse")

    assert connection.execute("from seen order by all").fetchall() == [(-3, 0), (1, 4)]


def test_without_rows_there_is_an_empty_table(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("delete from points")

    create_in_batches(connection, "totals", QUERY, of_size(4), "warehouse")

    assert connection.execute("from totals").fetchall() == []


def test_without_rows_there_is_one_frame_with_the_columns(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute("delete from points")

    [frame] = fetch_in_batches(connection, QUERY, of_size(4), "warehouse")

    assert frame.is_empty()
    assert frame.columns == ["cell", "total"]


def test_models_without_a_step_group_by_their_batches_column() -> None:
    batched = {
        model.name: model.header.batch.column
        for model in load_models()
        if model.header.batch is not None and model.header.step is None
    }

    assert batched == {
        "analysed_distances": "cell_index",
        "cell_noise": "neutral_index",
        "cell_points": "cell_index",
        "cued_distances": "cell_index",
        "frame_alignments": "frame_index",
        "measured_landmarks": "cell_index",
        "neutral_points": "chunk_index",
        "part_motion": "chunk_index",
        "pav_motion": "chunk_index",
        "photo_anchors": "photo_index",
        "photo_group_distances": "neutral_index",
        "photo_movements": "neutral_index",
        "series_dynamics": "chunk_index",
        "still_centres": "chunk_index",
        "still_landmarks": "chunk_index",
    }


@pytest.mark.slow
def test_what_a_build_makes_does_not_depend_on_the_size(
    tmp_path: Path, small_warehouse: WarehousePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths, batched = WarehousePaths(tmp_path), []
    of_videos = {model.relation for model in load_models() if model.folder == "dynamics"}
    models = []
    for model in load_models():
        header = model.header
        if header.batch is not None:
            batched.append(model.relation)
            smallest = header.batch.model_copy(update={"size": 1})
            header = header.model_copy(update={"batch": smallest})
        models.append(model.model_copy(update={"header": header}))
    monkeypatch.setitem(build.__globals__, "load_models", lambda: tuple(models))
    write_lake(paths)

    build(paths, LEAN, extras=list(Extra))

    for name in batched:
        made, expected = (
            fetch(warehouse, f"from {name} order by all") for warehouse in (paths, small_warehouse)
        )
        # Without measures no landmark is measured, and without videos no frame.
        assert (len(made) > 0) == (name != "internal.measured_landmarks" and name not in of_videos)
        assert_frame_equal(made, expected)
