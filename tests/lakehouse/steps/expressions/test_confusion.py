"""Guesses and how sure their accuracy is."""

import warnings

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from sklearn.metrics import balanced_accuracy_score
from sklearn.neighbors import NearestCentroid

from lakehouse.settings import Settings
from lakehouse.statistics.bootstrap import resample_counts
from lakehouse.steps.expressions.confusion import (
    ACCURACY,
    ALL_EXPRESSIONS,
    PREDICTIONS,
    accuracy_intervals,
    predict_expressions,
)
from tests.lakehouse.steps.in_parts import DIVISIONS, divided

SCHEMA = {
    "participant": pl.String,
    "expression": pl.String,
    "supervised": pl.Boolean,
    "mask": pl.String,
    "point": pl.Int16,
    "dx": pl.Float32,
    "dy": pl.Float32,
    "dz": pl.Float32,
}
CODES = {"anger": "01", "fear": "04", "joy": "05"}


def displacements(
    people: int = 6,
    expressions: tuple[str, ...] = tuple(CODES),
    conditions: tuple[bool, ...] = (False, True),
    missing: float = 0.1,
    spread: float = 1.0,
) -> pl.DataFrame:
    random = np.random.default_rng(people)
    means = random.normal(size=(len(expressions), 3, 3))
    rows = []
    for who in range(people):
        for number, expression in enumerate(expressions):
            for cue in conditions:
                if random.random() < missing:
                    continue
                field = means[number] * (1 + cue) + spread * random.normal(size=(3, 3))
                key = (str(who), expression, cue, f"{CODES[expression]}-0{int(cue)}")
                rows += [(*key, point, *map(float, vector)) for point, vector in enumerate(field)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def vectors(rows: pl.DataFrame, axes: list[str]) -> dict[tuple[str, str, bool], np.ndarray]:
    keys = ["participant", "expression", "supervised"]
    return {
        key: part.sort("point").select(axes).to_numpy().astype(float).ravel()
        for key, part in rows.group_by(keys)
    }


@pytest.mark.parametrize("dimensions", [2, 3])
def test_every_mask_is_judged_by_what_the_others_show(dimensions: int) -> None:
    given = displacements()

    found = predict_expressions(given, dimensions=dimensions)

    assert found.schema == PREDICTIONS
    masks = vectors(given, ["dx", "dy", "dz"][:dimensions])
    conditions = {"unsupervised": {False}, "supervised": {True}, "both": {False, True}}
    nearest = found.filter(classifier="nearest_centroid")
    expected = {}
    for condition, cues in conditions.items():
        own = {key: field for key, field in masks.items() if key[2] in cues}
        for key, field in own.items():
            others = [(other, of) for other, of in own.items() if other[0] != key[0]]
            fitted = NearestCentroid().fit([of for _, of in others], [o[1] for o, _ in others])
            expected[condition, *key] = str(fitted.predict([field])[0])
    keys = ("condition", "participant", "expression", "supervised")
    assert {tuple(row[name] for name in keys): row["predicted"] for row in nearest.to_dicts()} == (
        expected
    )
    assert len(nearest) == len(expected) == 2 * len(masks)
    lda = found.filter(classifier="shrinkage_lda")
    assert set(lda.select(keys).rows()) == expected.keys()
    assert lda["predicted"].null_count() == 0
    for row in found.to_dicts():
        assert row["mask"] == f"{CODES[row['expression']]}-0{int(row['supervised'])}"


def test_expressions_far_apart_are_all_recognised_and_the_order_of_rows_does_not_matter() -> None:
    given = displacements(spread=0.01, missing=0.0, conditions=(True,))

    found = predict_expressions(given, dimensions=2)

    assert found["condition"].unique().to_list() == ["supervised"]
    assert (found["predicted"] == found["expression"]).all()
    assert found.equals(predict_expressions(given.reverse(), dimensions=2))


def test_masks_with_gaps_do_not_count() -> None:
    given = displacements(missing=0.0)
    gap = (pl.col("participant") == "3") & (pl.col("mask") == "05-01") & (pl.col("point") == 1)
    gappy = [
        given.filter(~gap),
        given.with_columns(pl.when(gap).then(None).otherwise("dx").alias("dx")),
    ]

    found, again = (predict_expressions(rows, dimensions=2) for rows in gappy)

    assert found.equals(again)
    assert found.filter(participant="3", mask="05-01").is_empty()
    assert len(found.filter(participant="3", classifier="shrinkage_lda")) == 10


TOO_FEW = "the other participants show fewer than 2 expressions"
NO_SPREAD = "no two of the other participants' masks of an expression differ"


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        (displacements(people=1, missing=0), {TOO_FEW}),
        (displacements(expressions=("joy",), missing=0), {TOO_FEW}),
        (displacements(people=2, conditions=(False,), missing=0), {NO_SPREAD, None}),
        (displacements(people=3, conditions=(False,), missing=0), {None}),
    ],
    ids=["one participant", "one expression", "two participants", "three participants"],
)
def test_where_nothing_can_be_guessed_the_reason_is_given(given, reasons: set) -> None:
    found = predict_expressions(given, dimensions=2)

    assert len(found) > 0
    assert set(found["reason"]) == reasons
    assert (found["reason"].is_null() == found["predicted"].is_not_null()).all()
    without = found.filter(pl.col("reason") == NO_SPREAD)
    assert set(without["classifier"]) <= {"shrinkage_lda"}


