import numpy as np
import pytest

from tests.sql.support import Row, RunModel, alignments, photographed, settings_row, table

CELLS = table("cell_index participant expression supervised mask", (7, "a", "fear", True, "04-01"))
PAIRS = table("photo_index cell_index neutral_photo_index place", (21, 7, 11, 1), (22, 7, 12, 2))
GROUPS = table(
    "grouping group_id point",
    *(("kmeans6", 0, 3), ("kmeans6", 1, 4), ("kmeans6", 1, 5), ("kmeans6_eyes", 6, 3)),
)
PLACES = {
    11: [(0.0, 0.0, 0.0), (1.0, 1.0, 0.0), (2.0, 2.0, 0.0)],
    12: [(5.0, 5.0, 0.0), (6.0, 6.0, 0.0), (7.0, 7.0, 0.0)],
    21: [(3.0, 4.0, 12.0), (1.0, 1.0, 0.0), (2.0, 4.0, 0.0)],
    22: [(5.0, 5.0, 2.0), (6.0, 7.0, 0.0), (7.0, 12.0, 0.0)],
}


def points(*, flat: int | None = None) -> dict[str, list[Row]]:
    """Points 3, 4 and 5 of every photograph, and one that is in no group."""
    landmarks = table(
        "photo_index point x y z",
        *(
            (photo, 3 + at, x, y, None if photo == flat else z)
            for photo, places in PLACES.items()
            for at, (x, y, z) in enumerate([*places, (99.0 * photo, 0.0, 0.0)])
        ),
    )
    cells = alignments((11, 6), (12, 6), (21, 7), (22, 7), flat=[flat] if flat else [])
    return {"photo_alignments": cells, **photographed(landmarks)}


def distances(
    run_model: RunModel,
    columns: str = "place, grouping, group_id, mean_distance",
    **given: list[Row],
) -> list[tuple[object, ...]]:
    return run_model(
        "photo_group_distances", columns, cells=CELLS, photo_pairs=PAIRS, pav_groups=GROUPS, **given
    )


def test_each_photograph_is_held_against_its_own_neutral_one(run_model: RunModel) -> None:
    key_columns = "participant, expression, supervised, mask, grouping, group_id, place"
    rows = distances(run_model, f"{key_columns}, mean_distance", **points())

    key = ("a", "fear", True, "04-01")
    assert rows == [
        (*key, "kmeans6", 0, 1, 5.0),
        (*key, "kmeans6", 0, 2, 0.0),
        (*key, "kmeans6", 1, 1, 1.0),
        (*key, "kmeans6", 1, 2, 3.0),
        (*key, "kmeans6_eyes", 6, 1, 5.0),
        (*key, "kmeans6_eyes", 6, 2, 0.0),
    ]


@pytest.mark.parametrize("flat", [12, 22])
def test_depth_counts_where_the_settings_say_so(run_model: RunModel, flat: int) -> None:
    in_space = settings_row(distance_dimensions=3)

    deep = distances(run_model, **points(), settings=in_space)
    without = distances(run_model, **points(flat=flat), settings=in_space)

    assert deep[0] == (1, "kmeans6", 0, 13.0)
    assert [distance for place, *_, distance in without if place == 2] == [None] * 3
    assert [row for row in without if row[0] == 1] == [row for row in deep if row[0] == 1]
    assert distances(run_model, **points(flat=flat)) == distances(run_model, **points())


def test_each_photograph_is_aligned_by_its_own_similarity(run_model: RunModel) -> None:
    given = points()
    turned, *others = given["photo_alignments"]
    quarter = {"scaled_cos": 0.0, "scaled_sin": 2.0, "offset_x": 3.0, "offset_y": 0.0}
    given["photo_alignments"] = [*others, {**turned, **quarter}]

    rows = distances(run_model, **given)

    # Neutral photograph 11 lies at (3, 0) now, and its point 4 at (5, -2).
    assert rows[0] == (1, "kmeans6", 0, 4.0)
    assert rows[1][3] == pytest.approx((5 + np.hypot(5, 8)) / 2)
