"""Which expression is taken for which, as functions from tables to tables."""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.statistics.available_cases import Matrix
from lakehouse.statistics.bootstrap import percentile_interval, resample_counts
from lakehouse.statistics.leave_one_participant_out import Flags, nearest_centroid, shrinkage_lda
from lakehouse.statistics.resampling import Report, unheard
from lakehouse.steps.correlations.columns import Schema
from lakehouse.steps.dense import dense
from lakehouse.steps.expressions.regularity import AXES
from lakehouse.steps.registry import step

PREDICTIONS: Schema = {
    "classifier": pl.String,
    "condition": pl.String,
    "participant": pl.String,
    "expression": pl.String,
    "supervised": pl.Boolean,
    "mask": pl.String,
    "predicted": pl.String,
    "reason": pl.String,
}
ACCURACY: Schema = {
    "classifier": pl.String,
    "condition": pl.String,
    "expression": pl.String,
    "accuracy_low": pl.Float64,
    "accuracy_high": pl.Float64,
    "balanced_low": pl.Float64,
    "balanced_high": pl.Float64,
    "bootstraps": pl.Int32,
}
BOTH = "both"
ALL_EXPRESSIONS = "all expressions"
"""Stands in the place of an expression; no expression's name has a blank."""

FEWEST_PARTICIPANTS = 2
FEWEST_CLASSES = 2

Counts = npt.NDArray[np.intp]
_Classifier = Callable[[Matrix, Flags, Report], Matrix]
_CLASSIFIERS: dict[str, _Classifier] = {
    "nearest_centroid": lambda masks, known, _: nearest_centroid(masks, known),
    "shrinkage_lda": lambda masks, known, report: shrinkage_lda(masks, known, report=report),
}
_TOO_FEW = f"the other participants show fewer than {FEWEST_CLASSES} expressions"
_NO_SPREAD = "no two of the other participants' masks of an expression differ"
_NO_IDENTITY = "dataset.identity is photo, so the others may hold the same person"


@step(dimensions="distance.dimensions", identity="dataset.identity")
def predict_expressions(
    displacements: pl.DataFrame,
    *,
    dimensions: int,
    identity: str = "participant",
    report: Report = unheard,
) -> pl.DataFrame:
    """Let classifiers guess what each mask shows, having learnt from the other participants.

    Parameters
    ----------
    displacements : polars.DataFrame
        Columns participant, expression, supervised, mask (which follows from these two), point,
        dx, dy and dz (aligned pixels).
    dimensions : int
        2 for the image plane, 3 for depth as well. The classifiers see the displacements of all
        points along these axes, as they are.
    identity : str
        "participant", or "photo" where nobody knows who is in a photograph: then no guess is
        possible, because no classifier can be kept from seeing the same person elsewhere.
    report : callable, optional
        Told how many participants are done, each being counted in every condition.

    Returns
    -------
    polars.DataFrame
        The columns of `PREDICTIONS`: of both classifiers, for the masks with a cue, those without
        and, where there are both, all together. Between expressions that are equally near the
        first in the alphabet is chosen. Where no guess is possible predicted is null, and reason
        says why. Masks with gaps do not count.
    """
    labels = displacements.select("expression", "supervised", "mask").unique()
    keys = ("participant", "expression", "supervised", "point")
    fields, (participants, expressions, cues, _) = dense(displacements, keys, AXES[:dimensions])
    features = math.prod(fields.shape[3:])
    fields = fields.reshape(*fields.shape[:3], features)
    known: Flags = np.asarray(np.isfinite(fields).all(axis=3))
    fields[~known] = 0.0
    conditions = [("supervised" if cue else "unsupervised", [at]) for at, cue in enumerate(cues)]
    if len(cues) > 1:
        conditions.append((BOTH, [*range(len(cues))]))
    total = len(conditions) * len(participants)
    tables = [pl.DataFrame(schema=PREDICTIONS)]
    for number, (condition, chosen) in enumerate(conditions):
        masks, there = fields[:, :, chosen], known[:, :, chosen]
        places = np.nonzero(there)
        shown = there.any(axis=2)
        by_others = shown.sum(axis=0) - shown.astype(np.intp)
        choices = np.count_nonzero(by_others, axis=1)[places[0]]
        heard = _after(report, number * len(participants), total)
        for classifier, judge in _CLASSIFIERS.items():
            if identity == "photo":
                predicted, reason = _unknown(len(choices))
            else:
                scores = judge(masks, there, heard)[places]
                predicted, reason = _chosen(scores, choices, expressions)
            columns = {
                "classifier": [classifier] * len(predicted),
                "condition": [condition] * len(predicted),
                "participant": participants.gather(places[0]),
                "expression": expressions.gather(places[1]),
                "supervised": cues.gather(chosen).gather(places[2]),
                "predicted": predicted,
                "reason": reason,
            }
            judged = pl.DataFrame(columns).join(
                labels, on=["expression", "supervised"], maintain_order="left"
            )
            tables.append(
                judged.select(pl.col(name).cast(kind) for name, kind in PREDICTIONS.items())
            )
    return pl.concat(tables)


