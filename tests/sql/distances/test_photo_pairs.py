from tests.sql.support import RunModel, table


def test_photographs_of_the_same_place_go_together(run_model: RunModel) -> None:
    cells = table("cell_index neutral_index", (2, 1), (3, 1), (5, 4))
    # Numbers need not follow each other: an unusable photograph has none here.
    photos = table(
        "photo_index cell_index",
        *((11, 1), (13, 1), (14, 1)),
        *((22, 2), (21, 2)),
        *((31, 3), (32, 3), (33, 3), (34, 3)),
        *((41, 4), (51, 5), (52, 5)),
        (61, 6),
    )

    rows = run_model("photo_pairs", compared_cells=cells, photo_alignments=photos)

    assert rows == [
        (21, 2, 11, 1),
        (22, 2, 13, 2),
        (31, 3, 11, 1),
        (32, 3, 13, 2),
        (33, 3, 14, 3),
        (51, 5, 41, 1),
    ]
