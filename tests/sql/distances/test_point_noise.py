"""Movement beside what noise alone would show."""

import numpy as np
import pytest

from tests.sql.support import Row, RunModel, settings_row, table

LABELS = table("mask is_reference", ("00-00", True), ("00-01", False), ("05-00", False))
EXPRESSIONS = table("expression code", ("neutral", "00"), ("happiness", "05"))
AVERAGES = table(
    "mask expression supervised point mean_distance",
    ("00-01", "neutral", True, 3, 4.0),
    ("05-00", "happiness", False, 3, 12.0),
)
Photos = dict[str, dict[str, np.ndarray]]
"""Places of point 3 by participant and mask, shape (photos, 3) each."""


def given(faces: Photos) -> dict[str, list[Row]]:
    cells, photos, points = [], [], []
    for participant, masks in faces.items():
        for mask, places in masks.items():
            cell = len(cells) + 1
            cells.append((cell, participant, mask))
            for x, y, z in places.tolist():
                photo, depth = len(photos) + 1, None if np.isnan(z) else z
                photos.append((photo, cell, None if depth is None else 0.0))
                points.append((photo, cell, 3, x, y, depth))
    return {
        "cells": table("cell_index participant mask", *cells),
        "photo_alignments": table("photo_index cell_index offset_z", *photos),
        "aligned_points": table("photo_index cell_index point x y z", *points),
        "mask_labels": LABELS,
        "expressions": EXPRESSIONS,
        "point_averages": AVERAGES,
    }


def noise_of(
    run_model: RunModel, faces: Photos, *, dimensions: int = 2, mask: str = "05-00"
) -> tuple[float | None, int]:
    rows = run_model(
        "point_noise",
        "mask, point, noise_distance, participants",
        settings=settings_row(distance_dimensions=dimensions),
        **given(faces),
    )
    [found] = [row for row in rows if row[0] == mask]
    assert found[1] == 3
    return found[2], found[3]


def at(*places: tuple[float, ...]) -> np.ndarray:
    return np.array([(*place, 0.0)[:3] for place in places])


def test_of_two_photographs_half_the_difference_is_noise(run_model: RunModel) -> None:
    faces = {"a": {"00-00": at((0, 0), (0, 2)), "05-00": at((50, 9), (56, 9))}}

    assert noise_of(run_model, faces) == (pytest.approx(np.hypot(3, 1)), 1)


def test_of_three_photographs_both_weighted_sums_count(run_model: RunModel) -> None:
    faces = {"a": {"00-00": at((7, 7), (7, 7), (7, 7)), "05-00": at((0, 0), (3, 0), (9, 0))}}

    # Weights √2/3 times cos and sin of 120°, 240° and 360°.
    cosine = np.sqrt(2) / 3 * (9 - 0.5 * (0 + 3))
    sine = np.sqrt(2) / 3 * np.sqrt(3) / 2 * (0 - 3)
    assert noise_of(run_model, faces) == (pytest.approx((abs(cosine) + abs(sine)) / 2), 1)


@pytest.mark.parametrize(
    ("of_neutral", "of_mask", "dimensions"), [(2, 2, 2), (2, 3, 2), (3, 3, 3), (4, 3, 2)]
)
def test_it_is_what_gaussian_noise_makes_of_a_face_that_does_not_move(
    run_model: RunModel, of_neutral: int, of_mask: int, dimensions: int
) -> None:
    random = np.random.default_rng(of_neutral * of_mask)
    spread = {"00-00": np.array([2.0, 1.0, 3.0]), "05-00": np.array([1.0, 3.0, 0.5])}
    number = {"00-00": of_neutral, "05-00": of_mask}
    faces = {
        str(who): {
            mask: random.normal(0, 300, 3) + random.normal(size=(number[mask], 3)) * spread[mask]
            for mask in spread
        }
        for who in range(800)
    }

    found, participants = noise_of(run_model, faces, dimensions=dimensions)

    # The expected length, by simulation of what the two means would be.
    sd = np.sqrt(sum(spread[mask] ** 2 / number[mask] for mask in spread))[:dimensions]
    expected = np.linalg.norm(random.normal(size=(200_000, dimensions)) * sd, axis=1).mean()
    assert participants == 800
    assert found == pytest.approx(expected, rel=0.05)


def test_noise_alike_in_all_directions_is_rayleighs(run_model: RunModel) -> None:
    random = np.random.default_rng(8)
    faces = {
        str(who): {mask: random.normal(size=(3, 3)) for mask in ("00-00", "05-00")}
        for who in range(800)
    }

    found, _ = noise_of(run_model, faces)

    assert found == pytest.approx(np.sqrt((1 / 3 + 1 / 3) * np.pi / 2), rel=0.05)


def test_irises_are_left_out(run_model: RunModel) -> None:
    tables = given({"a": {"00-00": at((0, 0), (0, 2)), "05-00": at((50, 9), (56, 9))}})
    tables["aligned_points"] = [{**row, "point": 468} for row in tables["aligned_points"]]
    tables["point_averages"] = [{**row, "point": 468} for row in AVERAGES]

    rows = run_model("point_noise", "noise_distance, participants", **tables)

    assert rows == [(None, 0)] * 2


def test_single_photographs_know_nothing_of_noise(run_model: RunModel) -> None:
    faces = {
        "a": {"00-00": at((0, 0), (0, 2)), "05-00": at((5, 5))},
        "b": {"00-00": at((0, 0)), "05-00": at((5, 5), (9, 9))},
    }
    rows = run_model("point_noise", "mask, participants, over_noise, reason", **given(faces))

    reason = "nobody has two photographs of the mask and of the neutral face"
    assert rows == [("00-01", 0, None, reason), ("05-00", 0, None, reason)]
    faces["c"] = {"00-00": at((0, 0), (0, 2)), "05-00": at((5, 5), (5, 5))}
    assert noise_of(run_model, faces) == (pytest.approx(1.0), 1)


def test_movement_is_held_against_noise_and_against_the_neutral_face_with_cue(
    run_model: RunModel,
) -> None:
    places = at((0, 0), (0, 2))
    faces = {"a": {"00-00": places, "00-01": places + 9, "05-00": 2 * places}}

    rows = run_model("point_noise", **given(faces))

    noises = {"00-01": 0.0, "05-00": 1.0}
    assert [row[:1] + row[2:] for row in rows] == [
        ("00-01", 1, 4.0, noises["00-01"], 4.0, None, 1.0, "the photographs do not differ here"),
        ("05-00", 1, 12.0, pytest.approx(noises["05-00"]), 4.0, pytest.approx(12.0), 3.0, None),
    ]


def test_depth_counts_where_the_settings_say_so_and_every_photograph_has_it(
    run_model: RunModel,
) -> None:
    deep = {"00-00": at((0, 0, 0), (0, 0, 8)), "05-00": at((3, 0, 0), (9, 0, 0))}
    flat = {"00-00": deep["00-00"], "05-00": at((0, 0, 0), (0, 0, np.nan))}
    faces = {"a": deep, "b": flat}

    assert noise_of(run_model, faces) == (pytest.approx(3 / 2), 2)
    assert noise_of(run_model, faces, dimensions=3) == (pytest.approx(5.0), 1)
    assert noise_of(run_model, {"b": flat}, dimensions=3) == (None, 0)
