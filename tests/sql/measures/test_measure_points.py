from tests.sql.support import RunModel, table

PARTS = table(
    "measure part place a b c",
    ("opening", "distance", 0, 13, 14, None),
    ("eye", "ratio", 0, 160, 144, None),
    ("eye", "over", 1, 33, 160, None),
    ("corner", "angle", 0, 61, 0, 291),
    ("brows", "movement", 0, 105, None, None),
    ("lopsided", "side_difference", 0, 61, None, None),
    ("lopsided", "side_difference", 1, 291, None, None),
    ("lopsided", "side_difference", 2, 0, None, None),
)
MIRRORS = table(
    "point mirrored_point side",
    (61, 291, "right"),
    (291, 61, "left"),
    *((point, point, "midline") for point in (0, 13, 14)),
    *((point, point + 200, "right") for point in (33, 105, 144, 160)),
    *((point + 200, point, "left") for point in (33, 105, 144, 160)),
)
MUSCLES = table(
    "muscle point", ("pull", 61), ("pull", 291), ("push", 0), ("push", 13), ("idle", 33)
)


def test_each_point_that_a_part_names_stands_once(run_model: RunModel) -> None:
    rows = run_model("measure_points", measure_parts=PARTS, mirror_points=MIRRORS)

    assert rows == [
        ("brows", 105, "right"),
        ("corner", 0, "midline"),
        ("corner", 61, "right"),
        ("corner", 291, "left"),
        *(("eye", point, "right") for point in (33, 144, 160)),
        ("lopsided", 0, "midline"),
        ("lopsided", 61, "right"),
        ("lopsided", 291, "left"),
        ("opening", 13, "midline"),
        ("opening", 14, "midline"),
    ]


def test_with_one_side_of_a_difference_goes_the_other(run_model: RunModel) -> None:
    one = table("measure part place a", ("lopsided", "side_difference", 0, 105))

    rows = run_model("measure_points", measure_parts=one, mirror_points=MIRRORS)

    assert rows == [("lopsided", 105, "right"), ("lopsided", 305, "left")]


def test_a_measure_of_a_muscle_has_the_muscles_points(run_model: RunModel) -> None:
    source = table("measure muscle", ("smile", "pull"), ("press", "push"), ("opening", None))

    rows = run_model(
        "measure_points", source_measures=source, muscles=MUSCLES, mirror_points=MIRRORS
    )

    assert rows == [
        ("press", 0, "midline"),
        ("press", 13, "midline"),
        ("smile", 61, "right"),
        ("smile", 291, "left"),
    ]
