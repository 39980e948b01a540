from tests.sql.support import RunModel, table


def test_pav_points_lie_where_the_mean_neutral_of_both_conditions_has_them(
    run_model: RunModel,
) -> None:
    expressions = table("expression code", ("neutral", "00"), ("happiness", "05"))
    means = table(
        "expression supervised point x y",
        ("neutral", False, 0, 10.0, 100.0),
        ("neutral", True, 0, 20.0, 300.0),
        ("neutral", False, 1, 1.0, 2.0),
        ("neutral", False, 2, 5.0, 5.0),
        ("happiness", False, 0, 999.0, 999.0),
    )

    rows = run_model(
        "pav_clusters",
        expressions=expressions,
        mean_masks=means,
        points_above_average=table("point", (0,), (1,)),
    )

    assert rows == [(0, 15.0, 200.0), (1, 1.0, 2.0)]
