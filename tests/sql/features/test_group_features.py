from tests.sql.support import RunModel, table

MEASURES = {
    "measure_definitions": table("measure group_id", ("opening", 0), ("smile", 1)),
    "measures": table(
        "participant expression supervised mask measure change",
        ("a", "surprise", True, "07-01", "opening", 1.5),
        ("b", "surprise", True, "07-01", "opening", 2.5),
        ("a", "surprise", True, "07-01", "smile", None),
    ),
}


def test_a_measure_is_called_by_its_name_and_counted_in_its_own_grouping(
    run_model: RunModel,
) -> None:
    rows = run_model("group_features", **MEASURES)

    assert rows == [
        ("m07_01_opening", "surprise", True, "07-01", "measures", 0),
        ("m07_01_smile", "surprise", True, "07-01", "measures", 1),
    ]


def test_a_name_is_an_identifier_made_of_mask_and_group(run_model: RunModel) -> None:
    distances = table(
        "participant expression supervised mask grouping group_id mean_distance",
        ("a", "happiness", False, "05-00", "kmeans6", 2, 1.5),
        ("b", "happiness", False, "05-00", "kmeans6", 2, 2.5),
        ("a", "happiness", False, "05-00", "kmeans6_eyes", 2, 1.5),
        ("a", "surprise", True, "07-01", "kmeans12", 10, 9.5),
    )

    rows = run_model("group_features", group_distances=distances)

    assert rows == [
        ("m05_00_2", "happiness", False, "05-00", "kmeans6", 2),
        ("m05_00_2", "happiness", False, "05-00", "kmeans6_eyes", 2),
        ("m07_01_10", "surprise", True, "07-01", "kmeans12", 10),
    ]
    assert all(name.isidentifier() for name, *_ in rows)
