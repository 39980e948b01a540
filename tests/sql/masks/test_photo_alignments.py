import pytest

from tests.sql.masks.faces import METHODS, SIMILARITY_COLUMNS
from tests.sql.support import RunModel, settings_row, table

SIMILARITIES = table(
    SIMILARITY_COLUMNS,
    *((4, 9, method, 0.5, size, 1.0, 2.0, 3.0, 4.0, None) for size, method in enumerate(METHODS)),
)


@pytest.mark.parametrize(("size", "method"), list(enumerate(METHODS)))
def test_the_setting_chooses_the_method(run_model: RunModel, size: int, method: str) -> None:
    rows = run_model(
        "photo_alignments",
        settings=settings_row(alignment_method=method),
        photo_similarities=SIMILARITIES,
        compared_cells=table("cell_index neutral_index", (9, 5)),
    )

    assert rows == [(4, 9, 5, 0.5, size, 1.0, 2.0, 3.0, 4.0, None)]


def test_the_reference_and_who_has_none_keep_their_own_cell(run_model: RunModel) -> None:
    rows = run_model(
        "photo_alignments",
        "photo_index, cell_index, neutral_index",
        photo_similarities=table(
            "photo_index cell_index method", (1, 5, "paper"), (2, 9, "paper"), (3, 11, "paper")
        ),
        compared_cells=table("cell_index neutral_index", (9, 5)),
    )

    assert rows == [(1, 5, 5), (2, 9, 5), (3, 11, 11)]


def test_who_is_compared_with_a_face_of_others_is_in_no_batch_of_all(run_model: RunModel) -> None:
    rows = run_model(
        "photo_alignments",
        "photo_index, cell_index, neutral_index",
        photo_similarities=table(
            "photo_index cell_index method", (1, 5, "paper"), (2, 9, "paper"), (3, 9, "paper")
        ),
        compared_cells=table("cell_index neutral_index", (5, 0), (9, 0)),
    )

    assert rows == [(1, 5, 5), (2, 9, 9), (3, 9, 9)]
