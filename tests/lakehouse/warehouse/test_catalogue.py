from pathlib import Path

import polars as pl
import pytest

from lakehouse.errors import QueryError
from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.models import load_models
from tests.catalogue import described, macros, relations


def test_relations_are_listed_by_name_with_their_rows(small_warehouse: WarehousePaths) -> None:
    listed = relations(small_warehouse)

    assert listed["name"].to_list() == sorted(model.name for model in load_models())
    rows = {row["name"]: row for row in listed.to_dicts()}
    assert rows["photos"] == {
        "name": "photos",
        "kind": "table",
        "rows": 61,
        "key": "participant, expression, supervised, photo",
        "description": "A row is a photograph that was found, whatever happened to it.",
    }
    assert (rows["masks"]["kind"], rows["masks"]["rows"]) == ("view", 7648)


@pytest.mark.parametrize("name", ["scores", "masks"])
def test_a_relation_is_described_by_its_columns_in_order(
    small_warehouse: WarehousePaths, name: str
) -> None:
    [model] = [model for model in load_models() if model.name == name]

    found = described(small_warehouse, name)

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


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("maskes", "did you mean masks"),
        ("mean_mask", "did you mean mean_masks"),
        ("xyzzy", "`lakehouse tables` lists them"),
        ("who's there", "`lakehouse tables` lists them"),
    ],
)
def test_an_unknown_relation_is_answered_with_near_names(
    small_warehouse: WarehousePaths, name: str, fix: str
) -> None:
    with pytest.raises(QueryError) as raised:
        described(small_warehouse, name)

    assert name in raised.value.what
    assert raised.value.fix is not None
    assert raised.value.fix.startswith(fix)


def test_without_a_database_there_is_nothing_to_list(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no warehouse yet"):
        relations(WarehousePaths(tmp_path))
    with pytest.raises(QueryError, match="no warehouse yet"):
        described(WarehousePaths(tmp_path), "masks")


def test_macros_are_listed_as_they_are_called(small_warehouse: WarehousePaths) -> None:
    listed = macros(small_warehouse)

    calls = dict(zip(listed["name"], listed["call"], strict=True))
    assert calls["distance_between"] == "distance_between(point_a, point_b)"
    assert calls["side_differences"] == "side_differences()"
    assert listed["name"].is_sorted()
