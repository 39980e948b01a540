from tests.sql.support import RunModel, table

LABELS = table("mask is_reference", ("00-00", True), ("00-01", False), ("05-00", False))


def test_displacement_is_from_the_same_participants_reference(run_model: RunModel) -> None:
    cells = table(
        "cell_index participant mask",
        (1, "a", "00-00"),
        (2, "a", "00-01"),
        (3, "a", "05-00"),
        (4, "b", "00-00"),
        (5, "b", "05-00"),
    )
    points = table(
        "cell_index point x y z",
        (1, 0, 10.0, 10.0, 10.0),
        (2, 0, 10.0, 10.0, 10.0),
        (3, 0, 12.0, 13.0, 4.0),
        (4, 0, 0.0, 0.0, 0.0),
        (5, 0, -3.0, 4.0, 12.0),
    )

    rows = run_model("cell_displacements", mask_labels=LABELS, cells=cells, cell_points=points)

    assert rows == [
        (2, 0, 0.0, 0.0, 0.0, 0.0, 0.0),
        (3, 0, 13**0.5, 7.0, 2.0, 3.0, -6.0),
        (5, 0, 5.0, 13.0, -3.0, 4.0, 12.0),
    ]


def test_without_depth_there_is_a_distance_in_the_plane_only(run_model: RunModel) -> None:
    cells = table("cell_index participant mask", (1, "a", "00-00"), (2, "a", "05-00"))
    points = table("cell_index point x y z", (1, 0, 0.0, 0.0, None), (2, 0, 3.0, 4.0, 12.0))

    rows = run_model("cell_displacements", mask_labels=LABELS, cells=cells, cell_points=points)

    assert rows == [(2, 0, 5.0, None, 3.0, 4.0, None)]


def test_only_mesh_points_are_compared(run_model: RunModel) -> None:
    cells = table("cell_index participant mask", (1, "a", "00-00"), (2, "a", "05-00"))
    points = table(
        "cell_index point x y z",
        *((cell, point, 0.0, 0.0, 0.0) for cell in (1, 2) for point in (467, 468, 477)),
    )

    rows = run_model(
        "cell_displacements", "point", mask_labels=LABELS, cells=cells, cell_points=points
    )

    assert rows == [(467,)]


def test_without_a_reference_nothing_is_compared(run_model: RunModel) -> None:
    cells = table("cell_index participant mask", (1, "a", "00-01"), (2, "a", "05-00"))
    points = table("cell_index point x y z", (1, 0, 0.0, 0.0, 0.0), (2, 0, 3.0, 4.0, 0.0))

    assert (
        run_model("cell_displacements", mask_labels=LABELS, cells=cells, cell_points=points) == []
    )
