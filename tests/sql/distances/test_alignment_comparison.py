import pytest

from tests.sql.support import Row, RunModel, settings_row, table

LABELS = table("mask is_reference", ("00-00", True), ("07-01", False))
# Of the basis one point of the upper face and one below.
BASIS = table("point upper", (6, True), (136, False))
CELLS = table(
    "cell_index participant mask",
    *((1, "a", "00-00"), (2, "a", "07-01"), (3, "b", "00-00"), (4, "b", "07-01")),
)
NEUTRAL = {2: (0.0, 0.0, 0.0), 6: (0.0, -9.0, 0.0), 17: (0.0, 5.0, 0.0), 152: (0.0, 30.0, 0.0)}


def mask(method: str, moved: dict[int, tuple[float, float, float | None]]) -> list[Row]:
    """The neutral mask of a method, and another with some points moved."""
    rows = []
    for point, place in NEUTRAL.items():
        by = moved.get(point, (0.0, 0.0, 0.0))
        there = [None if b is None else a + b for a, b in zip(place, by, strict=True)]
        rows += table(
            "method expression supervised mask point x y z",
            (method, "neutral", False, "00-00", point, *place),
            (method, "surprise", True, "07-01", point, *there),
        )
    return rows


def sizes(method: str, *scales: float) -> list[Row]:
    """One photograph per cell, all of faces of 10 px."""
    return table(
        "photo_index cell_index method scale",
        *((cell, cell, method, scale) for cell, scale in enumerate(scales, start=1)),
    )


def compared(run_model: RunModel, columns: str, masks: list[Row], dimensions: int = 2) -> list:
    return run_model(
        "alignment_comparison",
        columns,
        alignment_masks=masks,
        mask_labels=LABELS,
        procrustes_basis=BASIS,
        cells=CELLS,
        photo_similarities=sizes("paper", 1.0, 0.9, 2.0, 1.6) + sizes("procrustes", 1, 1, 2, 2),
        photo_anchors=table(
            "photo_index upper_size", *((photo, 10.0) for photo in (1, 2, 3, 4))
        ),
        settings=settings_row(distance_dimensions=dimensions),
    )  # fmt: skip


DROPPED = mask("paper", {6: (3.0, 0.0, 4.0), 152: (-5.0, 12.0, 0.0), 17: (0.0, 1.0, 0.0)})


def test_shifts_are_means_over_the_points_of_a_region(run_model: RunModel) -> None:
    [row] = compared(
        run_model,
        "method, expression, supervised, mask, mean_shift, lower_face_shift, upper_face_shift, "
        "upper_to_lower, chin_drop",
        DROPPED,
    )

    assert row[:4] == ("paper", "surprise", True, "07-01")
    # Below point 2 in neutral lie the lip (17) and the chin, which moved 13 px (5-12-13).
    assert row[4:] == pytest.approx(((3 + 13 + 1) / 4, (13 + 1) / 2, 3, 3 / 7, 12))


def test_with_three_dimensions_depth_counts(run_model: RunModel) -> None:
    [row] = compared(run_model, "mean_shift, upper_face_shift, chin_drop", DROPPED, dimensions=3)

    assert row == pytest.approx(((5 + 13 + 1) / 4, 5, 12))


def test_without_depth_there_is_no_shift_in_three_dimensions(run_model: RunModel) -> None:
    flat = [{**row, "z": None} for row in DROPPED]

    assert compared(run_model, "mean_shift, chin_drop", flat, dimensions=3) == [(None, 12.0)]
    assert compared(run_model, "upper_face_shift", flat) == [(3.0,)]


def test_the_upper_face_is_compared_with_the_same_persons_neutral(run_model: RunModel) -> None:
    rows = compared(
        run_model,
        "method, participants, upper_face_size, upper_face_size_sd",
        DROPPED + mask("procrustes", {}),
    )

    # a shrinks to 0.9, b to 0.8.
    assert rows == [
        ("paper", 2, pytest.approx(0.85), pytest.approx(0.1 / 2**0.5)),
        ("procrustes", 2, 1.0, 0.0),
    ]


def test_where_nothing_moves_there_is_no_share(run_model: RunModel) -> None:
    assert compared(run_model, "mean_shift, upper_to_lower", mask("paper", {})) == [(0.0, None)]


def test_one_participant_has_no_spread(run_model: RunModel) -> None:
    [row] = run_model(
        "alignment_comparison",
        "participants, upper_face_size, upper_face_size_sd",
        alignment_masks=DROPPED,
        mask_labels=LABELS,
        cells=CELLS[:2],
        photo_similarities=sizes("paper", 1.0, 0.9),
        photo_anchors=table("photo_index upper_size", (1, 10.0), (2, 20.0)),
    )

    assert row == (1, pytest.approx(1.8), None)
