"""Movement without the bias of noise: from points by hand, and in simulation."""

import math

import numpy as np
import pytest
from scipy import stats

from tests.sql.support import Row, RunModel, table

CELLS = table(
    "cell_index participant expression supervised mask",
    *((1, "a", "happiness", False, "05-00"), (2, "b", "happiness", False, "05-00")),
    *((3, "c", "happiness", False, "05-00"), (11, "a", "neutral", False, "00-00")),
    *((12, "b", "neutral", False, "00-00"),),
)
COMPARED = table(
    "cell_index neutral_index compared_with", (1, 11, "own"), (2, 12, "own"), (3, 0, "mean")
)
FEATURES = table(
    "feature mask grouping group_id expression supervised",
    ("m05_00_0", "05-00", "kmeans6_eyes", 0, "happiness", False),
    ("m05_00_opening", "05-00", "measures", 0, "happiness", False),
    ("m05_00_smile", "05-00", "measures", 1, "happiness", False),
    ("m05_00_lopsided", "05-00", "measures", 2, "happiness", False),
)
COLUMNS = (
    "participant, distance, projected, squared_unbiased, noise_share, projected_reason, "
    "squared_reason"
)
BUILD = "compared with another face than the own, so its build counts"


def errors(*points: tuple[int, int, float | None]) -> list[Row]:
    """Points of cells whose two photographs vary so; unknown where there is a single one."""
    return table(
        "cell_index point x y z photos mean_square",
        *(
            (cell, point, 3.0, 4.0, 0.0, 1 if error is None else 2, 25.0 + (error or 0.0))
            for cell, point, error in points
        ),
    )


def test_a_group_is_measured_along_the_others_and_without_noise(run_model: RunModel) -> None:
    moved = {1: ((3.0, 4.0), (0.0, 1.0)), 2: ((0.0, 2.0), (0.0, 0.0)), 3: ((2.0, -2.0), (6.0, 0.0))}

    rows = run_model(
        "movement_features",
        COLUMNS,
        cells=CELLS,
        compared_cells=COMPARED,
        group_features=FEATURES,
        pav_groups=table(
            "grouping group_id point", *(("kmeans6_eyes", 0, point) for point in (0, 1))
        ),
        cell_displacements=table(
            "cell_index point dx dy dz",
            *((cell, point, *at, 9.0) for cell, of in moved.items() for point, at in enumerate(of)),
        ),
        mean_displacements=table(
            "mask point dx dy dz participants",
            ("05-00", 0, 5 / 3, 4 / 3, 9.0, 3),
            ("05-00", 1, 2.0, 1 / 3, 9.0, 3),
        ),
        cell_points=errors(
            *((1, 0, 2.0), (1, 1, 1.0), (11, 0, 1.0), (11, 1, 2.0), (3, 0, 1.0), (3, 1, 1.0)),
            *((2, 0, None), (2, 1, None), (12, 0, 1.0), (12, 1, 1.0)),
        ),
    )

    found = {row[0]: row[1:] for row in rows}
    # The others of a: (2, 0) and (6, 0). Of b: (5, 2) and (6, 1). Of c: (3, 6) and (0, 1).
    length = math.hypot(5, 2)
    assert found["a"] == pytest.approx((3.0, (3 + 0) / 2, (25 + 1) / 2 - 3, 3 / 13, None, None))
    few = "fewer than two photographs of the mask or of the neutral face, or one of them without "
    assert found["b"] == pytest.approx((1.0, 4 / length / 2, None, None, None, few + "depth"))
    along = -6 / math.hypot(3, 6) / 2
    assert found["c"] == pytest.approx(((math.sqrt(8) + 6) / 2, along, None, None, None, BUILD))


def test_of_points_that_nobody_else_moves_there_is_no_direction(run_model: RunModel) -> None:
    rows = run_model(
        "movement_features",
        "projected, projected_reason",
        cells=CELLS,
        compared_cells=COMPARED,
        group_features=FEATURES,
        pav_groups=table("grouping group_id point", ("kmeans6_eyes", 0, 0)),
        cell_displacements=table("cell_index point dx dy dz", (1, 0, 3.0, 4.0, 0.0)),
        mean_displacements=table(
            "mask point dx dy dz participants", ("05-00", 0, 3.0, 4.0, 0.0, 1)
        ),
    )

    assert rows == [(None, "nobody else moves in a direction")]


