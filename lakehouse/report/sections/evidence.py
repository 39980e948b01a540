"""What the correlations can bear: chance, covariates, errors, prediction, other analyses."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from lakehouse.charts.correlations.chance import chance
from lakehouse.charts.correlations.evidence import (
    adjusted,
    disattenuated,
    evidence,
    prediction,
)
from lakehouse.charts.correlations.multiverse import multiverse
from lakehouse.charts.drawing import Frames
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Listing, Prose, Section
from lakehouse.report.sections.correlations import NEEDS as SCORED
from lakehouse.report.sections.correlations import correlation_numbers, counts
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.tables import Tables

_LEVEL: Final = 0.05
_TEN: Final = 1.0
"""Logarithm of the Bayes factor of ten to one."""
_MOST: Final = 10
"""Departures from what was registered that are told one by one."""


def chance_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    """Count what passes p < 0.05 and what is expected to, of every method."""
    frame = frames["correlation_thresholds"]
    level = frame.filter((pl.col("kind") == "p") & (pl.col("threshold") == _LEVEL))
    passed = dict(level.select("method", "passed").iter_rows())
    return {
        **correlation_numbers(frames, words),
        "spearman_passed": words.count(passed.get("spearman")),
        "pearson_passed": words.count(passed.get("pearson")),
        "bin": words.number(_int(level["tests"].max()) / 20, 0),
    }


def partial_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    """Say what is held constant, how far correlations move, and what stands."""
    frame = frames["partial_correlations"]
    moved = (frame["partial_r"] - frame["spearman_r"]).abs()
    return {
        "n": counts(frame["n"], words),
        "covariates": frame["covariates"][0],
        "tests": words.count(frame["partial_p"].count()),
        "median": words.number(_float(moved.median())),
        "most": words.number(_float(moved.max())),
        "q_stands": _below(frame, "partial_q", words),
        "max_stands": _below(frame, "partial_max_p", words),
    }


def evidence_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    """Say what could have been found, and how many tests speak for and against a relation."""
    frame = frames["correlation_evidence"]
    bayes = frame["log10_bayes_factor"]
    sesoi = _float(frame["sesoi_r"].max())
    return {
        "n": counts(frame["n"], words),
        "tests": words.count(frame["pearson_r"].count()),
        "detectable": words.number(_float(frame["detectable_r"].max())),
        "reached": words.count(
            frame.filter(pl.col("pearson_r").abs() >= pl.col("detectable_r")).height
        ),
        "largest": words.number(_float(frame["pearson_r"].abs().max())),
        "for": words.count(frame.filter(bayes >= _TEN).height),
        "against": words.count(frame.filter(bayes <= -_TEN).height),
        "between": words.count(frame.filter(bayes.abs() < _TEN).height),
        "equivalence": words("evidence.no_sesoi")
        if sesoi is None
        else words(
            "evidence.equivalent",
            sesoi=words.number(sesoi),
            equivalent=_below(frame, "spearman_equivalence_p", words),
        ),
    }


def disattenuated_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    """Give the range of the reliabilities, and the largest correlation in both ways."""
    frame = frames["disattenuated_correlations"]
    first = frame.row(0, named=True)
    return {
        "n": counts(frame["n"], words),
        "shown": words.count(len(frame)),
        "feature": words.labels.features.get(first["feature"], first["feature"]),
        "instrument": words.instrument(first["instrument"]),
        "r": words.number(first["pearson_r"]),
        "without_error": words.number(first["r_disattenuated"]),
        "interval": words.interval(first["r_disattenuated_low"], first["r_disattenuated_high"]),
        "low": words.number(_float(frame["feature_reliability"].min())),
        "high": words.number(_float(frame["feature_reliability"].max())),
    }


def prediction_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    """Give the best questionnaire's r and R², and how many stand."""
    frame = frames["score_prediction"]
    told = frame.filter(pl.col("r").is_not_null())
    ordered = told.sort("permutation_p", "r", descending=[False, True], nulls_last=True)
    best: dict[str, Any] = ordered.row(0, named=True) if len(ordered) else {}
    return {
        "n": counts(frame["n"], words),
        "instruments": words.count(len(told)),
        "stands": _below(frame, "permutation_p", words),
        "better": words.count(frame.filter(pl.col("r_squared") > 0).height),
        "instrument": words.instrument(best.get("instrument", "–")),
        "r": words.number(best.get("r")),
        "interval": words.interval(best.get("r_low"), best.get("r_high")),
        "r_squared": words.number(best.get("r_squared"), 3),
        "p": words.p(best.get("permutation_p")),
    }


