"""What the steps of prediction are given."""

from tests.sql.support import RunModel, table


def test_movement_is_that_of_all_masks_that_are_compared(run_model: RunModel) -> None:
    rows = run_model(
        "movement_products",
        participants=table("participant included", ("a", True), ("b", False)),
        cells=table("cell_index participant mask", (1, "a", "05-01"), (2, "a", "00-01")),
        cell_displacements=table(
            "cell_index point dx dy dz", (1, 3, 1.0, 2.0, None), (2, 3, 9.0, 8.0, 7.0)
        ),
    )

    assert rows == [("a", "00-01", 3, 9.0, 8.0, 7.0), ("a", "05-01", 3, 1.0, 2.0, None)]


def test_of_a_crowd_there_are_no_pairs(run_model: RunModel) -> None:
    for crowd, found in ((3000, 1), (3001, 0)):
        rows = run_model(
            "movement_products",
            participants=table("participant included", *((str(at), True) for at in range(crowd))),
            cells=table("cell_index participant mask", (1, "0", "05-01")),
            cell_displacements=table("cell_index point dx dy dz", (1, 3, 1.0, 2.0, None)),
        )

        assert len(rows) == found


def test_products_scores_and_covariates_stand_below_each_other(run_model: RunModel) -> None:
    rows = run_model(
        "score_prediction",
        movement_products=table("participant_a participant_b product", ("a", "b", 4.5)),
        analysed_scores=table(
            "participant instrument score", ("a", "dbi", 7.0), ("b", "dbi", None)
        ),
        covariates=table(
            "participant covariate value category",
            ("a", "age", 30.0, None),
            ("b", "age", None, None),
            ("a", "sex", None, "f"),
            ("b", "sex", None, "m"),
            ("c", "sex", None, None),
        ),
    )

    assert rows == [
        ("covariate", "a", "age", None, 30.0),
        ("covariate", "a", "sex", "f", 1.0),
        ("covariate", "a", "sex", "m", 0.0),
        ("covariate", "b", "sex", "f", 0.0),
        ("covariate", "b", "sex", "m", 1.0),
        ("instrument", "a", "dbi", None, 7.0),
        ("instrument", "b", "dbi", None, None),
        ("product", "a", "b", None, 4.5),
    ]
