"""Regular and ambiguous expressions: what they are taken for, and how alike people show them."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from lakehouse.charts.drawing import Frames
from lakehouse.charts.expressions.accuracy import ALL, accuracies, regularities
from lakehouse.charts.expressions.confusion import confused_pairs, confusion_matrices, most_confused
from lakehouse.charts.words import Words
from lakehouse.report.figure import Figure, Section
from lakehouse.report.tables.facts import Need

_CLASSIFIED: Final = (Need.PARTICIPANTS, Need.STATISTICS, Need.SEVERAL_EXPRESSIONS)


def _confusion_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    shown = frames["confusion"]
    panels = shown.select("classifier", "condition").n_unique()
    cells = panels * len(set(shown["expression"]) | set(shown["predicted"])) ** 2
    return {
        "n": _people(frames["accuracy"], words),
        "panels": words.count(panels),
        "accuracies": _over_all(frames["accuracy"], words),
        "chance": words.percent(frames["accuracy"]["chance"].max()),  # type: ignore[arg-type]
        "left_out": f" {words('figures.confusion.left_out')}" if len(shown) < cells else "",
    }


def _accuracy_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    accuracy = frames["accuracy"]
    over_all = accuracy.filter(pl.col("expression") == ALL)
    single = accuracy.filter(pl.col("expression") != ALL)
    least = single.sort("value", "classifier", "condition", "expression").row(0, named=True)
    return {
        "n": _people(accuracy, words),
        "accuracies": _over_all(accuracy, words),
        "together": _together(frames["accuracy_together"], words),
        "above": words.count(over_all.filter(pl.col("value_low") > pl.col("chance")).height),
        "all": words.count(over_all.height),
        "chance": words.percent(accuracy["chance"].max()),  # type: ignore[arg-type]
        "majority": words.percent(over_all["majority"].max()),  # type: ignore[arg-type]
        "least": words.mask(least["expression"], least["condition"] == "supervised"),
        "least_value": words.percent(least["value"]),
        "least_classifier": words.value("classifier", least["classifier"]),
    }


def _pairs_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    rows = frames["confused_pairs"]
    most = rows.sort("share", "pair", "condition", descending=[True, False, False]).row(
        0, named=True
    )
    return {
        "n": _people(frames["accuracy"], words),
        "drawn": words.count(len(most_confused(frames))),
        "all": words.count(rows["pair"].n_unique()),
        "share": words.percent(most["share"]),
        "masks": words.count(most["masks"]),
        "mask": words.mask(most["expression"], most["condition"] == "supervised"),
        "predicted": words.expression(most["predicted"]),
        "classifier": words.value("classifier", most["classifier"]),
    }


def _regularity_numbers(frames: Frames, words: Words) -> Mapping[str, str]:
    regularity = frames["regularity"]
    ordered = regularity.sort("resultant_ratio", "expression", descending=[True, False])
    most, least = ordered.row(0, named=True), ordered.row(-1, named=True)
    return {
        "n": words.count(regularity["participants"].max()),  # type: ignore[arg-type]
        "most": words.mask(most["expression"], most["supervised"]),
        "most_ratio": _with_interval(most, words),
        "least": words.mask(least["expression"], least["supervised"]),
        "least_ratio": _with_interval(least, words),
        "chance": words.number(regularity["chance_ratio"].max()),  # type: ignore[arg-type]
    }


def _with_interval(row: Mapping[str, Any], words: Words) -> str:
    interval = words.interval(row["ratio_low"], row["ratio_high"])
    return f"{words.number(row['resultant_ratio'])} {interval}"


def _over_all(accuracy: pl.DataFrame, words: Words) -> str:
    """Say each classifier's balanced accuracy in each condition."""
    said = []
    apart = accuracy.filter(pl.col("expression") == ALL)
    for classifier in sorted(apart["classifier"].unique()):
        its = apart.filter(pl.col("classifier") == classifier).sort("condition", descending=True)
        values = [
            words(
                "figures.accuracy.one",
                condition=words.condition(row["condition"] == "supervised"),
                value=words.percent(row["value"], 1),
                interval=_percents(row, words),
            )
            for row in its.iter_rows(named=True)
        ]
        said.append(f"{words.value('classifier', classifier)}: {', '.join(values)}")
    return "; ".join(said)


def _together(together: pl.DataFrame, words: Words) -> str:
    values = [
        f"{words.value('classifier', row['classifier'])}: "
        f"{words.percent(row['balanced_accuracy'], 1)}"
        for row in together.iter_rows(named=True)
    ]
    return words("figures.accuracy.together", values="; ".join(values)) if values else ""


def _percents(row: Mapping[str, Any], words: Words) -> str:
    low, high = (
        None if row[end] is None else 100 * row[end] for end in ("value_low", "value_high")
    )
    return words.interval(low, high, 1)


def _people(accuracy: pl.DataFrame, words: Words) -> str:
    return words.count(accuracy["participants"].max())  # type: ignore[arg-type]


AMBIGUITY = Section(
    "ambiguity",
    (
        Figure(
            "confusion",
            tables=("confusion", "accuracy"),
            draw=confusion_matrices,
            numbers=_confusion_numbers,
            unit="confusion_share",
            needs=_CLASSIFIED,
        ),
        Figure(
            "accuracy",
            tables=("accuracy", "mistakes", "accuracy_together"),
            draw=accuracies,
            numbers=_accuracy_numbers,
            unit="confusion_share",
            needs=_CLASSIFIED,
        ),
        Figure(
            "confused_pairs",
            tables=("confused_pairs", "accuracy"),
            draw=confused_pairs,
            numbers=_pairs_numbers,
            unit="confusion_share",
            needs=_CLASSIFIED,
        ),
        Figure(
            "regularity",
            tables=("regularity",),
            draw=regularities,
            numbers=_regularity_numbers,
            unit="regularity",
            needs=(Need.PARTICIPANTS, Need.EXPRESSIONS, Need.STATISTICS),
        ),
    ),
)
