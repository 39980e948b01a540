from math import log2

import pytest
from sklearn.metrics import balanced_accuracy_score

from tests.sql.support import Row, RunModel, table

CODES = table("expression code", ("neutral", "00"), ("happiness", "05"))


def predictions(*rows: tuple[str, str, str | None]) -> list[Row]:
    """Participant, what was to be shown and what it is taken for."""
    return table(
        "classifier condition participant expression supervised predicted reason",
        *(
            ("lda", "both", who, shown, True, taken, None if taken else "nothing to learn from")
            for who, shown, taken in rows
        ),
    )


SOME = predictions(
    ("a", "fear", "fear"),
    ("b", "fear", "surprise"),
    ("c", "fear", "surprise"),
    ("d", "fear", "joy"),
    ("a", "joy", "joy"),
    ("b", "joy", "joy"),
    ("a", "surprise", "fear"),
    ("e", "surprise", None),
)


def confusion(*rows: tuple[str, str, int, float | None]) -> list[Row]:
    return table(
        "classifier condition expression predicted masks share",
        *(("lda", "both", *row) for row in rows),
    )


MATRIX = confusion(
    ("fear", "fear", 1, 0.25),
    ("fear", "joy", 1, 0.25),
    ("fear", "surprise", 2, 0.5),
    ("joy", "fear", 0, 0.0),
    ("joy", "joy", 2, 1.0),
    ("joy", "surprise", 0, 0.0),
    ("surprise", "fear", 1, 1.0),
    ("surprise", "joy", 0, 0.0),
    ("surprise", "surprise", 0, 0.0),
)


def test_the_step_gets_every_mask_but_the_neutral_ones(run_model: RunModel) -> None:
    rows = run_model(
        "expression_predictions",
        expressions=CODES,
        cells=table(
            "cell_index participant expression supervised mask",
            (1, "a", "happiness", True, "05-01"),
            (2, "a", "neutral", True, "00-01"),
        ),
        cell_displacements=table(
            "cell_index point dx dy dz", (1, 3, 1.0, 2.0, None), (2, 3, 9.0, 9.0, 9.0)
        ),
    )

    assert rows == [("a", "happiness", True, "05-01", 3, 1.0, 2.0, None)]


def test_the_matrix_has_a_row_where_nothing_is_taken_too(run_model: RunModel) -> None:
    rows = run_model("expression_confusion", expression_predictions=SOME)

    assert rows == [tuple(row.values()) for row in MATRIX]


def test_classifiers_and_conditions_have_matrices_of_their_own(run_model: RunModel) -> None:
    other = [{**row, "classifier": "other"} for row in predictions(("a", "joy", "joy"))]
    alone = [{**row, "condition": "supervised"} for row in predictions(("a", "joy", "joy"))]

    rows = run_model("expression_confusion", expression_predictions=SOME + other + alone)

    assert len(rows) == 9 + 1 + 1
    assert ("other", "both", "joy", "joy", 1, 1.0) in rows
    assert ("lda", "supervised", "joy", "joy", 1, 1.0) in rows


def test_where_nothing_could_be_guessed_there_are_no_shares(run_model: RunModel) -> None:
    rows = run_model("expression_confusion", expression_predictions=predictions(("a", "joy", None)))

    assert rows == [("lda", "both", "joy", "joy", 0, None)]


def test_pairs_are_ranked_by_how_often_they_are_confused(run_model: RunModel) -> None:
    rows = run_model("confused_pairs", expression_confusion=MATRIX)

    assert rows == [
        ("lda", "both", 1, "fear", "surprise", 0.5, 1.0, 0.75),
        ("lda", "both", 2, "fear", "joy", 0.25, 0.0, 0.125),
        ("lda", "both", 3, "joy", "surprise", 0.0, 0.0, 0.0),
    ]


