"""Relations made by a step a batch at a time."""

from collections.abc import Iterable, Iterator

import duckdb
import polars as pl
import pytest

from lakehouse.settings import Settings
from lakehouse.warehouse.batches import create_in_batches, load_batch_steps
from lakehouse.warehouse.models import Model, ModelHeader, load_models

MODEL = Model(
    name="made",
    folder="any",
    header=ModelHeader(
        row="a number", key=["a"], materialized="table", columns={"a": ("1", "a number")}
    ),
    query="select part, a from numbers",
)


@pytest.fixture(name="connection")
def connected() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create table numbers (part integer, a integer)")
        yield connection


def test_a_step_gets_each_batch_once_and_its_results_are_put_together(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute("insert into numbers values (7, 1), (2, 10), (7, 2), (2, 20), (3, 5)")
    seen: list[list[int]] = []

    def sums(batches: Iterable[pl.DataFrame], settings: Settings) -> Iterator[pl.DataFrame]:
        for batch in batches:
            seen.append(sorted(batch["a"].to_list()))
            yield batch.select(pl.col("a").sum().cast(pl.Int32))

    create_in_batches(connection, MODEL, "part", sums, Settings())

    assert seen == [[10, 20], [5], [1, 2]]
    assert connection.execute("select a from made order by a").fetchall() == [(3,), (5,), (30,)]


def test_a_step_may_give_one_table_for_all_batches(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("insert into numbers values (1, 1), (2, 10)")

    create_in_batches(
        connection, MODEL, "part", lambda batches, _: [pl.concat(batches).select("a")], Settings()
    )

    assert connection.execute("select a from made order by a").fetchall() == [(1,), (10,)]


def test_without_rows_there_is_one_empty_batch_and_a_typed_table(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    create_in_batches(connection, MODEL, "part", lambda batches, _: batches, Settings())

    assert connection.execute("select * from made").fetchall() == []
    assert connection.execute("describe made").fetchall()[0][:2] == ("part", "INTEGER")


def test_every_batch_step_that_headers_name_is_there() -> None:
    named = {model.header.step for model in load_models() if model.header.batch is not None}

    assert named == load_batch_steps().keys()
