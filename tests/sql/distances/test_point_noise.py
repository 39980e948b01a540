"""Movement beside what noise alone would show."""

import pytest

from tests.sql.support import RunModel, table

EXPRESSIONS = table("expression code", ("neutral", "00"), ("happiness", "05"))
CELLS = table("cell_index mask", (2, "00-01"), (3, "05-00"), (5, "05-00"), (7, "05-00"))
OWN = table("mask without_own_neutral", ("00-01", 0), ("05-00", 0))
AVERAGES = table(
    "mask expression supervised point mean_distance",
    ("00-01", "neutral", True, 3, 4.0),
    ("05-00", "happiness", False, 3, 12.0),
    ("05-00", "happiness", False, 4, 6.0),
    ("05-00", "happiness", False, 5, 6.0),
    ("05-00", "happiness", False, 6, None),
)


def test_noise_is_the_mean_over_participants_each_sum_counting_once(run_model: RunModel) -> None:
    noise = table(
        "cell_index point noise_distance sums",
        (2, 3, 0.5, 2),
        *((3, 3, 1.0, 2), (5, 3, 4.0, 1), (7, 3, None, 1)),
        (3, 4, 1e-9, 2),
    )

    rows = run_model(
        "point_noise",
        cells=CELLS,
        expressions=EXPRESSIONS,
        point_averages=AVERAGES,
        mask_averages=OWN,
        cell_noise=noise,
    )

    nothing = "nobody has two photographs of the mask and of the neutral face"
    assert rows == [
        ("00-01", 3, 1, 4.0, 0.5, 4.0, 8.0, 1.0, None),
        ("05-00", 3, 2, 12.0, pytest.approx(2.0), 4.0, pytest.approx(6.0), 3.0, None),
        ("05-00", 4, 1, 6.0, 1e-9, None, None, None, "the photographs do not differ here"),
        ("05-00", 5, 0, 6.0, None, None, None, None, nothing),
        ("05-00", 6, 0, None, None, None, None, None, "nobody has a distance"),
    ]


def test_without_a_neutral_face_with_cue_there_is_no_distance_of_it(run_model: RunModel) -> None:
    noise = table("cell_index point noise_distance sums", (3, 3, 2.0, 2))

    rows = run_model(
        "point_noise",
        "over_noise, neutral_distance, over_neutral, reason",
        cells=CELLS,
        expressions=EXPRESSIONS,
        point_averages=AVERAGES[1:2],
        mask_averages=OWN,
        cell_noise=noise,
    )

    assert rows == [(6.0, None, None, None)]


def test_the_build_of_faces_is_neither_movement_nor_noise(run_model: RunModel) -> None:
    rows = run_model(
        "point_noise",
        "mask, noise_distance, over_noise, over_neutral, reason",
        cells=CELLS,
        expressions=EXPRESSIONS,
        point_averages=AVERAGES[:2],
        mask_averages=table("mask without_own_neutral", ("00-01", 0), ("05-00", 1)),
        cell_noise=table("cell_index point noise_distance sums", (2, 3, 0.5, 2), (3, 3, 2.0, 2)),
    )

    build = "somebody is compared with another face than the own, so its build counts"
    assert rows == [("00-01", 0.5, 8.0, 1.0, None), ("05-00", 2.0, None, None, build)]
