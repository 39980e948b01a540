from tests.sql.support import RunModel, table


def test_every_face_stands_with_its_reference_and_the_mean_one(run_model: RunModel) -> None:
    cells = table(
        "cell_index participant mask",
        (1, "a", "00-00"),
        (2, "a", "05-00"),
        (3, "b", "00-00"),
        (4, "c", "05-00"),
    )
    points = table(
        "cell_index point x y z",
        (1, 7, 1.0, 2.0, 3.0),
        (2, 7, 4.0, 5.0, None),
        (2, 468, 0.0, 0.0, 0.0),
        (3, 7, 6.0, 7.0, 8.0),
        (4, 7, 9.0, 9.0, 9.0),
    )

    rows = run_model(
        "pair_faces",
        cells=cells,
        compared_cells=table("cell_index neutral_index", (2, 1)),
        cell_points=points,
    )

    # Irises are no part of it, nor is a participant without a reference.
    assert rows == [
        (0, 1, 1, "00-00", 7, 1.0, 2.0, 3.0, 3.5, 4.5, 5.5),
        (0, 2, 1, "05-00", 7, 4.0, 5.0, None, 3.5, 4.5, 5.5),
        (0, 3, 3, "00-00", 7, 6.0, 7.0, 8.0, 3.5, 4.5, 5.5),
    ]


def test_a_batch_is_64_participants_with_all_their_faces(run_model: RunModel) -> None:
    cells = table(
        "cell_index participant mask",
        *((2 * person, f"{person:03d}", "00-00") for person in range(300)),
        *((2 * person + 1, f"{person:03d}", "05-00") for person in range(300)),
    )
    points = table("cell_index point x y z", *((cell, 0, 0.0, 0.0, 0.0) for cell in range(600)))
    compared = table(
        "cell_index neutral_index", *((2 * person + 1, 2 * person) for person in range(300))
    )

    rows = run_model(
        "pair_faces",
        "batch, neutral_index, cell_index",
        cells=cells,
        compared_cells=compared,
        cell_points=points,
    )

    assert rows == [(cell // 128, cell // 2 * 2, cell) for cell in range(600)]


def test_the_face_of_who_has_none_is_in_every_batch_that_needs_it(run_model: RunModel) -> None:
    # Of 130 participants only the first and the last have no neutral face.
    without = (0, 129)
    given = {
        "cells": table(
            "cell_index participant mask",
            *((2 * who + 1, f"{who:03d}", "00-00") for who in range(130) if who not in without),
            *((2 * who + 2, f"{who:03d}", "05-00") for who in range(130)),
        ),
        "compared_cells": table(
            "cell_index neutral_index",
            *((2 * who + 2, 0 if who in without else 2 * who + 1) for who in range(130)),
        ),
        "cell_points": table("cell_index point x y z", (2, 7, 1.0, 1.0, 1.0), (260, 7, 2.0, 2, 2)),
        "reference_faces": table(
            "neutral_index point x y z",
            (0, 7, 5.0, 6.0, 7.0),
            (0, 468, 0.0, 0, 0),
            (3, 7, 0.0, 0, 0),
        ),
    }

    rows = run_model("pair_faces", "batch, cell_index, neutral_index, mask, point, x", **given)

    assert rows == [
        (0, 0, 0, None, 7, 5.0),
        (0, 2, 0, "05-00", 7, 1.0),
        (2, 0, 0, None, 7, 5.0),
        (2, 260, 0, "05-00", 7, 2.0),
    ]
    # Nobody has a neutral face here, so there is no mean one.
    assert {row[0] for row in run_model("pair_faces", "mean_x", **given)} == {None}


def test_the_steps_read_it_as_it_is(run_model: RunModel) -> None:
    names = "batch cell_index neutral_index mask point x y z mean_x mean_y mean_z"
    row = (0, 2, 1, "05-00", 7, 1.0, 2.0, None, 4.0, 5.0, 6.0)

    assert run_model("cell_pair_changes", pair_faces=table(names, row)) == [row[:3] + row[4:]]
    assert run_model("pair_changes_once", pair_faces=table(names, row)) == [row[:8]]
