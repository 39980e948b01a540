"""How well features and photographs agree with themselves, and what that lets be found."""

import math
from collections.abc import Mapping

import polars as pl

from lakehouse.charts.drawing import Frames
from lakehouse.charts.movement.attenuation import attenuation
from lakehouse.charts.movement.reliability import feature_reliabilities, photo_reliabilities
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Section
from lakehouse.report.sections.numbers import besides, median, named_part, people, row_of
from lakehouse.report.tables.facts import Need

_QUESTIONNAIRE = 0.8
_CHOICES = ("expression", "supervised", "part")
_NEEDS = (Need.PARTICIPANTS, Need.EXPRESSIONS, Need.REPEATED)


def _features_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["feature_reliability"]
    lowest = row_of(table, pl.col("reliability"))
    return {
        **people(table, "n", words),
        "features": words.count(len(table)),
        "missing": besides(
            table["reliability"].null_count(), "figures.feature_reliability.missing", words
        ),
        "median": words.number(median(table, "reliability")),
        "movement": words.number(median(table, "icc_ck")),
        "lowest": words.number(lowest.get("reliability")),
        "interval": words.interval(lowest.get("reliability_low"), lowest.get("reliability_high")),
        "where": named_part(lowest, words),
    }


def _limits_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["feature_reliability"]
    shown = table.filter(pl.col("reliability") > 0)
    middle = median(shown, "reliability")
    share = None if middle is None else min(middle, 1.0)

    def limit(questionnaire: float) -> str:
        return words.number(None if share is None else math.sqrt(share * questionnaire))

    return {
        **people(table, "n", words),
        "features": words.count(len(shown)),
        "missing": besides(len(table) - len(shown), "figures.attenuation.missing", words),
        "median": words.number(middle),
        "limit": limit(1),
        "limit_questionnaire": limit(_QUESTIONNAIRE),
    }


def _photos_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    table = frames["photo_reliability"]
    lowest = row_of(table, pl.col("icc_a1"))
    counts = sorted(set(table["photos"].drop_nulls()))
    return {
        **people(table, "n", words),
        "features": words.count(len(table)),
        "photos": words.listed([words.count(count) for count in counts]),
        "median": words.number(median(table, "icc_a1")),
        "median_k": words.number(median(table, "icc_ak")),
        "lowest": words.number(lowest.get("icc_a1")),
        "interval": words.interval(lowest.get("icc_a1_low"), lowest.get("icc_a1_high")),
        "where": named_part(lowest, words),
    }


RELIABILITY = Section(
    "reliability",
    (
        Figure(
            "feature_reliability",
            tables=("feature_reliability",),
            draw=feature_reliabilities,
            numbers=_features_numbers,
            unit="share",
            needs=(*_NEEDS, Need.STATISTICS),
            controls=_CHOICES,
            readout=_CHOICES,
        ),
        Figure(
            "attenuation",
            tables=("feature_reliability",),
            draw=attenuation,
            numbers=_limits_numbers,
            unit="r",
            needs=(*_NEEDS, Need.STATISTICS),
        ),
        Figure(
            "photo_reliability",
            tables=("photo_reliability",),
            draw=photo_reliabilities,
            numbers=_photos_numbers,
            unit="share",
            needs=_NEEDS,
            controls=_CHOICES,
            readout=_CHOICES,
        ),
    ),
)
