from tests.sql.support import RunModel, table


def test_displacement_is_from_the_cell_that_a_face_is_compared_with(run_model: RunModel) -> None:
    compared = table("cell_index neutral_index", (2, 1), (3, 1), (5, 4), (6, 0))
    points = table(
        "cell_index point x y z",
        (2, 0, 10.0, 10.0, 10.0),
        (3, 0, 12.0, 13.0, 4.0),
        (5, 0, -3.0, 4.0, 12.0),
        (6, 0, 1.0, 1.0, 1.0),
    )
    faces = table(
        "neutral_index point x y z",
        (1, 0, 10.0, 10.0, 10.0),
        (4, 0, 0.0, 0.0, 0.0),
        (0, 0, 1.0, 1.0, 1.0),
    )

    rows = run_model(
        "cell_displacements", compared_cells=compared, cell_points=points, reference_faces=faces
    )

    assert rows == [
        (2, 0, 0.0, 0.0, 0.0, 0.0, 0.0),
        (3, 0, 13**0.5, 7.0, 2.0, 3.0, -6.0),
        (5, 0, 5.0, 13.0, -3.0, 4.0, 12.0),
        (6, 0, 0.0, 0.0, 0.0, 0.0, 0.0),
    ]


def test_without_depth_there_is_a_distance_in_the_plane_only(run_model: RunModel) -> None:
    compared = table("cell_index neutral_index", (2, 1))
    points = table("cell_index point x y z", (2, 0, 3.0, 4.0, 12.0))
    faces = table("neutral_index point x y z", (1, 0, 0.0, 0.0, None))

    rows = run_model(
        "cell_displacements", compared_cells=compared, cell_points=points, reference_faces=faces
    )

    assert rows == [(2, 0, 5.0, None, 3.0, 4.0, None)]


def test_only_mesh_points_are_compared(run_model: RunModel) -> None:
    compared = table("cell_index neutral_index", (2, 1))
    rows = [(number, 0.0, 0.0, 0.0) for number in (467, 468, 477)]
    given = {
        "compared_cells": compared,
        "cell_points": table("cell_index point x y z", *((2, *row) for row in rows)),
        "reference_faces": table("neutral_index point x y z", *((1, *row) for row in rows)),
    }

    rows = run_model("cell_displacements", "point", **given)

    assert rows == [(467,)]


def test_a_cell_without_points_has_no_displacements(run_model: RunModel) -> None:
    compared = table("cell_index neutral_index", (2, 1), (4, 3))
    points = table("cell_index point x y z", (4, 0, 3.0, 4.0, 0.0))
    faces = table("neutral_index point x y z", (1, 0, 0.0, 0.0, 0.0))

    rows = run_model(
        "cell_displacements", compared_cells=compared, cell_points=points, reference_faces=faces
    )

    assert rows == []
