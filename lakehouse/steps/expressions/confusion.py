"""Which expression is taken for which, as functions from tables to tables."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.statistics.available_cases import Matrix
from lakehouse.statistics.bootstrap import Samples, percentile_interval
from lakehouse.statistics.leave_one_participant_out import (
    Flags,
    Learnt,
    Moments,
    Totals,
    nearest_centroid,
    shrinkage_lda,
)
from lakehouse.statistics.resampling import Report, unheard
from lakehouse.steps.correlations.columns import Schema
from lakehouse.steps.dense import dense
from lakehouse.steps.expressions.regularity import AXES
from lakehouse.steps.packed import added, packed, unpacked
from lakehouse.steps.passes import Pass, ascending, different, in_one_part
from lakehouse.steps.registry import spread, step

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
_NEAREST: Final = "nearest_centroid"
_CLASSIFIERS: Final = (_NEAREST, "shrinkage_lda")
_AXES: Schema = {"expression": pl.String, "supervised": pl.Boolean, "point": pl.Int16}
_TOTALS: Schema = {
    **dict.fromkeys(("first_participant", "condition"), pl.String),
    **dict.fromkeys(("counts", "people", "sums"), pl.Binary),
}
_MOMENTS: Schema = {
    **dict.fromkeys(("first_participant", "condition", "expression"), pl.String),
    **dict.fromkeys(("scatter", "skew", "squares", "fourth"), pl.Binary),
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
    return in_one_part(
        _PASSES, displacements, dimensions=dimensions, identity=identity, report=report
    )


@dataclass(frozen=True)
class _Known:
    """What the passes have found out about everybody."""

    axes: Mapping[str, pl.Series]
    totals: Mapping[str, Totals]
    """By condition."""
    learnt: Mapping[str, Learnt]


class _Faces:
    """Some participants' masks, as arrays; missing masks are zero."""

    def __init__(self, rows: pl.DataFrame, axes: Mapping[str, pl.Series], dimensions: int) -> None:
        keys = ("participant", "expression", "supervised", "point")
        fields, (self.participants, *_) = dense(rows, keys, AXES[:dimensions], axes)
        fields = fields.reshape(*fields.shape[:3], math.prod(fields.shape[3:]))
        self._known: Flags = np.asarray(np.isfinite(fields).all(axis=3))
        fields[~self._known] = 0.0
        self._fields, self._cues = fields, axes["supervised"]
        # Masks that are judged have every point, so one of the points names them all.
        first = rows.filter(pl.col("point").is_in(axes["point"].head(1).implode()))
        self.labels = first.select("expression", "supervised", "mask").unique()

    @property
    def first(self) -> str | None:
        """The first of the participants; None where there is nobody."""
        return self.participants[0] if len(self.participants) else None

    def conditions(self) -> Iterator[tuple[str, pl.Series, Matrix, Flags]]:
        """Give each condition with its cues, its masks and which of them are there."""
        for condition, chosen in _conditions(self._cues).items():
            yield (
                condition,
                self._cues[chosen],
                self._fields[:, :, chosen],
                self._known[:, :, chosen],
            )


def _conditions(cues: pl.Series) -> dict[str, slice]:
    """Name the conditions, each with its places among the cues."""
    names = ["supervised" if cue else "unsupervised" for cue in cues]
    conditions = {name: slice(at, at + 1) for at, name in enumerate(names)}
    return conditions | ({BOTH: slice(None)} if len(cues) > 1 else {})


def _faces(rows: pl.DataFrame, known: _Known, *, dimensions: int) -> _Faces:
    return _Faces(rows, known.axes, dimensions)


def _axes(displacements: pl.DataFrame, _: None) -> pl.DataFrame:
    return different(displacements, *map(pl.col, _AXES))


def _axes_known(parts: pl.DataFrame, _: None) -> _Known:
    return _Known(ascending(parts, None), {}, {})


def _totals(faces: _Faces, _: _Known) -> pl.DataFrame:
    """Add up some participants' masks of each condition."""
    tables = [pl.DataFrame(schema=_TOTALS)]
    for condition, _cues, masks, there in faces.conditions():
        of_condition = vars(Totals.of(masks, there))
        cells = {name: packed(values[None]) for name, values in of_condition.items()}
        tables.append(
            _part({"first_participant": faces.first, "condition": condition}, cells, _TOTALS)
        )
    return pl.concat(tables)


def _totals_known(parts: pl.DataFrame, known: _Known) -> _Known:
    classes = len(known.axes["expression"])
    shapes = {"counts": (classes,), "people": (classes,), "sums": (classes, -1)}
    totals = {
        condition: Totals(
            **{name: unpacked(sums[name], shape)[0] for name, shape in shapes.items()}
        )
        for (condition,), sums in _summed(parts, "condition")
    }
    return replace(known, totals=totals)


