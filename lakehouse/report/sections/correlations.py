"""Movement and questionnaires: heat map, scatter and the paper's table."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from lakehouse.charts.correlations.cells import correlation_cells
from lakehouse.charts.correlations.questionnaires import questionnaire_matrix, score_histograms
from lakehouse.charts.correlations.scatter import correlation_scatter
from lakehouse.charts.drawing import Frames
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Listing, Section
from lakehouse.report.tables.facts import Need

NEEDS: Final = (Need.PARTICIPANTS, Need.EXPRESSIONS, Need.SCORES)
_CORRELATED: Final = (*NEEDS, Need.CORRELATIONS)
_CHOSEN: Final = ("feature", "instrument")
_LEVEL: Final = 0.05


def correlation_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    """Count the tests, what chance alone lets pass, and what stands; describe the strongest."""
    frame = frames["correlations"]
    tested = frame.filter(pl.col("spearman_p").is_not_null())
    strongest = frame.row(0, named=True)
    values = {
        "features": words.count(frame["feature"].n_unique()),
        "instruments": words.count(frame["instrument"].n_unique()),
        "tests": words.count(len(tested)),
        "chance": words.number(_LEVEL * len(tested), 0),
        "passed": _below(tested, "spearman_p", words),
        "q_stands": _below(tested, "spearman_q", words),
        "pearson_stands": _below(tested, "pearson_q", words),
        "feature": words.labels.features.get(strongest["feature"], strongest["feature"]),
        "instrument": words.instrument(strongest["instrument"]),
        "r": words.number(strongest["spearman_r"]),
        "interval": words.interval(strongest["spearman_low"], strongest["spearman_high"]),
        "q": words.p(strongest["spearman_q"]),
        "max_p": words.p(strongest["permutation_p"]),
        "pearson": words.number(strongest["pearson_r"]),
    }
    max_key = "max" if tested["permutation_p"].count() else "no_max"
    max_stands = words(f"found.{max_key}", count=_below(tested, "permutation_p", words))
    found = words("found.tested", max=max_stands, **values) if len(tested) else words("found.none")
    return {"n": counts(frame["n"], words), "found": found, "max": max_stands, **values}


def cell_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    """Say what the columns' numbers are the groups of, besides `correlation_numbers`."""
    column = "name_pt" if words.language.startswith("pt") else "name_en"
    names = frames["correlated_groups"].select("group_id", column).drop_nulls()
    groups = "; ".join(f"{group} {name}" for group, name in names.iter_rows())
    said = words("found.groups", groups=groups) if groups else ""
    return {**correlation_numbers(frames, words), "groups": said}


def _below(frame: pl.DataFrame, column: str, words: Words) -> str:
    return words.count(frame.filter(pl.col(column) < _LEVEL).height)


def counts(values: pl.Series, words: Words) -> str:
    """Write the count that all rows have, or from the least to the most."""
    low, high = values.min(), values.max()
    if low == high:
        return words.count(high)  # type: ignore[arg-type]
    return f"{words.count(low)}–{words.count(high)}"  # type: ignore[arg-type]


def pair_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    """Describe the strongest correlation between questionnaires."""
    frame = frames["instrument_correlations"]
    by_size = frame.sort(pl.col("spearman_r").abs(), descending=True, nulls_last=True)
    first = by_size.row(0, named=True)
    return {
        "n": counts(frame["n"], words),
        "pairs": words.count(len(frame)),
        "stands": _below(frame, "spearman_q", words),
        "first": words.instrument(first["instrument_a"]),
        "second": words.instrument(first["instrument_b"]),
        "r": words.number(first["spearman_r"]),
        "interval": words.interval(first["spearman_low"], first["spearman_high"]),
    }


def score_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    """Name the questionnaire with the most skewed scores."""
    frame = frames["score_distributions"]
    if frame.is_empty():
        return {"n": "–", "instruments": "0", "instrument": "–", "skewness": "–"}
    first = frame.sort("skewness", descending=True, nulls_last=True).row(0, named=True)
    return {
        "n": counts(frame["n"], words),
        "instruments": words.count(len(frame)),
        "instrument": words.instrument(first["instrument"]),
        "skewness": words.number(first["skewness"]),
    }


CORRELATIONS = Section(
    "correlations",
    (
        Figure(
            "correlations",
            tables=("correlations", "correlated_groups"),
            draw=correlation_cells,
            numbers=cell_numbers,
            unit="spearman",
            needs=_CORRELATED,
            paper=("T1",),
            controls=_CHOSEN,
            readout=_CHOSEN,
        ),
        Figure(
            "relation",
            tables=("correlation_values", "correlations"),
            draw=correlation_scatter,
            numbers=correlation_numbers,
            unit="feature_and_score",
            needs=_CORRELATED,
            controls=_CHOSEN,
            personal=True,
        ),
        Listing(
            "strongest",
            table="correlations",
            columns=(
                *("rank", "feature", "instrument", "n", "spearman_r", "spearman_low"),
                *("spearman_high", "spearman_p", "spearman_q", "permutation_p", "pearson_r"),
                *("pearson_low", "pearson_high", "pearson_p", "pearson_q", "loo_low", "loo_high"),
            ),
            numbers=correlation_numbers,
            needs=_CORRELATED,
            paper=("T1",),
        ),
        Figure(
            "questionnaires",
            tables=("instrument_correlations",),
            draw=questionnaire_matrix,
            numbers=pair_numbers,
            unit="spearman",
            needs=(Need.PARTICIPANTS, Need.SCORES, Need.CORRELATIONS),
        ),
        Figure(
            "scores",
            tables=("score_histogram", "score_distributions", "score_ends"),
            draw=score_histograms,
            numbers=score_numbers,
            unit="score_points",
            needs=(Need.PARTICIPANTS, Need.SCORES),
        ),
    ),
)
