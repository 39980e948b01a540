"""Faces with a cue against faces without, as functions from tables to tables."""

from collections.abc import Mapping
from functools import partial
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from lakehouse.statistics.multiplicity import benjamini_hochberg
from lakehouse.statistics.paired_tests import (
    FEWEST_PAIRS,
    Columns,
    Compared,
    compared,
    paired_t,
    signed_ranks,
)
from lakehouse.statistics.resampling import Report, unheard
from lakehouse.statistics.sign_flips import flipped, sign_flip_p
from lakehouse.steps.correlations.columns import Schema
from lakehouse.steps.dense import NO_LEVELS, Array, dense, one_level
from lakehouse.steps.passes import Pass, ascending, different, in_one_part
from lakehouse.steps.registry import spread, step

SMALLEST_PX = 1e-6
"""A smaller difference of distances is rounding, as of the point that alignment pins."""

_T: Schema = dict.fromkeys(
    ("mean_difference", "sd_difference", "difference_low", "difference_high", "t", "t_p"),
    pl.Float64,
)
_DZ: Schema = dict.fromkeys(("cohen_dz", "dz_low", "dz_high"), pl.Float64)
_FAMILY: Schema = {"family": pl.String, "tests": pl.Int32, "reason": pl.String}
_OF_NOISE: Schema = {"noise_difference": pl.Float64, "over_noise": pl.Float64}
_OF_GROUPS: Schema = {
    "n": pl.Int32,
    "supervised_mean": pl.Float64,
    "unsupervised_mean": pl.Float64,
    "mean_difference": pl.Float64,
    **_OF_NOISE,
    **_T,
    "t_q": pl.Float64,
    **_DZ,
    "wilcoxon_p": pl.Float64,
    "wilcoxon_q": pl.Float64,
    "rank_biserial": pl.Float64,
    **_FAMILY,
}
_OF_POINTS: Schema = {
    "n": pl.Int32,
    **_T,
    **_DZ,
    "max_t_p": pl.Float64,
    "all_max_t_p": pl.Float64,
    "flips": pl.Int32,
    **_FAMILY,
}


class _Measured(NamedTuple):
    """Which neutral face both masks are measured from."""

    name: str
    prefix: str
    """Of the columns of results."""
    too_few: str

    @property
    def distance(self) -> str:
        """The column of distances."""
        return f"{self.name}_distance"

    def schema(self, columns: Schema) -> Schema:
        """Name columns of results."""
        return {f"{self.prefix}{name}": kind for name, kind in columns.items()}

    def named(self, table: pl.DataFrame, columns: Schema) -> pl.DataFrame:
        """Take columns of results, by their names."""
        return table.select(pl.col(name).alias(f"{self.prefix}{name}") for name in columns)


class _Flips(NamedTuple):
    """Random flips of signs."""

    number: int
    seed: int
    report: Report


_OWN: Final = _Measured(
    "own",
    "",
    f"fewer than {FEWEST_PAIRS} participants have both masks and the neutral face of either "
    "condition",
)
_PAPER: Final = _Measured(
    "paper", "paper_", f"fewer than {FEWEST_PAIRS} participants have both masks"
)
EFFECTS: Schema = _OWN.schema(_OF_GROUPS) | _PAPER.schema(_OF_GROUPS)
_POINT_KEY: Schema = {"expression": pl.String, "point": pl.Int16}
POINT_EFFECTS: Schema = _OWN.schema(_OF_POINTS) | _PAPER.schema(_OF_POINTS)

_ALONE: Final = tuple(name for name in _OF_POINTS if name not in ("max_t_p", "all_max_t_p"))
_OF_EXPRESSION: Schema = {
    **{name: _OF_POINTS[name] for name in _ALONE},
    "strength": pl.Float64,
    "maxima": pl.List(pl.Float64),
}
_OF_EXPRESSIONS: Schema = _POINT_KEY | _OWN.schema(_OF_EXPRESSION) | _PAPER.schema(_OF_EXPRESSION)
"""Of a point, and, where point is null, the maxima of the expression."""
_REASONS: Mapping[int, str | None] = {
    Compared.YES: None,
    Compared.ALL_ZERO: "nobody's two masks differ",
    Compared.CONSTANT: "the difference is the same for everybody",
}


