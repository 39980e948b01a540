import math

import pytest

from tests.sql.support import Row, RunModel, table

CELL = {"participant": "1", "expression": "fear", "supervised": False}


def photographed(included: bool = True, usable: bool = True) -> dict[str, list[Row]]:
    return {
        "photos": [{"photo_index": 4, **CELL}],
        "cells": [{"cell_index": 9, **CELL}, {"cell_index": 10, **CELL, "supervised": True}],
        "photo_verdicts": [{"photo_index": 4, "usable": usable}],
        "participants": [{"participant": "1", "included": included}],
    }


def points(*places: tuple[int, float, float, float | None]) -> list[Row]:
    return [{"photo_index": 4, **row} for row in table("point x y z", *places)]


# Forehead to chin is 500 (3-4-5), so the scale is 3; the eyes are a quarter turn from level.
QUARTER_TURN = points((10, 400, 300, 7), (152, 0, 0, 1), (133, 50, 60, 0), (362, 50, 90, 0))


def test_roll_and_scale_come_from_the_eyes_and_from_forehead_and_chin(
    run_model: RunModel,
) -> None:
    [row] = run_model("photo_alignments", photo_points=QUARTER_TURN, **photographed())

    assert row == pytest.approx((4, 9, 400, 300, 7, math.pi / 2, 3, 0, 3), abs=1e-12)


def test_depth_may_be_missing(run_model: RunModel) -> None:
    flat = [{**row, "z": None} for row in QUARTER_TURN]

    assert run_model(
        "photo_alignments", "forehead_z, scale", photo_points=flat, **photographed()
    ) == [(None, 3.0)]


@pytest.mark.parametrize("left_out", [{"included": False}, {"usable": False}])
def test_only_usable_photos_of_included_participants_are_aligned(
    run_model: RunModel, left_out: dict[str, bool]
) -> None:
    given = photographed(**left_out)

    assert run_model("photo_alignments", photo_points=QUARTER_TURN, **given) == []


def test_a_photo_without_landmarks_is_not_aligned(run_model: RunModel) -> None:
    assert run_model("photo_alignments", **photographed()) == []


def test_forehead_on_the_chin_gives_no_scale_and_no_error(run_model: RunModel) -> None:
    degenerate = points((10, 5, 5, 0), (152, 5, 5, 0), (133, 0, 0, 0), (362, 1, 0, 0))

    rows = run_model(
        "photo_alignments",
        "eye_roll, scale, scaled_cos, scaled_sin",
        photo_points=degenerate,
        **photographed(),
    )

    assert rows == [(0.0, None, None, None)]
