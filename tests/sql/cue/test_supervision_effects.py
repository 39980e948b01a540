from tests.sql.support import RunModel, table

EXPRESSIONS = table("expression code", ("neutral", "00"), ("happiness", "05"))


def test_every_group_but_those_of_the_neutral_face_is_compared(run_model: RunModel) -> None:
    groups = table(
        "participant expression supervised mask grouping group_id mean_distance",
        ("a", "happiness", True, "05-01", "kmeans6", 2, 1.5),
        ("a", "happiness", False, "05-00", "kmeans6", 2, None),
        ("a", "neutral", True, "00-01", "kmeans6", 2, 9.0),
    )

    rows = run_model("supervision_effects", expressions=EXPRESSIONS, group_distances=groups)

    assert rows == [
        ("kmeans6", "happiness", 2, "a", False, None),
        ("kmeans6", "happiness", 2, "a", True, 1.5),
    ]


def test_every_point_but_those_of_the_neutral_face_is_compared(run_model: RunModel) -> None:
    rows = run_model(
        "supervision_point_effects",
        expressions=EXPRESSIONS,
        cells=table(
            "cell_index participant expression supervised",
            (1, "a", "happiness", True),
            (2, "b", "happiness", False),
            (3, "a", "neutral", True),
        ),
        analysed_distances=table(
            "cell_index point distance", (1, 0, 1.5), (1, 467, 2.5), (2, 0, None), (3, 0, 9.0)
        ),
    )

    assert rows == [
        ("a", "happiness", True, 0, 1.5),
        ("a", "happiness", True, 467, 2.5),
        ("b", "happiness", False, 0, None),
    ]
