import polars as pl
import pytest

from lakehouse.steps.clusters.points import cluster_points


def test_points_keep_their_places_and_come_back_in_order() -> None:
    points = pl.DataFrame(
        {"point": [300, 5, 7], "x": [9.0, 1.0, 1.5], "y": [0.0, 0.0, 0.5]},
        schema={"point": pl.Int16, "x": pl.Float64, "y": pl.Float64},
    )

    found = cluster_points(points, k=2, seed=0, starts=10)

    assert found.rows() == [(5, 1.0, 0.0, 0), (7, 1.5, 0.5, 0), (300, 9.0, 0.0, 1)]


@pytest.mark.parametrize("count", [0, 1])
def test_clusters_are_typed_even_where_there_are_no_points(count: int) -> None:
    points = pl.DataFrame(
        {"point": [3], "x": [1.0], "y": [2.0]},
        schema={"point": pl.Int16, "x": pl.Float64, "y": pl.Float64},
    ).head(count)

    found = cluster_points(points, k=6, seed=0, starts=10)

    assert dict(found.schema) == {
        "point": pl.Int16,
        "x": pl.Float64,
        "y": pl.Float64,
        "group_id": pl.Int32,
    }
    assert len(found) == count
