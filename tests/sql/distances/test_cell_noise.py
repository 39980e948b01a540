"""What noise alone would show."""

import numpy as np
import pytest

from tests.sql.support import Row, RunModel, alignments, photographed, settings_row, table

Photos = dict[str, dict[str, np.ndarray]]
"""Places of point 3 by participant and mask, shape (photos, 3) each."""


def given(faces: Photos) -> dict[str, list[Row]]:
    compared, photos, landmarks, flat, cell = [], [], [], [], 0
    for masks in faces.values():
        for mask in ("00-00", "05-00"):
            cell += 1
            for place in masks[mask].tolist():
                photo = len(photos) + 1
                photos.append((photo, cell))
                if np.isnan(place[2]):
                    flat.append(photo)
                    place[2] = None
                landmarks.append((photo, 3, *place))
        compared.append((cell, cell - 1))
    return {
        "compared_cells": table("cell_index neutral_index", *compared),
        "photo_alignments": alignments(*photos, flat=flat),
        **photographed(table("photo_index point x y z", *landmarks)),
    }


def noises_of(
    run_model: RunModel, faces: Photos, *, dimensions: int = 2
) -> list[tuple[int, int, float | None, int]]:
    return run_model(
        "cell_noise", settings=settings_row(distance_dimensions=dimensions), **given(faces)
    )


def mean_noise(run_model: RunModel, faces: Photos, *, dimensions: int = 2) -> float:
    rows = noises_of(run_model, faces, dimensions=dimensions)
    assert len(rows) == len(faces)
    return float(np.mean([noise for _, _, noise, _ in rows]))


def at(*places: tuple[float, ...]) -> np.ndarray:
    return np.array([(*place, 0.0)[:3] for place in places])


def test_of_two_photographs_half_the_difference_is_noise(run_model: RunModel) -> None:
    faces = {"a": {"00-00": at((0, 0), (0, 2)), "05-00": at((50, 9), (56, 9))}}

    assert noises_of(run_model, faces) == [(2, 3, pytest.approx(np.hypot(3, 1)), 1)]


def test_of_three_photographs_both_weighted_sums_count(run_model: RunModel) -> None:
    faces = {"a": {"00-00": at((7, 7), (7, 7), (7, 7)), "05-00": at((0, 0), (3, 0), (9, 0))}}

    # Weights √2/3 times cos and sin of 120°, 240° and 360°.
    cosine = np.sqrt(2) / 3 * (9 - 0.5 * (0 + 3))
    sine = np.sqrt(2) / 3 * np.sqrt(3) / 2 * (0 - 3)
    expected = (abs(cosine) + abs(sine)) / 2
    assert noises_of(run_model, faces) == [(2, 3, pytest.approx(expected), 2)]


@pytest.mark.slow
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

    found = mean_noise(run_model, faces, dimensions=dimensions)

    # The expected length, by simulation of what the two means would be.
    sd = np.sqrt(sum(spread[mask] ** 2 / number[mask] for mask in spread))[:dimensions]
    expected = np.linalg.norm(random.normal(size=(200_000, dimensions)) * sd, axis=1).mean()
    assert found == pytest.approx(expected, rel=0.05)


@pytest.mark.slow
def test_noise_alike_in_all_directions_is_rayleighs(run_model: RunModel) -> None:
    random = np.random.default_rng(8)
    faces = {
        str(who): {mask: random.normal(size=(3, 3)) for mask in ("00-00", "05-00")}
        for who in range(800)
    }

    found = mean_noise(run_model, faces)

    assert found == pytest.approx(np.sqrt((1 / 3 + 1 / 3) * np.pi / 2), rel=0.05)


def test_each_photograph_is_aligned_by_its_own_similarity(run_model: RunModel) -> None:
    tables = given({"a": {"00-00": at((4, 4), (4, 4)), "05-00": at((0, 1), (0, 1))}})
    # The second photograph of the mask: turned, three times as large and shifted to (12, 0).
    turned = {"scaled_cos": 0.0, "scaled_sin": 3.0, "offset_x": 9.0}
    tables["photo_alignments"][3] |= turned

    assert run_model("cell_noise", **tables) == [(2, 3, pytest.approx(np.hypot(12, 1) / 2), 1)]


def test_irises_are_left_out(run_model: RunModel) -> None:
    tables = given({"a": {"00-00": at((0, 0), (0, 2)), "05-00": at((50, 9), (56, 9))}})
    tables["photo_points"] = [{**row, "point": 468} for row in tables["photo_points"]]

    assert run_model("cell_noise", **tables) == []


def test_single_photographs_know_nothing_of_noise(run_model: RunModel) -> None:
    faces = {
        "a": {"00-00": at((0, 0), (0, 2)), "05-00": at((5, 5))},
        "b": {"00-00": at((0, 0)), "05-00": at((5, 5), (9, 9))},
        "c": {"00-00": at((0, 0), (0, 2)), "05-00": at((5, 5), (5, 5))},
    }

    assert noises_of(run_model, faces) == [(6, 3, pytest.approx(1.0), 1)]


def test_depth_counts_where_the_settings_say_so_and_every_photograph_has_it(
    run_model: RunModel,
) -> None:
    deep = {"00-00": at((0, 0, 0), (0, 0, 8)), "05-00": at((3, 0, 0), (9, 0, 0))}
    flat = {"00-00": deep["00-00"], "05-00": at((0, 0, 0), (0, 0, np.nan))}
    faces = {"a": deep, "b": flat}

    plane, space = (noises_of(run_model, faces, dimensions=number) for number in (2, 3))

    assert [row[2] for row in plane] == [pytest.approx(3.0), 0.0]
    assert [row[2] for row in space] == [pytest.approx(5.0), None]
