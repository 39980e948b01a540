from pathlib import Path

import duckdb
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.warehouse.making.empty import types_of_videos
from lakehouse.warehouse.models import load_models
from lakehouse.warehouse.sources import register_lake
from tests.types_of_videos import filmed, types_of

MODELS = load_models()
OF_VIDEOS = [model for model in MODELS if model.header.videos]


@pytest.mark.slow
def test_the_types_are_those_that_the_queries_give(tmp_path: Path) -> None:
    found = types_of(filmed(tmp_path / "warehouse"))
    assert found == types_of_videos(), "run `python -m tests.types_of_videos`"
    assert [list(columns) for columns in found.values()] == [
        list(types_of_videos()[name]) for name in found
    ]


@pytest.mark.slow
def test_where_there_are_no_videos_their_queries_find_nothing(
    small_warehouse: WarehousePaths,
) -> None:
    with duckdb.connect(small_warehouse.database, read_only=True) as connection:
        register_lake(connection, small_warehouse)
        for model in OF_VIDEOS:
            rows = connection.sql(model.query)
            assert rows.fetchall() == [], model.name
            types = dict(zip(rows.columns, map(str, rows.types), strict=True))
            assert types == types_of_videos()[model.relation]


def test_whatever_is_about_videos_alone_says_so(small_warehouse: WarehousePaths) -> None:
    with duckdb.connect(small_warehouse.database, read_only=True) as connection:
        empty = {
            model.name
            for model in MODELS
            if (model.folder == "dynamics" or model.name in {"videos", "frames"})
            and model.header.materialized == "table"
            and not connection.execute(f"select 1 from {model.relation} limit 1").fetchall()
        }
    assert empty == {model.name for model in OF_VIDEOS} != set()


def test_what_says_so_is_a_table() -> None:
    """Views cost nothing, and other queries hold those of the ephemeral ones."""
    assert {model.header.materialized for model in OF_VIDEOS} == {"table"}
