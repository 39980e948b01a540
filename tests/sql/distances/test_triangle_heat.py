from tests.sql.support import Row, RunModel, table

TRIANGLES = table("triangle point_a point_b point_c", (0, 1, 2, 3), (1, 2, 4, 3))


def averages(*rows: tuple[str, bool, str, int, float | None]) -> list[Row]:
    return table("expression supervised mask point mean_distance", *rows)


def test_a_triangle_has_the_mean_of_its_corners_in_each_mask(run_model: RunModel) -> None:
    given = averages(
        *(("happiness", False, "05-00", point, 2.0**point) for point in (1, 2, 3, 4)),
        *(("surprise", True, "07-01", point, 3.0 * point) for point in (1, 2, 3, 4)),
    )

    rows = run_model("triangle_heat", triangles=TRIANGLES, point_averages=given)

    assert rows == [
        ("happiness", False, "05-00", 0, 14 / 3),
        ("happiness", False, "05-00", 1, 28 / 3),
        ("surprise", True, "07-01", 0, 6.0),
        ("surprise", True, "07-01", 1, 9.0),
    ]


def test_the_condition_is_that_of_the_mask(run_model: RunModel) -> None:
    given = averages(
        *(("fear", cue, f"04-0{cue:d}", point, 1.0 + cue) for point in (1, 2, 3) for cue in (0, 1))
    )

    rows = run_model("triangle_heat", triangles=TRIANGLES[:1], point_averages=given)

    assert rows == [("fear", False, "04-00", 0, 1.0), ("fear", True, "04-01", 0, 2.0)]


def test_a_corner_without_a_distance_leaves_the_triangle_without(run_model: RunModel) -> None:
    given = averages(
        *(("happiness", False, "05-00", point, 6.0) for point in (2, 3, 4)),
        ("happiness", False, "05-00", 1, None),
    )

    rows = run_model(
        "triangle_heat", "triangle, mean_distance", triangles=TRIANGLES, point_averages=given
    )

    assert rows == [(0, None), (1, 6.0)]


def test_nobody_compared_means_no_heat(run_model: RunModel) -> None:
    assert run_model("triangle_heat", triangles=TRIANGLES) == []
