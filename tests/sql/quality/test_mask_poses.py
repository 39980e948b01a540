from tests.sql.support import RunModel, table


def test_turns_to_either_side_are_alike_and_unusable_photographs_do_not_count(
    run_model: RunModel,
) -> None:
    photos = table(
        "photo_index participant yaw pitch roll",
        (1, "a", -10.0, -4.0, 2.0),
        (2, "a", 20.0, 1.0, -1.0),
        (3, "a", 90.0, 90.0, 90.0),
        (4, "a", 5.0, 5.0, 5.0),
        (5, "b", None, None, None),
    )
    verdicts = table(
        "photo_index mask usable",
        (1, "05-00", True),
        (2, "05-00", True),
        (3, "05-00", False),
        (4, "07-01", True),
        (5, "05-00", True),
    )

    assert run_model("mask_poses", photos=photos, photo_verdicts=verdicts) == [
        ("a", "05-00", 15.0, -1.5, 1.5, 2),
        ("a", "07-01", 5.0, 5.0, 5.0, 1),
        ("b", "05-00", None, None, None, 1),
    ]