def test_without_depth_nothing_is_judged_in_space() -> None:
    flat = displacements().with_columns(dz=pl.lit(None, dtype=pl.Float32))

    assert predict_expressions(flat, dimensions=3).is_empty()
    assert len(predict_expressions(flat, dimensions=2)) > 0


def test_no_displacements_give_a_typed_empty_table() -> None:
    found = predict_expressions(pl.DataFrame(schema=SCHEMA), dimensions=2)

    assert found.is_empty()
    assert found.schema == PREDICTIONS


def test_progress_goes_on_over_the_conditions() -> None:
    heard: list[tuple[int, int]] = []

    predict_expressions(displacements(5), dimensions=2, report=lambda *told: heard.append(told))

    assert heard == [(done, 15) for done in range(1, 16)]


JUDGED = {
    "classifier": pl.String,
    "condition": pl.String,
    "participant": pl.String,
    "expression": pl.String,
    "masks": pl.Int32,
    "correct": pl.Int32,
}


def judged(people: int = 12) -> pl.DataFrame:
    random = np.random.default_rng(1)
    rows = [
        (classifier, "both", str(who), expression, masks, int(random.integers(0, masks + 1)))
        for classifier in ("b", "a")
        for who in range(people)
        for expression in ("fear", "anger")
        if (masks := int(random.integers(0, 3)))
    ]
    return pl.DataFrame(rows, schema=JUDGED, orient="row")


@pytest.mark.slow
def test_a_participants_masks_are_drawn_together() -> None:
    given = judged()

    found = accuracy_intervals(given, bootstraps=300, seed=2)

    assert found.schema == ACCURACY
    assert found.select("classifier", "expression").rows() == [
        (classifier, expression)
        for classifier in ("a", "b")
        for expression in ("anger", "fear", ALL_EXPRESSIONS)
    ]
    for row in found.to_dicts():
        own = given.filter(classifier=row["classifier"])
        people = own["participant"].unique().sort().to_list()
        if row["expression"] != ALL_EXPRESSIONS:
            own = own.filter(expression=row["expression"])
        shares = []
        for counts in np.concatenate(list(resample_counts(len(people), 300, 2))):
            drawn = [
                who for who, count in zip(people, counts, strict=True) for _ in range(int(count))
            ]
            parts = [own.filter(participant=who) for who in drawn]
            total = sum(part["masks"].sum() for part in parts)
            shares.append(sum(part["correct"].sum() for part in parts) / total)
        ends = np.percentile(shares, [2.5, 97.5])
        assert [row["accuracy_low"], row["accuracy_high"]] == pytest.approx(ends)