def test_measures_are_signed_numbers_or_movements(run_model: RunModel) -> None:
    values = {"a": ((9.0, 7.0), (2.0, 4.0)), "b": ((5.0, 5.0), (6.0, 6.0))}
    photographs = [
        (who, mask, "opening", value)
        for who, of in values.items()
        for mask, shown in zip(("05-00", "00-00"), of, strict=True)
        for value in shown
    ]

    rows = run_model(
        "movement_features",
        f"feature, {COLUMNS}",
        cells=CELLS,
        compared_cells=COMPARED,
        group_features=FEATURES,
        measure_definitions=table(
            "measure kind group_id",
            *(("opening", "distance", 0), ("smile", "movement", 1)),
            ("lopsided", "side_difference", 2),
        ),
        measure_points=table("measure point", ("smile", 0)),
        measures=table(
            "participant mask measure change",
            *(("a", "05-00", "opening", 5.0), ("b", "05-00", "opening", -1.0)),
            ("a", "05-00", "lopsided", 2.0),
        ),
        photo_measures=table("participant mask measure value", *photographs),
        cell_displacements=table(
            "cell_index point dx dy dz", (1, 0, 3.0, 4.0, 0.0), (2, 0, 0.0, 1.0, 0.0)
        ),
        mean_displacements=table(
            "mask point dx dy dz participants", ("05-00", 0, 1.5, 2.5, 0.0, 2)
        ),
        cell_points=errors((1, 0, 2.0), (11, 0, 3.0)),
    )

    found = {row[:2]: row[2:] for row in rows}
    two_faces = "a difference between the sides is of two faces, so its noise does not cancel"
    # The mean square of the changes 8, 3 and so on between photographs that are all different.
    pairs = (7 * 3 + 5 * 5) / 2
    assert found["m05_00_opening", "a"] == pytest.approx((5, -5, pairs, 2 / 25, None, None))
    assert found["m05_00_opening", "b"] == pytest.approx((-1, -1, 1, 0, None, None))
    assert found["m05_00_smile", "a"] == pytest.approx((5, 4, 20, 5 / 25, None, None))
    alone = "nobody else moves in a direction"
    assert found["m05_00_lopsided", "a"] == (2, None, None, None, alone, two_faces)


def simulated(movement: float, seed: int) -> tuple[np.ndarray, dict[str, list[Row]]]:
    """Movements of 300 people, 19 points each, and what three photographs of each show of them.

    They move by `movement` pixels on average, and as different from each other, beside a noise of
    three pixels in each coordinate of a photograph, which is unlike from person to person.
    """
    random = np.random.default_rng(seed)
    people, points = 300, 19
    true = np.maximum(movement * (1 + random.standard_normal(people)), 0)
    noise = 3 * np.exp(0.5 * random.standard_normal(people))
    shape = (2, people, 3, points, 2)
    faces = random.standard_normal(shape) * noise[:, None, None, None]
    faces[0] += true[:, None, None, None] * np.array([0.8, -0.6])
    moved = faces[0].mean(axis=1) - faces[1].mean(axis=1)
    variances = (faces.var(axis=2, ddof=1) / 3).sum(axis=3)
    cells = [
        (who + 1000 * at, f"{who:03d}", "happiness" if at else "neutral", False, mask)
        for at, mask in ((1, "05-00"), (0, "00-00"))
        for who in range(people)
    ]
    each = [(who, point) for who in range(people) for point in range(points)]
    mean = moved.mean(axis=0)
    return true, {
        "cells": table("cell_index participant expression supervised mask", *cells),
        "compared_cells": table(
            "cell_index neutral_index compared_with",
            *((who + 1000, who, "own") for who in range(people)),
        ),
        "group_features": FEATURES,
        "pav_groups": table(
            "grouping group_id point", *(("kmeans6_eyes", 0, point) for point in range(points))
        ),
        "cell_displacements": table(
            "cell_index point dx dy dz",
            *((who + 1000, point, *moved[who, point].tolist(), 0.0) for who, point in each),
        ),
        "mean_displacements": table(
            "mask point dx dy dz participants",
            *(("05-00", point, *mean[point].tolist(), 0.0, people) for point in range(points)),
        ),
        "cell_points": errors(
            *(
                (who + 1000 * (1 - at), point, variances[at, who, point].item())
                for at in (0, 1)
                for who, point in each
            ),
        ),
    }


@pytest.mark.slow
def test_small_movements_drown_in_the_distance_and_not_in_the_others(run_model: RunModel) -> None:
    true, tables = simulated(movement=1.0, seed=1)

    rows = run_model("movement_features", COLUMNS, **tables)

    who = [int(row[0]) for row in rows]
    distance, projected, squared = np.array([row[1:4] for row in rows], float).T
    # In twenty such cohorts 0.77, 0.16 and 0.41 on average.
    assert stats.pearsonr(true[who], projected).statistic > 0.7
    assert stats.pearsonr(true[who], distance).statistic < 0.3
    assert stats.spearmanr(true[who], squared).statistic > 0.3


@pytest.mark.slow
def test_where_nothing_moves_only_the_distance_is_above_zero(run_model: RunModel) -> None:
    _, tables = simulated(movement=0.0, seed=2)

    rows = run_model("movement_features", COLUMNS, **tables)

    values = np.array([row[1:5] for row in rows], float).T
    distance, projected, squared, share = values.mean(axis=1)
    error = values.std(axis=1) / math.sqrt(len(rows))
    assert distance > 3
    assert abs(projected) < 3 * error[1]
    assert abs(squared) < 3 * error[2]
    assert share == pytest.approx(1, abs=0.05)
    assert (values[2] < 0).any()
