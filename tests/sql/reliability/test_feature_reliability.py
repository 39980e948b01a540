import pytest

from tests.sql.support import RunModel, table

FEATURE = table(
    "feature expression supervised mask grouping group_id",
    ("m05_00_2", "happiness", False, "05-00", "kmeans6", 2),
)
HALVES = "grouping feature n photos split_half reliability bootstraps"
MOVEMENT = "grouping feature n incomplete photos icc_ck"
KEY = ("kmeans6", "m05_00_2")


@pytest.mark.parametrize(
    ("halves", "movement", "expected"),
    [
        (
            None,
            None,
            (None, 0, 0, "nobody has two photographs of the mask and of the neutral face"),
        ),
        (
            None,
            (9, 0, None, None),
            (None, 0, 9, "nobody has two photographs of the mask and of the neutral face"),
        ),
        (
            (2, 3, None, None),
            (2, 0, 3, 0.5),
            (3, 2, 2, "fewer than 3 participants have that many photographs"),
        ),
        ((9, 3, None, None), (9, 0, 3, None), (3, 9, 9, "the same for everybody")),
        ((9, 3, None, 0.1), (9, 0, 3, 0.0), (3, 9, 9, "halves of the photographs disagree")),
        ((9, 3, 0.7, 0.8), (9, 0, 3, None), (3, 9, 9, "movement does not differ")),
        ((9, 3, 0.7, 0.8), (12, 3, 3, 0.0), (3, 9, 12, None)),
    ],
)
def test_what_is_missing_has_its_reason(
    run_model: RunModel,
    halves: tuple[object, ...] | None,
    movement: tuple[object, ...] | None,
    expected: tuple[object, ...],
) -> None:
    [row] = run_model(
        "feature_reliability",
        "photos, n, movement_n, reason",
        group_features=FEATURE,
        split_halves=table(HALVES, (*KEY, *halves, 20)) if halves else [],
        movement_components=table(MOVEMENT, (*KEY, *movement)) if movement else [],
    )

    assert row == expected
