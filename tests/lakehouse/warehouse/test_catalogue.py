from collections.abc import Iterator

import duckdb
import polars as pl
import pytest

from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.catalogue import about, described, macros, relations
from lakehouse.warehouse.connection import open_read_only
from lakehouse.warehouse.models import load_models


@pytest.fixture
def connection(small_warehouse: WarehousePaths) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_read_only(small_warehouse) as connection:
        yield connection


def test_relations_are_listed_by_name_with_their_rows(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    listed = relations(connection)

    assert listed["name"].to_list() == sorted(model.relation for model in load_models())
    rows = {row["name"]: row for row in listed.to_dicts()}
    assert rows["photos"] == {
        "name": "photos",
        "kind": "table",
        "rows": 61,
        "key": "participant, expression, supervised, photo",
        "description": "A row is a photograph that was found, whatever happened to it.",
    }
    assert (rows["masks"]["kind"], rows["masks"]["rows"]) == ("view", 7648)
    assert rows["internal.cells"]["key"] == "participant, expression, supervised"


@pytest.mark.parametrize("name", ["scores", "masks", "internal.cells"])
def test_a_relation_is_described_by_its_columns_in_order(
    connection: duckdb.DuckDBPyConnection, name: str
) -> None:
    [model] = [model for model in load_models() if model.relation == name]

    found = described(connection, name)

    assert found.description.startswith(f"A row is {model.header.row}.")
    assert "Key:" not in found.description
    assert found.key == tuple(model.header.key)
    columns = found.columns
    assert columns.columns == ["column", "type", "unit", "description"]
    assert {row["column"]: (row["unit"], row["description"]) for row in columns.to_dicts()} == (
        model.header.columns
    )
    assert columns["column"].to_list() == list(model.header.columns)
    assert columns.filter(pl.col("column") == "participant")["type"].item() == "VARCHAR"


@pytest.mark.parametrize("name", ["distance_between", "distance_between(61, 291)"])
def test_a_macro_is_described_by_its_parameters(
    connection: duckdb.DuckDBPyConnection, name: str
) -> None:
    found = described(connection, name)

    assert (found.name, found.kind, found.rows) == ("distance_between", "macro", None)
    assert found.call == "distance_between(point_a, point_b)"
    assert found.description.startswith("Gives for every mask the distance between two points")
    assert "point_a" not in found.description
    assert found.example is not None
    assert found.example.startswith("select * from distance_between(61, 291)")
    assert found.columns.rows() == [
        ("point_a", None, "id", "0-477"),
        ("point_b", None, "id", "0-477"),
    ]


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("maskes", "did you mean masks"),
        ("mean_mask", "did you mean mean_masks"),
        ("cells", "did you mean internal.cells?"),
        ("distance_betwen", "did you mean distance_between?"),
        ("xyzzy", "`lakehouse tables` lists them"),
        ("who's there", "`lakehouse tables` lists them"),
    ],
)
def test_an_unknown_relation_is_answered_with_near_names(
    connection: duckdb.DuckDBPyConnection, name: str, fix: str
) -> None:
    with pytest.raises(QueryError) as raised:
        described(connection, name)

    assert name in raised.value.what
    assert raised.value.fix is not None
    assert raised.value.fix.startswith(fix)


def test_macros_are_listed_as_they_are_called(connection: duckdb.DuckDBPyConnection) -> None:
    listed = macros(connection)

    calls = dict(zip(listed["name"], listed["call"], strict=True))
    assert calls["distance_between"] == "distance_between(point_a, point_b)"
    assert listed["name"].is_sorted()


@pytest.mark.slow
def test_what_is_about_something_is_found_by_name_comment_and_column(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    smiles = about(connection, "SMILE")
    names = smiles["name"].to_list()
    assert names[0].startswith("smile_")
    assert {"smile_coactivation", "smile_measures"} <= {*names}

    by_column = {row["name"]: row["columns"] for row in about(connection, "dy").to_dicts()}
    assert by_column["neutral_distances"].split(", ").count("dy") == 1
    # Every word must be there, wherever; what is internal comes after what people ask.
    both = about(connection, "yaw photograph")["name"].to_list()
    assert "photos" in both
    inner = [name.startswith("internal.") for name in about(connection, "cell_index")["name"]]
    assert inner == sorted(inner)
    assert "distance_between" in about(connection, "distance between points")["name"].to_list()
    assert about(connection, "unheard-of").is_empty()