@step()
def compare_groups(distances: pl.DataFrame) -> pl.DataFrame:
    """Compare how far groups of points move with and without a cue.

    Parameters
    ----------
    distances : polars.DataFrame
        Columns grouping, expression, group_id, participant, supervised; own_distance, from the
        neutral face of the same condition, and paper_distance, from the one without a cue;
        own_noise and paper_noise, which are the same for everybody.

    Returns
    -------
    polars.DataFrame
        grouping, expression, group_id and the columns of `EFFECTS`, by these three: first by
        own_distance, then, with the prefix paper_, by paper_distance; supervised
        minus unsupervised, over the participants who have both; less than `SMALLEST_PX` is no
        difference, and a noise below it leaves over_noise null. The family of q is all of a
        grouping's expressions × groups. Empty where `distances` is.
    """
    key: Schema = {"grouping": pl.String, "expression": pl.String, "group_id": pl.Int32}
    own, paper = (_groups(distances, key, measured) for measured in (_OWN, _PAPER))
    return (
        own.select(*key).hstack(_OWN.named(own, _OF_GROUPS)).hstack(_PAPER.named(paper, _OF_GROUPS))
    )


def _groups(distances: pl.DataFrame, key: Schema, measured: _Measured) -> pl.DataFrame:
    """Compare groups by one of the distances; in the order of the key."""
    tested = {name: kind for name, kind in _OF_GROUPS.items() if name not in _OF_NOISE}
    tables = [pl.DataFrame(schema={**key, **tested})]
    for (grouping,), rows in distances.sort("grouping").group_by("grouping", maintain_order=True):
        both, (expressions, groups) = _both(rows, "group_id", measured.distance)
        n, pairs = both.shape[1], len(expressions) * len(groups)
        differences = _differences(both).reshape(n, pairs)
        columns = paired_t(differences) | signed_ranks(differences)
        columns |= {
            f"{name}_q": benjamini_hochberg(columns[f"{name}_p"]) for name in ("t", "wilcoxon")
        }
        for name, side in zip(("supervised_mean", "unsupervised_mean"), both, strict=True):
            columns[name] = _mean_where(side.reshape(n, pairs), ~np.isnan(differences))
        verdicts = compared(differences)
        tests = np.count_nonzero(verdicts == Compared.YES)
        family = f"{grouping}: {len(expressions)} expressions × {len(groups)} groups, {tests} tests"
        keys = {
            "grouping": [grouping] * pairs,
            "expression": np.repeat(expressions.to_numpy(), len(groups)),
            "group_id": np.tile(groups.to_numpy(), len(expressions)),
            "reason": _reasons(verdicts, measured),
        }
        tables.append(_table(keys, key, columns, tested, family=family, tests=tests))
    noise = distances.group_by(*key).agg(
        pl.col(f"{measured.name}_noise").first().alias("noise_difference")
    )
    return (
        pl.concat(tables)
        .join(noise, on=[*key], how="left", maintain_order="left")
        .with_columns(
            over_noise=pl.when(pl.col("noise_difference") > SMALLEST_PX).then(
                pl.col("mean_difference") / pl.col("noise_difference")
            )
        )
    )


@step(flips="statistics.permutations", seed="statistics.seed")
def compare_points(
    distances: pl.DataFrame, *, flips: int, seed: int, report: Report = unheard
) -> pl.DataFrame:
    """Compare how far each point moves with and without a cue.

    Parameters
    ----------
    distances : polars.DataFrame
        Columns expression, point, participant, supervised, own_distance and paper_distance, as
        in `compare_groups`.
    flips : int
        Random flips of signs behind the family-wise probabilities; 0 for none.
    seed : int
        Random state of the flips.
    report : callable, optional
        Told how many flips are done, of both comparisons.

    Returns
    -------
    polars.DataFrame
        expression, point and the columns of `POINT_EFFECTS`, by these two, as in
        `compare_groups`. The family of max_t_p is the points of the expression, that of
        all_max_t_p the points of all expressions. Empty where `distances` is.
    """
    return in_one_part(_PASSES, distances, flips=flips, seed=seed, report=report)


def _axes(distances: pl.DataFrame, _: None) -> pl.DataFrame:
    """List who is compared and at which points."""
    return different(distances, pl.col("participant"), pl.col("point"))


def _of_expressions(
    distances: pl.DataFrame,
    known: Mapping[str, pl.Series],
    *,
    flips: int,
    seed: int,
    report: Report = unheard,
) -> pl.DataFrame:
    """Compare the points of some expressions, of which it is given everybody's rows.

    Signs are drawn for all participants, so that they are the same in every part.
    """
    if distances.is_empty():
        return pl.DataFrame(schema=_OF_EXPRESSIONS)
    own, paper = (
        _points(distances, known, measured, _Flips(flips, seed, partial(_told, report, half)))
        for half, measured in enumerate((_OWN, _PAPER))
    )
    return (
        own.select(*_POINT_KEY)
        .hstack(_OWN.named(own, _OF_EXPRESSION))
        .hstack(_PAPER.named(paper, _OF_EXPRESSION))
    )


