from tests.sql.support import RunModel, table

EXPRESSIONS = table("expression code", ("neutral", "00"), ("happiness", "05"))
REST = table("neutral_index point x y", (0, 0, 7.0, 8.0), (0, 1, 9.0, 10.0), (3, 0, 1.0, 1.0))


def test_it_is_the_mean_neutral_mask_of_both_conditions(run_model: RunModel) -> None:
    means = table(
        "expression supervised point x y",
        ("neutral", False, 0, 10.0, 100.0),
        ("neutral", True, 0, 20.0, 300.0),
        ("neutral", False, 1, 1.0, 2.0),
        ("happiness", False, 0, 999.0, 999.0),
    )

    rows = run_model(
        "neutral_face", expressions=EXPRESSIONS, mean_masks=means, reference_faces=REST
    )

    assert rows == [(0, 15.0, 200.0), (1, 1.0, 2.0)]


def test_where_nobody_has_one_it_is_the_face_that_stands_for_it(run_model: RunModel) -> None:
    means = table("expression supervised point x y", ("happiness", False, 0, 999.0, 999.0))

    rows = run_model(
        "neutral_face", expressions=EXPRESSIONS, mean_masks=means, reference_faces=REST
    )

    assert rows == [(0, 7.0, 8.0), (1, 9.0, 10.0)]


def test_without_any_there_is_none(run_model: RunModel) -> None:
    assert run_model("neutral_face", expressions=EXPRESSIONS) == []
