from tests.sql.support import RunModel, table

PHOTOS = table(
    "photo_index participant yaw pitch roll",
    (1, "a", -10.0, -4.0, 2.0),
    (2, "a", 20.0, 1.0, -1.0),
    (3, "a", 90.0, 90.0, 90.0),
    (4, "b", None, None, None),
)
VERDICTS = table("photo_index usable", (1, True), (2, True), (3, False), (4, True))


def test_the_file_and_the_poses_of_usable_photographs_stand_together(run_model: RunModel) -> None:
    covariates = table(
        "participant covariate value category", ("a", "age", 30.0, None), ("b", "sex", None, "f")
    )

    rows = run_model(
        "covariates", source_covariates=covariates, photos=PHOTOS, photo_verdicts=VERDICTS
    )

    assert rows == [
        ("a", "age", 30.0, None),
        ("a", "pitch", -1.5, None),
        ("a", "roll", 1.5, None),
        ("a", "yaw", 15.0, None),
        ("b", "sex", None, "f"),
    ]
