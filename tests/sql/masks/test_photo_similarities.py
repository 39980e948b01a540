from typing import Any

import pytest

from tests.sql.masks.faces import SIMILARITY_COLUMNS, listed, people
from tests.sql.support import Row, RunModel, table

ANCHORS = "photo_index forehead_x forehead_y forehead_z face_height eye_roll"
FITS = "centre_x centre_y centre_z fit_cos fit_sin"
# Its weighted centre is (1250, 600, -30).
BASIS = table(
    "point weight x y z",
    *((33, 1.0, 1000.0, 300.0, 0.0), (263, 3.0, 1250 + 250 / 3, 700.0, -40.0)),
)


def photo(index: int, height: float, **changed: Any) -> Row:
    names = f"{ANCHORS} {FITS}"
    [row] = table(names, (index, 100.0, 50.0, 6.0, height, 0.0, 110.0, 90.0, 4.0, 2.0, 0.0))
    return {**row, **changed}


def similar(run_model: RunModel, method: str, anchors: list[Row], **tables: Any) -> list[Row]:
    rows = run_model("photo_similarities", photo_anchors=anchors, procrustes_basis=BASIS, **tables)
    return [row for row in listed(rows, SIMILARITY_COLUMNS) if row["method"] == method]


def place(row: Row, x: float, y: float, z: float) -> tuple[float, float, float]:
    """Align a point of the photograph."""
    return (
        row["offset_x"] + row["scaled_cos"] * x + row["scaled_sin"] * y,
        row["offset_y"] - row["scaled_sin"] * x + row["scaled_cos"] * y,
        row["offset_z"] + row["scale"] * z,
    )


def test_the_paper_scales_each_photo_by_its_own_height(run_model: RunModel) -> None:
    anchors = [photo(1, 500.0), photo(2, 750.0, eye_roll=90.0)]

    level, turned = similar(run_model, "paper", anchors, **people([1], [2]))

    assert (level["cell_index"], level["roll"], level["scale"]) == (1, 0.0, 3.0)
    assert (turned["cell_index"], turned["roll"], turned["scale"]) == (2, 90.0, 2.0)
    for row in (level, turned):
        assert place(row, 100, 50, 6) == pytest.approx((1250, 25, 0), abs=1e-9)
    # Below the forehead stays below it, or was to its left before a quarter turn.
    assert place(level, 100, 550, 7) == pytest.approx((1250, 1525, 3))
    assert place(turned, 100 - 750, 50, 6) == pytest.approx((1250, 1525, 0))


def test_the_neutral_scale_is_the_same_for_all_photos_of_a_participant(run_model: RunModel) -> None:
    # Neutral heights of 400 and 600 px: 500 on average, so the scale is 3 everywhere.
    anchors = [photo(1, 400.0), photo(2, 600.0), photo(3, 777.0, eye_roll=90.0)]

    rows = similar(run_model, "neutral_scale", anchors, **people([1, 2], [3]))

    assert [row["scale"] for row in rows] == [3.0, 3.0, 3.0]
    assert [row["roll"] for row in rows] == [0.0, 0.0, 90.0]
    for row in rows:
        assert place(row, 100, 50, 6) == pytest.approx((1250, 25, 0), abs=1e-9)


def test_unusable_neutral_photos_do_not_count(run_model: RunModel) -> None:
    anchors = [photo(1, 400.0), photo(2, 500.0), photo(3, 777.0)]
    tables = people([1, 2], [3])
    tables["photo_verdicts"][0]["usable"] = False

    rows = similar(run_model, "neutral_scale", anchors, **tables)

    assert [(row["photo_index"], row["scale"]) for row in rows] == [(2, 3.0), (3, 3.0)]


def test_the_neutral_scale_is_each_participants_own(run_model: RunModel) -> None:
    anchors = [photo(1, 500.0), photo(2, 750.0)]
    here, there = people([1], []), people([2], [])
    for table_name in ("photos", "participants", "cells"):
        for row in there[table_name]:
            row["participant"] = "another"
    for row in there["cells"]:
        row["cell_index"] += 2
    both = {name: here[name] + there[name] for name in here if name != "mask_labels"}

    rows = similar(run_model, "neutral_scale", anchors, **both, mask_labels=here["mask_labels"])

    assert [(row["photo_index"], row["scale"]) for row in rows] == [(1, 3.0), (2, 2.0)]


def test_procrustes_takes_the_fit_and_brings_centre_to_centre(run_model: RunModel) -> None:
    anchors = [photo(1, 500.0), photo(2, 500.0, fit_cos=0.0, fit_sin=3.0)]

    level, turned = similar(run_model, "procrustes", anchors, **people([1], [2]))

    assert (level["scale"], level["roll"]) == pytest.approx((2, 0))
    assert (turned["scale"], turned["roll"]) == pytest.approx((3, 90.0))
    for row in (level, turned):
        assert place(row, 110, 90, 4) == pytest.approx((1250, 600, -30), abs=1e-9)
    assert place(level, 111, 90, 5) == pytest.approx((1252, 600, -28))


def test_depth_may_be_missing(run_model: RunModel) -> None:
    flat = [photo(1, 500.0, forehead_z=None, centre_z=None)]

    rows = run_model(
        "photo_similarities",
        "method, offset_x, offset_z",
        photo_anchors=flat,
        procrustes_basis=BASIS,
        **people([1], []),
    )

    assert rows == [
        ("neutral_scale", 950.0, None),
        ("paper", 950.0, None),
        ("procrustes", 1030.0, None),
    ]


@pytest.mark.parametrize("left_out", [{"included": False}, {"usable": False}])
def test_only_usable_photos_of_included_participants_are_aligned(
    run_model: RunModel, left_out: dict[str, bool]
) -> None:
    tables = people([1], [])
    tables["participants"][0]["included"] = left_out.get("included", True)
    tables["photo_verdicts"][0]["usable"] = left_out.get("usable", True)

    assert similar(run_model, "paper", [photo(1, 500.0)], **tables) == []