@step(bootstraps="statistics.bootstraps", seed="statistics.seed")
def accuracy_intervals(judged: pl.DataFrame, *, bootstraps: int, seed: int) -> pl.DataFrame:
    """Say how sure the share of right guesses is, the masks of a participant staying together.

    Parameters
    ----------
    judged : polars.DataFrame
        Columns classifier, condition, expression, participant, masks (guessed) and correct.
    bootstraps : int
        Samples of the participants behind the intervals; 0 for none.
    seed : int
        Random state of the samples.

    Returns
    -------
    polars.DataFrame
        The columns of `ACCURACY`, a row for each expression and one for `ALL_EXPRESSIONS`. The
        interval holds 95 % of the shares in samples of the participants, the guesses staying as
        they are; null for a single participant. The row of all expressions has the interval of
        the balanced accuracy too, the mean of the expressions' shares.
    """
    tables = [pl.DataFrame(schema=ACCURACY)]
    groups = judged.sort("classifier", "condition").group_by(
        "classifier", "condition", maintain_order=True
    )
    for (classifier, condition), rows in groups:
        counts, (participants, expressions) = dense(
            rows, ("participant", "expression"), ("masks", "correct")
        )
        counts = np.nan_to_num(counts)
        samples = [
            _shares(weights, counts)
            for weights in resample_counts(len(participants), bootstraps, seed)
            if len(participants) >= FEWEST_PARTICIPANTS
        ]
        names = [*expressions, ALL_EXPRESSIONS]
        # The last is the balanced accuracy, which stands beside that of all expressions.
        low, high = percentile_interval(np.concatenate([np.empty((0, len(names) + 1)), *samples]))
        columns = {"expression": names, "accuracy_low": low[:-1], "accuracy_high": high[:-1]}
        for name, ends in (("balanced_low", low), ("balanced_high", high)):
            columns[name] = np.append(np.full(len(expressions), np.nan), ends[-1])
        tables.append(
            pl.DataFrame(columns, nan_to_null=True)
            .with_columns(
                classifier=pl.lit(classifier),
                condition=pl.lit(condition),
                bootstraps=pl.lit(bootstraps),
            )
            .select(pl.col(name).cast(kind) for name, kind in ACCURACY.items())
        )
    return pl.concat(tables)


def _after(report: Report, before: int, total: int) -> Report:
    """Report of a whole of which something is done before this begins."""
    return lambda done, _: report(before + done, total)


def _unknown(masks: int) -> tuple[list[str | None], list[str | None]]:
    """Give no guess, because who is left out is not known."""
    return [None] * masks, [_NO_IDENTITY] * masks


def _chosen(
    scores: Matrix, choices: Counts, classes: pl.Series
) -> tuple[list[str | None], list[str | None]]:
    """Name the best class of each row of scores, or say why there is none.

    The choices are how many classes the others show, for each row.
    """
    names = classes.to_list()
    enough = choices >= FEWEST_CLASSES
    judged = enough & ~np.isnan(scores).all(axis=1)
    best = np.where(np.isnan(scores), -np.inf, scores).argmax(axis=1) if names else choices
    predicted = [names[at] if able else None for at, able in zip(best, judged, strict=True)]
    reason = [
        None if able else _NO_SPREAD if many else _TOO_FEW
        for able, many in zip(judged, enough, strict=True)
    ]
    return predicted, reason


def _shares(weights: Matrix, counts: Matrix) -> Matrix:
    """Give right guesses over all, of each expression, of all, and the mean of the expressions."""
    masks, correct = weights @ counts[..., 0], weights @ counts[..., 1]
    known = masks > 0
    shares = correct / np.where(known, masks, np.nan)
    shown = known.sum(axis=1)
    balanced = np.where(known, shares, 0.0).sum(axis=1) / np.where(shown > 0, shown, np.nan)
    together = correct.sum(axis=1) / np.where(shown > 0, masks.sum(axis=1), np.nan)
    listed: Matrix = np.column_stack([shares, together, balanced])
    return listed
