from tests.sql.support import RunModel, table


def test_pav_points_lie_where_the_neutral_face_has_them(run_model: RunModel) -> None:
    face = table("point x y", (0, 15.0, 200.0), (1, 1.0, 2.0), (2, 5.0, 5.0))

    rows = run_model(
        "pav_clusters", neutral_face=face, points_above_average=table("point", (0,), (1,))
    )

    assert rows == [(0, 15.0, 200.0), (1, 1.0, 2.0)]