def test_right_guesses_are_counted_by_participant(run_model: RunModel) -> None:
    rows = run_model("accuracy_intervals", expression_predictions=SOME)

    assert ("lda", "both", "a", "fear", 1, 1) in rows
    assert ("lda", "both", "b", "fear", 1, 0) in rows
    assert ("lda", "both", "e", "surprise", 0, 0) in rows
    assert len(rows) == len(SOME)


def test_accuracy_is_held_against_chance_and_mistakes_are_named(run_model: RunModel) -> None:
    intervals = table(
        "classifier condition expression accuracy_low accuracy_high balanced_low balanced_high "
        "bootstraps",
        ("lda", "both", "fear", 0.1, 0.4, None, None, 99),
        ("lda", "both", "all expressions", 0.2, 0.6, 0.3, 0.5, 99),
    )

    rows = run_model(
        "expression_accuracy",
        expression_predictions=SOME,
        expression_confusion=MATRIX,
        accuracy_intervals=intervals,
    )

    entropy = -(0.5 * log2(0.5) + 2 * 0.25 * log2(0.25))
    third = pytest.approx(1 / 3)
    two, three = pytest.approx(2 / 7), pytest.approx(3 / 7)
    none = [None] * 3
    assert [row[2:] for row in rows] == [
        (
            *("all expressions", 4, 7, 3, three, 0.2, 0.6, pytest.approx(1.25 / 3), 0.3, 0.5),
            *(99, third, pytest.approx(4 / 7), None, pytest.approx(entropy / 3), None, None, None),
        ),
        (
            *("fear", 4, 4, 1, 0.25, 0.1, 0.4, *none, 99, third, None, two),
            *(entropy, "surprise", 0.5, None),
        ),
        ("joy", 2, 2, 2, 1.0, None, None, *none, None, third, None, three, 0.0, *none),
        ("surprise", 1, 1, 0, 0.0, None, None, *none, None, third, None, two, 0.0, "fear", 1, None),
    ]


def test_where_most_show_the_same_accuracy_stands_beside_the_majority(run_model: RunModel) -> None:
    """Of 200 masks 156 show joy; 157 guesses are right, nearly all by naming joy."""
    shown = ["joy"] * 156 + ["fear"] * 24 + ["surprise"] * 20
    taken = ["joy"] * 154 + ["fear"] * 2 + ["joy"] * 21 + ["fear"] * 3 + ["joy"] * 20
    given = predictions(
        *((str(at), *pair) for at, pair in enumerate(zip(shown, taken, strict=True)))
    )
    [matrix] = [run_model("expression_confusion", expression_predictions=given)]

    rows = run_model(
        "expression_accuracy",
        "expression, accuracy, majority, balanced_accuracy, chance, named",
        expression_predictions=given,
        expression_confusion=confusion(*(row[2:] for row in matrix)),
    )

    balanced = balanced_accuracy_score(shown, taken)
    assert balanced == pytest.approx(0.37, abs=0.005)
    assert rows == [
        ("all expressions", 0.785, 0.78, pytest.approx(balanced), pytest.approx(1 / 3), None),
        ("fear", 3 / 24, None, None, pytest.approx(1 / 3), 0.025),
        ("joy", pytest.approx(154 / 156), None, None, pytest.approx(1 / 3), 0.975),
        ("surprise", 0.0, None, None, pytest.approx(1 / 3), 0.0),
    ]


def test_what_could_not_be_judged_says_why(run_model: RunModel) -> None:
    rows = run_model(
        "expression_accuracy",
        "expression, participants, masks, accuracy, balanced_accuracy, chance, majority, named, "
        "entropy, mistaken_for, reason",
        expression_predictions=predictions(("a", "joy", None)),
        expression_confusion=confusion(("joy", "joy", 0, None)),
    )

    why = "nothing to learn from"
    assert rows == [
        ("all expressions", 0, 0, None, None, 1.0, None, None, None, None, why),
        ("joy", 0, 0, None, None, 1.0, None, None, None, None, why),
    ]