def _tested(parts: pl.DataFrame, _: object) -> pl.DataFrame:
    """Hold all expressions' points against the flips."""
    if parts.is_empty():
        return pl.DataFrame(schema=_POINT_KEY | POINT_EFFECTS)
    points = parts.filter(pl.col("point").is_not_null()).sort(*_POINT_KEY)
    of_flips = parts.filter(pl.col("point").is_null()).sort("expression")
    for measured in (_OWN, _PAPER):
        strength = points[f"{measured.prefix}strength"].fill_null(float("nan")).to_numpy()
        maxima = np.array(of_flips[f"{measured.prefix}maxima"].to_list(), dtype=np.float64)
        found = sign_flip_p(strength.reshape(len(maxima), -1), maxima)
        points = points.with_columns(
            pl.Series(f"{measured.prefix}{name}", p.ravel()).fill_nan(None)
            for name, p in zip(("max_t_p", "all_max_t_p"), found, strict=True)
        )
    return points.select(*_POINT_KEY, *POINT_EFFECTS)


def _told(report: Report, half: int, done: int, of: int) -> None:
    report(half * of + done, 2 * of)


def _points(
    distances: pl.DataFrame,
    known: Mapping[str, pl.Series],
    measured: _Measured,
    resampled: _Flips,
) -> pl.DataFrame:
    """Compare points by one of the distances; in the order of the key, and then the maxima."""
    both, (expressions, points) = _both(distances, "point", measured.distance, known)
    maps = _differences(both)
    strength, maxima = flipped(
        maps, count=resampled.number, seed=resampled.seed, report=resampled.report
    )
    differences = maps.reshape(len(maps), -1)
    columns = paired_t(differences) | {"strength": strength.ravel()}
    verdicts = compared(differences)
    tested = np.count_nonzero(verdicts.reshape(maps.shape[1:]) == Compared.YES, axis=1)
    tests = np.repeat(tested, len(points))
    names = np.repeat(expressions.to_numpy(), len(points))
    keys = {
        "expression": names,
        "point": np.tile(points.to_numpy(), len(expressions)),
        "reason": _reasons(verdicts, measured),
    }
    family = [f"{name}: {number} points" for name, number in zip(names, tests, strict=True)]
    schema = {name: kind for name, kind in _OF_EXPRESSION.items() if name != "maxima"}
    table = _table(
        keys, _POINT_KEY, columns, schema, family=family, tests=tests, flips=resampled.number
    )
    of_flips = pl.DataFrame(
        {"expression": expressions, "maxima": maxima.tolist()},
        schema_overrides={"maxima": pl.List(pl.Float64)},
    )
    return pl.concat([table, of_flips], how="diagonal")


def _both(
    rows: pl.DataFrame, unit: str, value: str, known: Mapping[str, pl.Series] = NO_LEVELS
) -> tuple[Array, tuple[pl.Series, pl.Series]]:
    """Lay distances out by condition (with cue, without), participant, expression and unit."""
    keys = ("participant", "expression", "supervised", unit)
    array, (_, expressions, conditions, units) = dense(rows, keys, [value], known)
    sides = [one_level(array[..., 0], 2, conditions, wanted) for wanted in (True, False)]
    return np.stack(sides), (expressions, units)


def _differences(both: Array) -> Array:
    found: Array = both[0] - both[1]
    return np.where(np.abs(found) < SMALLEST_PX, 0.0, found)


def _mean_where(values: Array, wanted: npt.NDArray[np.bool_]) -> Array:
    count = wanted.sum(axis=0)
    mean: Array = np.where(wanted, values, 0.0).sum(axis=0) / np.where(count > 0, count, np.nan)
    return mean


def _reasons(verdicts: npt.NDArray[np.int8], measured: _Measured) -> pl.Series:
    reasons = {**_REASONS, Compared.TOO_FEW: measured.too_few}
    return pl.Series([reasons[int(mark)] for mark in verdicts], dtype=pl.String)


def _table(
    keys: Mapping[str, object],
    key: Schema,
    columns: Columns,
    schema: Schema,
    **constant: object,
) -> pl.DataFrame:
    """Put the columns wanted beside their keys."""
    listed = {name: values for name, values in columns.items() if name in schema}
    rest = {name: value for name, value in constant.items() if isinstance(value, list | np.ndarray)}
    return (
        pl.DataFrame({**keys, **listed, **rest}, nan_to_null=True)
        .with_columns(
            pl.lit(value).alias(name) for name, value in constant.items() if name not in rest
        )
        .select(pl.col(name).cast(kind) for name, kind in (key | schema).items())
    )


_PASSES = (
    Pass(_axes, {"participant": pl.String, "point": pl.Int16}, ascending),
    Pass(_of_expressions, _OF_EXPRESSIONS, _tested, keys=("expression",)),
)
spread(compare_points, *_PASSES)
