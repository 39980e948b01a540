from tests.sql.support import RunModel, table

LABELS = table("mask is_reference", ("00-00", True), ("00-01", False), ("05-00", False))


def test_photographs_of_the_same_place_go_together(run_model: RunModel) -> None:
    cells = table(
        "cell_index participant mask",
        (1, "a", "00-00"),
        (2, "a", "00-01"),
        (3, "a", "05-00"),
        (4, "b", "00-00"),
        (5, "b", "05-00"),
        (6, "c", "05-00"),
    )
    # Numbers need not follow each other: an unusable photograph has none here.
    photos = table(
        "photo_index cell_index",
        *((11, 1), (13, 1), (14, 1)),
        *((22, 2), (21, 2)),
        *((31, 3), (32, 3), (33, 3), (34, 3)),
        *((41, 4), (51, 5), (52, 5)),
        (61, 6),
    )

    rows = run_model("photo_pairs", mask_labels=LABELS, cells=cells, photo_alignments=photos)

    assert rows == [
        (21, 2, 11, 1),
        (22, 2, 13, 2),
        (31, 3, 11, 1),
        (32, 3, 13, 2),
        (33, 3, 14, 3),
        (51, 5, 41, 1),
    ]
