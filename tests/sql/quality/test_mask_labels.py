from tests.sql.support import RunModel, table

EXPRESSIONS = table("expression code", ("calm", "00"), ("happiness", "01"))
PHOTO = "photo_index expression supervised"


def test_the_reference_is_a_mask_even_without_any_photo(run_model: RunModel) -> None:
    assert run_model("mask_labels", expressions=EXPRESSIONS) == [("00-00", "calm", False, True)]


def test_masks_are_those_that_photos_show_each_once(run_model: RunModel) -> None:
    photos = table(
        PHOTO,
        (1, "happiness", True),
        (2, "happiness", True),
        (3, "calm", False),
        (4, "calm", True),
        (5, "sleepy", False),
    )
    verdicts = table(
        "photo_index mask", (1, "01-01"), (2, "01-01"), (3, "00-00"), (4, "00-01"), (5, None)
    )

    rows = run_model("mask_labels", photos=photos, photo_verdicts=verdicts, expressions=EXPRESSIONS)

    assert rows == [
        ("00-00", "calm", False, True),
        ("00-01", "calm", True, False),
        ("01-01", "happiness", True, False),
    ]


def test_a_mask_that_only_unusable_photos_show_is_a_mask_of_the_dataset(
    run_model: RunModel,
) -> None:
    photos = table(PHOTO, (1, "happiness", False))
    verdicts = table("photo_index mask usable", (1, "01-00", False))

    rows = run_model(
        "mask_labels", "mask", photos=photos, photo_verdicts=verdicts, expressions=EXPRESSIONS
    )

    assert rows == [("00-00",), ("01-00",)]
