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
    )

    assert rows == [(4, 9, 0.5, size, 1.0, 2.0, 3.0, 4.0, None)]
