from tests.sql.support import RunModel, table

FOUND = table(
    "face_kind face_index measure value neutral_value change",
    ("mask", 2, "opening", 5.0, 2.0, 3.0),
    ("photo", 2, "opening", 6.0, 2.5, 3.5),
    ("photo", 3, "opening", 7.0, None, None),
    ("reference", 2, "opening", 2.0, None, None),
)
CELLS = table(
    "cell_index participant expression supervised mask",
    (2, "007", "surprise", False, "07-00"),
    (3, "007", "neutral", False, "00-00"),
)


def test_measures_are_those_of_masks_by_name(run_model: RunModel) -> None:
    rows = run_model("measures", face_measures=FOUND, cells=CELLS)

    assert rows == [("007", "surprise", False, "07-00", "opening", 5.0, 2.0, 3.0)]


def test_photo_measures_are_those_of_photographs_by_name(run_model: RunModel) -> None:
    rows = run_model(
        "photo_measures",
        face_measures=FOUND,
        cells=CELLS,
        photos=table(
            "photo_index participant expression supervised photo",
            (2, "007", "surprise", False, "a"),
            (3, "007", "neutral", False, "b"),
        ),
        photo_alignments=table("photo_index cell_index", (2, 2), (3, 3)),
        photo_pairs=table("photo_index cell_index neutral_photo_index place", (2, 2, 3, 1)),
    )

    assert rows == [
        ("007", "neutral", False, "00-00", "b", "opening", None, 7.0, None, None),
        ("007", "surprise", False, "07-00", "a", "opening", 1, 6.0, 2.5, 3.5),
    ]
