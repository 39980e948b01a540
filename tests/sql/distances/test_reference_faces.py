from typing import Any

import pytest

from tests.sql.support import RunModel, settings_row, table

GIVEN: dict[str, Any] = {
    "mask_labels": table("mask is_reference", ("00-00", True), ("05-00", False)),
    "cells": table("cell_index mask", (1, "00-00"), (2, "05-00"), (3, "00-00"), (4, "05-00")),
    "cell_points": table(
        "cell_index point x y z",
        (1, 0, 1.0, 2.0, 3.0),
        (2, 0, 9.0, 9.0, 9.0),
        (3, 477, 3.0, 4.0, None),
    ),
    "mean_masks": table(
        "mask point x y z", ("00-00", 0, 2.0, 3.0, 3.0), ("05-00", 0, 9.0, 9.0, 9.0)
    ),
    "canonical_face": table("point x y z", (0, 1250.0, 25.0, 0.0)),
}
OWN = [(1, 0, 1.0, 2.0, 3.0), (3, 477, 3.0, 4.0, None)]


@pytest.mark.parametrize(
    ("reference", "rest"),
    [
        ("own", []),
        ("mean", [(0, 0, 2.0, 3.0, 3.0)]),
        ("canonical", [(0, 0, 1250.0, 25.0, 0.0)]),
    ],
)
def test_own_neutral_faces_and_the_one_of_the_rest(
    run_model: RunModel, reference: str, rest: list[tuple[Any, ...]]
) -> None:
    rows = run_model("reference_faces", settings=settings_row(reference_face=reference), **GIVEN)

    assert rows == rest + OWN


def test_where_nobody_has_a_neutral_face_there_is_no_mean(run_model: RunModel) -> None:
    labels = GIVEN["mask_labels"]

    rows = run_model(
        "reference_faces", settings=settings_row(reference_face="mean"), mask_labels=labels
    )

    assert rows == []
