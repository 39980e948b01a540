import duckdb
import pytest
from sklearn.metrics import silhouette_score

from lakehouse.paths import WarehousePaths
from tests.sql.support import RunModel, table


def test_distances_of_every_mask_and_places_of_neutral_ones(run_model: RunModel) -> None:
    rows = run_model(
        "cluster_choice",
        "person, mask_number, point, distance, x, y",
        cells=table(
            "cell_index participant mask",
            (1, "010", "00-00"),
            (2, "010", "05-00"),
            (3, "002", "00-00"),
            (4, "002", "00-01"),
        ),
        mask_labels=table(
            "mask expression", ("00-00", "calm"), ("00-01", "calm"), ("05-00", "happiness")
        ),
        expressions=table("expression code", ("calm", "00"), ("happiness", "05")),
        analysed_distances=table("cell_index point distance", (2, 7, 1.5), (4, 7, None)),
        cell_points=table(
            "cell_index point x y",
            (1, 7, 10.0, 20.0),
            (1, 468, 0.0, 0.0),
            (2, 7, 99.0, 99.0),
            (4, 7, 30.0, 40.0),
        ),
    )

    assert rows == [
        (1, 2, 7, None, 30.0, 40.0),
        (1, 2, 7, None, None, None),
        (2, 1, 7, None, 10.0, 20.0),
        (2, 3, 7, 1.5, None, None),
    ]


def test_where_nobody_has_a_neutral_face_everybody_has_the_one_that_stands_for_it(
    run_model: RunModel,
) -> None:
    rows = run_model(
        "cluster_choice",
        "person, mask_number, point, distance, x, y",
        cells=table(
            "cell_index participant mask", (1, "a", "05-00"), (2, "b", "05-00"), (3, "c", "05-00")
        ),
        mask_labels=table("mask expression", ("05-00", "happiness")),
        expressions=table("expression code", ("happiness", "05")),
        # The third is excluded: it has a cell, but no distances.
        analysed_distances=table("cell_index point distance", (1, 0, 1.5), (2, 0, 2.5)),
        reference_faces=table(
            "neutral_index point x y", (0, 0, 10.0, 20.0), (0, 468, 0.0, 0.0), (9, 0, 0.0, 0.0)
        ),
    )

    assert rows == [
        (1, 0, 0, None, 10.0, 20.0),
        (1, 1, 0, 1.5, None, None),
        (2, 0, 0, None, 10.0, 20.0),
        (2, 1, 0, 2.5, None, None),
    ]


def test_the_number_in_use_is_judged_by_the_groups_in_use(small_warehouse: WarehousePaths) -> None:
    with duckdb.connect(str(small_warehouse.database), read_only=True) as connection:
        [found] = connection.execute(
            "select k, points, silhouette from cluster_choice where chosen"
        ).fetchall()
        points = connection.sql("select x, y, group_id from pav_clusters").pl()

    silhouette = silhouette_score(points.select("x", "y").to_numpy(), points["group_id"])
    assert found == (6, len(points), pytest.approx(silhouette))
