"""For each column with a p or an interval: in which cohorts the truth is known, and what it is.

A column that is nowhere here is listed on the page as not calibrated. Relations and columns that
the program does not have are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lakehouse.warehouse.models import Model

LIKELY = re.compile(r"^(?:.*_)?(?:p|q|bonferroni|low|high)(?:_instrument|_alone)?$")
"""Names of columns with a p, or with an end of an interval."""

NOTHING = ("null", "drift", "trembling")
"""Kinds of cohorts in which nothing is related, and the cue changes nothing."""


@dataclass(frozen=True)
class PValues:
    """Columns whose p or q is below 0.05 by chance alone.

    Parameters
    ----------
    relation : str
    columns : tuple of str
    family : tuple of str, optional
        Columns that name a family of tests: the error is any finding in a family, and `()` says
        that all rows are one. Without it, each test counts for itself.
    cohorts : tuple of str
        Kinds in which nothing is there to be found.
    where : str
        Which rows count, in SQL.
    """

    relation: str
    columns: tuple[str, ...]
    family: tuple[str, ...] | None = None
    cohorts: tuple[str, ...] = NOTHING
    where: str = "true"

    @property
    def names(self) -> tuple[str, ...]:
        """The columns."""
        return self.columns


@dataclass(frozen=True)
class Interval:
    """Intervals of which 95 in 100 are to hold the truth.

    Parameters
    ----------
    relation : str
    stems : tuple of str
        What stands before `_low` and `_high`.
    truth : float or str
        A number, or the end of the name of the column that a very large cohort has the truth in:
        `_r` after each stem, or a whole name.
    cohorts : tuple of str
        Kinds in which this is the truth.
    where : str
        Which rows count, in SQL.
    """

    relation: str
    stems: tuple[str, ...]
    truth: float | str = 0.0
    cohorts: tuple[str, ...] = NOTHING
    where: str = "true"

    @property
    def names(self) -> tuple[str, ...]:
        """The columns."""
        return tuple(f"{stem}_{end}" for stem in self.stems for end in ("low", "high"))

    def estimate(self, stem: str) -> str:
        """Name the column that a large cohort has the truth in."""
        truth = str(self.truth)
        return stem + truth if truth.startswith("_") or not truth else truth


@dataclass(frozen=True)
class Level:
    """Columns that are shown as they are: reliabilities, where it is known what people do.

    Parameters
    ----------
    relation : str
    columns : tuple of str
    cohorts : tuple of str
    where : str
        Which rows count, in SQL.
    """

    relation: str
    columns: tuple[str, ...]
    cohorts: tuple[str, ...] = ("null", "trembling")
    where: str = "true"

    @property
    def names(self) -> tuple[str, ...]:
        """The columns."""
        return self.columns


Entry = PValues | Interval | Level

PRIMARY = "grouping = 'kmeans6'"
FIXED = "grouping in ('measures', 'mesh')"
"""Features that are the same in every cohort; groups of points are not."""

PLANTED = ("planted",)
METHODS = ("pearson", "spearman")


def each(names: Sequence[str], *ends: str) -> tuple[str, ...]:
    """Join every name with every end."""
    return tuple(name + end for end in ends for name in names)


REGISTRY: tuple[Entry, ...] = (
    *(
        entry
        for relation in ("correlations", "partial_correlations")
        for entry in (
            PValues(relation, (*each(METHODS, "_p"), "kendall_p"), where=PRIMARY),
            PValues(relation, each(METHODS, "_bonferroni", "_q"), ("grouping",), where=PRIMARY),
            PValues(relation, ("permutation_p",), ("grouping",), where=PRIMARY),
            PValues(
                relation,
                each(METHODS, "_q_instrument"),
                ("grouping", "instrument"),
                where=PRIMARY,
            ),
            Interval(relation, (*METHODS, "kendall"), where=PRIMARY),
            Interval(relation, METHODS, "_r", PLANTED, FIXED),
            Interval(relation, ("kendall",), "_tau", PLANTED, FIXED),
        )
    ),
    Interval("instrument_correlations", METHODS, "_r", PLANTED),
    Interval("instrument_correlations", ("kendall",), "_tau", PLANTED),
    *(
        entry
        for prefix in ("", "paper_")
        for entry in (
            PValues("supervision_effects", each((prefix,), "t_p", "wilcoxon_p")),
            PValues("supervision_effects", each((prefix,), "t_q", "wilcoxon_q"), ("grouping",)),
            Interval("supervision_effects", each((prefix,), "difference", "dz")),
            Interval(
                "supervision_effects",
                (f"{prefix}difference",),
                f"{prefix}mean_difference",
                PLANTED,
                FIXED,
            ),
            Interval("supervision_effects", (f"{prefix}dz",), f"{prefix}cohen_dz", PLANTED, FIXED),
            PValues("supervision_point_effects", (f"{prefix}t_p",)),
            PValues("supervision_point_effects", (f"{prefix}max_t_p",), ("expression",)),
            PValues("supervision_point_effects", (f"{prefix}all_max_t_p",), ()),
            Interval("supervision_point_effects", each((prefix,), "difference", "dz")),
        )
    ),
    Interval("reliability", ("icc_a1", "icc_ak"), "", PLANTED, FIXED),
    Interval("feature_reliability", ("split_half", "reliability", "icc_ck"), "", PLANTED, FIXED),
    Interval("expression_regularity", ("ratio",), "resultant_ratio", PLANTED),
    Interval("expression_regularity", ("cosine",), "mean_cosine", PLANTED),
    Interval("expression_regularity", ("dispersion",), "dispersion", PLANTED),
    Interval("smile_coactivation", ("corner_rise", "eye_narrowing", "slope"), "", PLANTED),
    Interval("smile_coactivation", ("spearman", "cheek_spearman"), "_r", PLANTED),
    Level("reliability", ("icc_a1", "icc_ak"), where=PRIMARY),
    Level("feature_reliability", ("split_half", "reliability", "icc_ck"), where=PRIMARY),
    PValues("score_prediction", ("permutation_p",), ()),
    PValues("score_prediction", ("permutation_p_alone",)),
    PValues("exclusion_balance", ("welch_p", "mann_whitney_p", "fisher_p")),
)

REPEATS = "the same numbers as in `correlations`"
BEHIND = "relations of the schema `main` show it, or are made of it"
NEVER_NULL = "in no cohort here are these unrelated; computed as in `correlations`"
FIXED_GUESSES = "what is foretold depends on the number of people, so there is no one truth"
NO_TRUTH = "nobody has said yet what the truth would be"

REASONS = {
    r".*\.(pearson_)?loo_.*": "the range of r with one person left out, which promises no coverage",
    r"internal\.(?!normality).*": BEHIND,
    r"strongest_correlations\..*": REPEATS,
    r"(instrument|feature)_correlations\..*": NEVER_NULL,
    r"smile_coactivation\..*_p": "eyes and mouth are related in all cohorts here",
    r"mask_histograms\..*": "the ends of a bin, no interval",
    r"event_averages\..*": "Student's interval of a mean; no cohort here has videos",
    r"cluster_choice\..*": "percentiles over draws, which promise no coverage",
    r"expression_accuracy\..*": FIXED_GUESSES,
    r"score_prediction\..*": FIXED_GUESSES,
    r".*normality.*": "no feature and no score here is normal",
    r".*equivalence_p": "needs a smallest effect of interest in the settings",
    r".*disattenuated.*": "needs the questionnaires' reliability in the settings",
    r"specification.*": "made by `lakehouse multiverse`, which takes minutes for each cohort",
}
"""Why a column is not calibrated, by its relation and name; the first that fits."""


def likely(models: Sequence[Model]) -> list[tuple[str, str]]:
    """List the columns, with their relations, that hold a p or an end of an interval."""
    return [
        (model.relation, column)
        for model in sorted(models, key=lambda model: model.relation)
        for column in model.header.columns
        if LIKELY.match(column)
    ]


def present(models: Sequence[Model]) -> Iterator[Entry]:
    """Give the entries of the registry with those of their columns that are there."""
    columns = {model.relation: set(model.header.columns) for model in models}
    for entry in REGISTRY:
        there = columns.get(entry.relation, set())
        if isinstance(entry, Interval):
            stems = tuple(stem for stem in entry.stems if {f"{stem}_low", f"{stem}_high"} <= there)
            if stems:
                yield replace(entry, stems=stems)
        elif found := tuple(name for name in entry.columns if name in there):
            yield replace(entry, columns=found)


def not_calibrated(models: Sequence[Model]) -> list[tuple[str, str, str]]:
    """List what the registry says nothing of: relation, column and the reason."""
    known = {(entry.relation, name) for entry in REGISTRY for name in entry.names}
    return [
        (relation, column, reason(relation, column))
        for relation, column in likely(models)
        if (relation, column) not in known
    ]


def reason(relation: str, column: str) -> str:
    """Say why a column is not calibrated."""
    name = f"{relation}.{column}"
    return next((text for form, text in REASONS.items() if re.fullmatch(form, name)), NO_TRUTH)
