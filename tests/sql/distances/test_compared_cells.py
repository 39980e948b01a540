from typing import Any

import pytest

from tests.sql.support import RunModel, settings_row, table

LABELS = table("mask is_reference", ("00-00", True), ("00-01", False), ("05-00", False))
CELLS = table(
    "cell_index participant mask usable_photos",
    (1, "a", "00-00", 3),
    (2, "a", "00-01", 3),
    (3, "a", "05-00", 3),
    (4, "b", "05-00", 3),
    (5, "b", "00-00", 1),
    (6, "c", "05-00", 3),
    (7, "d", "00-00", 0),
    (8, "d", "05-00", 3),
)
OWN = [(2, 1, "own"), (3, 1, "own"), (4, 5, "own")]


def compared(run_model: RunModel, reference: str) -> list[tuple[Any, ...]]:
    settings = settings_row(reference_face=reference)
    return run_model("compared_cells", mask_labels=LABELS, cells=CELLS, settings=settings)


def test_every_mask_is_compared_with_the_same_participants_reference(run_model: RunModel) -> None:
    # What cannot be used excludes its participant.
    assert compared(run_model, "own") == [*OWN, (8, 7, "own")]


@pytest.mark.parametrize("reference", ["mean", "canonical"])
def test_who_has_no_usable_neutral_face_is_compared_with_another(
    run_model: RunModel, reference: str
) -> None:
    assert compared(run_model, reference) == [*OWN, (6, 0, reference), (8, 0, reference)]