@pytest.mark.slow
def test_in_the_balanced_accuracy_every_expression_counts_alike() -> None:
    given = judged()

    found = accuracy_intervals(given, bootstraps=200, seed=2)

    for row in found.to_dicts():
        if row["expression"] != ALL_EXPRESSIONS:
            assert row["balanced_low"] is row["balanced_high"] is None
            continue
        own = given.filter(classifier=row["classifier"])
        people = own["participant"].unique().sort().to_list()
        balanced = []
        for counts in np.concatenate(list(resample_counts(len(people), 200, 2))):
            times = pl.DataFrame({"participant": people, "times": counts})
            drawn = own.join(times, on="participant").filter(pl.col("times") > 0)
            shown = drawn.with_columns(wrong=pl.col("masks") - pl.col("correct"))
            # A guess that is wrong is of the other expression.
            labels = [
                (expression, expression if right else "other", weight * times)
                for expression, times, correct, wrong in shown.select(
                    "expression", "times", "correct", "wrong"
                ).iter_rows()
                for right, weight in ((True, correct), (False, wrong))
                if weight
            ]
            truth, guess, weights = zip(*labels, strict=True)
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", "y_pred contains classes", UserWarning)
                balanced.append(balanced_accuracy_score(truth, guess, sample_weight=weights))
        ends = np.percentile(balanced, [2.5, 97.5])
        assert [row["balanced_low"], row["balanced_high"]] == pytest.approx(ends)


def test_one_participant_or_no_bootstraps_give_no_interval() -> None:
    alone = accuracy_intervals(judged(1), bootstraps=50, seed=0)
    without = accuracy_intervals(judged(), bootstraps=0, seed=0)

    for found in (alone, without):
        assert len(found) > 0
        for name in ("accuracy_low", "accuracy_high", "balanced_low", "balanced_high"):
            assert found[name].null_count() == len(found)


def test_nothing_judged_gives_a_typed_empty_table() -> None:
    found = accuracy_intervals(judged(0), bootstraps=9, seed=0)

    assert found.is_empty()
    assert found.schema == ACCURACY


def test_masks_of_which_none_was_judged_have_no_interval() -> None:
    none = judged().with_columns(masks=pl.lit(0), correct=pl.lit(0))

    assert accuracy_intervals(none, bootstraps=9, seed=0)["accuracy_low"].null_count() == 6


def test_without_identity_nothing_is_guessed_because_nobody_can_be_left_out() -> None:
    known = predict_expressions(displacements(), dimensions=2)

    unknown = predict_expressions(displacements(), dimensions=2, identity="photo")

    assert unknown["predicted"].is_null().all()
    assert set(unknown["reason"]) == {
        "dataset.identity is photo, so the others may hold the same person"
    }
    assert unknown.drop("predicted", "reason").equals(known.drop("predicted", "reason"))


@pytest.mark.slow
@pytest.mark.parametrize("identity", ["participant", "photo"])
@pytest.mark.parametrize("division", DIVISIONS)
def test_participants_may_be_judged_in_parts(division: str, identity: str) -> None:
    settings = Settings.model_validate({"dataset": {"identity": identity}})
    rows = displacements(people=9, spread=3.0)
    key = ["condition", "classifier", "participant", "mask"]

    for some in (rows, rows.filter(supervised=False), rows.filter(participant="1"), rows.clear()):
        expected = predict_expressions(some, dimensions=2, identity=identity)
        found = divided("expressions", "predict_expressions", some, settings, division)

        assert_frame_equal(found.sort(key), expected.sort(key), check_exact=True)