def multiverse_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    """Give the range of the strongest correlations, and the p of the whole curve."""
    frame = frames["specifications"].filter(pl.col("curve") == "strongest")
    medians = frames["specification_curve"].filter(pl.col("statistic") == "median")
    curve = medians.filter(pl.col("curve") == "strongest")
    hypotheses = medians.filter(pl.col("curve") != "strongest")
    whole: dict[str, Any] = curve.row(0, named=True) if len(curve) else {}
    return {
        "n": counts(frame["n"], words),
        "specifications": words.count(len(frame)),
        "low": words.number(_float(frame["r"].min())),
        "high": words.number(_float(frame["r"].max())),
        "pairs": words.count(frame.select("instrument").n_unique()),
        "p": words.p(whole.get("p")),
        "permutations": words.count(whole.get("permutations")),
        "hypotheses": " ".join(
            words("curve.hypothesis", curve=row["curve"], p=words.p(row["p"]))
            for row in hypotheses.iter_rows(named=True)
        ),
    }


def primary_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    """Say what the primary family is, and what stands in it."""
    frame = frames["primary_correlations"]
    first = frame.row(0, named=True)
    return {
        "n": counts(frame["n"], words),
        "tests": words.count(first["tests"]),
        "method": words(f"coefficient.{first['method']}"),
        "direction": words(f"sign.{first['direction']}"),
        "q_stands": _below(frame, "q", words),
        "holm_stands": _below(frame, "holm", words),
    }


def registration(tables: Tables, words: Words) -> list[str]:
    """Say whether results keep to what was registered before scores were read."""
    kept = tables.keeping
    if kept is None:
        return [words("registration.none")]
    if not kept.registered_at:
        return [words("registration.unreadable")]
    values = {
        "at": kept.registered_at,
        "digest": kept.sha256[:12],
        "before": words("registration.before" if kept.before_scores else "registration.after"),
    }
    if not kept.departures:
        return [words("registration.kept", **values)]
    told = [*kept.departures[:_MOST], *(["…"] if len(kept.departures) > _MOST else [])]
    return [
        words("registration.departed", count=words.count(len(kept.departures)), **values),
        *told,
    ]


def _below(frame: pl.DataFrame, column: str, words: Words) -> str:
    return words.count(frame.filter(pl.col(column) < _LEVEL).height)


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _int(value: Any) -> int:
    return 0 if value is None else int(value)


_TESTED: Final = (*SCORED, Need.TESTS)
_STATISTICS: Final = (*SCORED, Need.TESTS, Need.STATISTICS)

EVIDENCE = Section(
    "evidence",
    (
        Figure(
            "chance",
            tables=("correlation_thresholds", "correlations"),
            draw=chance,
            numbers=chance_numbers,
            unit="tests",
            needs=_TESTED,
        ),
        Prose("registration", registration),
        Listing(
            "primary",
            table="primary_correlations",
            columns=("rank", "feature", "instrument", "n", "r", "p", "q", "holm"),
            numbers=primary_numbers,
            needs=_TESTED,
        ),
        Figure(
            "partial",
            tables=("partial_correlations",),
            draw=adjusted,
            numbers=partial_numbers,
            unit="spearman",
            needs=(*SCORED, Need.COVARIATES),
        ),
        Figure(
            "bayes",
            tables=("correlation_evidence",),
            draw=evidence,
            numbers=evidence_numbers,
            unit="pearson",
            needs=_STATISTICS,
        ),
        Figure(
            "disattenuated",
            tables=("disattenuated_correlations",),
            draw=disattenuated,
            numbers=disattenuated_numbers,
            unit="pearson",
            needs=(*_STATISTICS, Need.RELIABILITIES),
        ),
        Figure(
            "prediction",
            tables=("score_prediction",),
            draw=prediction,
            numbers=prediction_numbers,
            unit="prediction",
            needs=(*SCORED, Need.STATISTICS),
        ),
        Figure(
            "multiverse",
            tables=("specifications", "specification_curve"),
            draw=multiverse,
            numbers=multiverse_numbers,
            unit="spearman",
            needs=(*SCORED, Need.MULTIVERSE),
            controls=("curve",),
        ),
    ),
)