def _moments(faces: _Faces, known: _Known, *, identity: str = "participant") -> pl.DataFrame:
    """Add up how some participants' masks deviate from everybody's means."""
    tables = [pl.DataFrame(schema=_MOMENTS)]
    if identity != "photo":
        for condition, _cues, masks, there in faces.conditions():
            of_condition = vars(Moments.of(masks, there, known.totals[condition]))
            cells = {name: packed(values) for name, values in of_condition.items()}
            keys = {
                "first_participant": faces.first,
                "condition": condition,
                "expression": known.axes["expression"],
            }
            tables.append(_part(keys, cells, _MOMENTS))
    return pl.concat(tables)


def _moments_known(parts: pl.DataFrame, known: _Known) -> _Known:
    sums = pl.concat(
        [parts.clear(), *(of_class for _, of_class in _summed(parts, "condition", "expression"))]
    )
    learnt = {}
    for (condition,), of_condition in sums.sort("expression").group_by("condition"):
        scatter, skew = (unpacked(of_condition[name]) for name in ("scatter", "skew"))
        squares, fourth = (unpacked(of_condition[name], ()) for name in ("squares", "fourth"))
        moments = Moments(scatter, skew, squares, fourth)
        learnt[condition] = Learnt.of(known.totals[condition], moments)
    return replace(known, learnt=learnt)


def _judged(
    faces: _Faces,
    known: _Known,
    *,
    identity: str = "participant",
    report: Report = unheard,
) -> pl.DataFrame:
    """Judge the masks of some participants."""
    expressions, participants = known.axes["expression"], faces.participants
    tables = [pl.DataFrame(schema=PREDICTIONS)]
    total = len(known.totals) * len(participants)
    for number, (condition, cues, masks, there) in enumerate(faces.conditions()):
        places = np.nonzero(there)
        by_others = known.totals[condition].people - there.any(axis=2)
        choices = np.count_nonzero(by_others, axis=1)[places[0]]
        heard = _after(report, number * len(participants), total)
        for classifier in _CLASSIFIERS:
            if identity == "photo":
                predicted, reason = _unknown(len(choices))
            else:
                scores = (
                    nearest_centroid(masks, there, known.totals[condition])
                    if classifier == _NEAREST
                    else shrinkage_lda(masks, there, known.learnt[condition], report=heard)
                )
                predicted, reason = _chosen(scores[places], choices, expressions)
            columns = {
                "classifier": [classifier] * len(predicted),
                "condition": [condition] * len(predicted),
                "participant": participants.gather(places[0]),
                "expression": expressions.gather(places[1]),
                "supervised": cues.gather(places[2]),
                "predicted": predicted,
                "reason": reason,
            }
            judged = pl.DataFrame(columns).join(
                faces.labels, on=["expression", "supervised"], maintain_order="left"
            )
            tables.append(
                judged.select(pl.col(name).cast(kind) for name, kind in PREDICTIONS.items())
            )
    return pl.concat(tables)


def _summed(parts: pl.DataFrame, *keys: str) -> Iterator[tuple[tuple[str, ...], pl.DataFrame]]:
    """Add the parts that are equal in the keys."""
    for key, tables in parts.group_by(*keys):
        yield key, added(tables)


def _part(
    keys: Mapping[str, object], cells: Mapping[str, pl.Series], schema: Schema
) -> pl.DataFrame:
    table = pl.DataFrame(cells).with_columns(
        (value if isinstance(value, pl.Series) else pl.lit(value)).alias(name)
        for name, value in keys.items()
    )
    return table.select(pl.col(name).cast(kind) for name, kind in schema.items())


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
    tables, drawn = [pl.DataFrame(schema=ACCURACY)], Samples(bootstraps, seed)
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
            for weights in drawn.of(len(participants))
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


_OF_PEOPLE: Final[Mapping[str, Any]] = {"keys": ("participant",), "bundled": True, "lay": _faces}
_PASSES = (
    Pass(_axes, _AXES, _axes_known),
    Pass(_totals, _TOTALS, _totals_known, merge=("condition",), merged=added, **_OF_PEOPLE),
    Pass(
        _moments,
        _MOMENTS,
        _moments_known,
        merge=("condition", "expression"),
        merged=added,
        **_OF_PEOPLE,
    ),
    Pass(_judged, PREDICTIONS, **_OF_PEOPLE),
)
spread(predict_expressions, *_PASSES)
