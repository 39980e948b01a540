"""How faces and scores go together, and what of it stands after correction."""

from typing import Final

import polars as pl

from lakehouse.charts.words import Words
from lakehouse.report.findings.names import LEVEL, Row, first_row, joined, main_grouping
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.tables import Tables

_IN_TIME: Final = "dynamics"
"""The grouping of what videos tell."""

POWER: Final = 0.80
"""Of `detectable_r`."""


def correlations(tables: Tables, words: Words) -> str | None:
    """Say what of the correlations stands."""
    facts = tables.facts
    in_time = _of_time(tables, words)
    if facts.included == 0:
        return joined(in_time) or None
    if tables.missing((Need.SCORES,)):
        return words("glance.no_scores")
    counted = family(tables)
    if counted is None or counted["tests"] == 0:
        return joined(in_time) or words("glance.nothing_correlated")
    return joined(
        [
            _counted(counted, words),
            _strongest(tables, main_grouping(facts), words),
            _untested(counted, facts.settings["statistics"]["fewest"], words),
            *_of_others(tables, words),
            *in_time,
            *_evidence(tables, counted, words),
            _prediction(tables, words),
        ]
    )


def family(tables: Tables) -> Row | None:
    """Count the tests of the groups of points above average, and what of them stands."""
    frame = tables.table("glance_correlations")
    return first_row(frame.filter(grouping=main_grouping(tables.facts)))


def _counted(counted: Row, words: Words) -> str:
    standing = (counted["spearman_q"], counted["pearson_q"], counted["max_t"])
    single_tests = words.plural(
        "glance.by_chance" if any(standing) else "glance.none_stands",
        counted["spearman_p"],
        correlations=words.plural("glance.correlations", counted["tests"]),
        expected=words.number(LEVEL * counted["tests"], 0),
    )
    if not any(standing):
        return single_tests
    pearson = counted["pearson_q"]
    return joined(
        [
            single_tests,
            words(
                "glance.stands",
                spearman=words.plural("glance.of_spearman", counted["spearman_q"]),
                pearson=words.count(pearson) if pearson else words("glance.no_correlation"),
            ),
            words.plural("glance.max_t", counted["max_t"]) if counted["permutations"] else None,
        ]
    )


def _strongest(tables: Tables, grouping: str, words: Words) -> str | None:
    row = first_row(tables.table("glance_strongest").filter(grouping=grouping))
    if row is None:
        return None
    return words(
        "glance.strongest",
        feature=words.labels.features.get(row["feature"], row["feature"]),
        instrument=words.instrument(row["instrument"]),
        r=words.number(row["spearman_r"]),
        interval=words.interval(row["spearman_low"], row["spearman_high"]),
        n=words.count(row["n"]),
        q=words.p(row["spearman_q"]),
        max_t=words("glance.strongest_max_t", p=words.p(row["permutation_p"]))
        if row["permutation_p"] is not None
        else "",
    )


def _untested(counted: Row, fewest: int, words: Words) -> str | None:
    untested = counted["correlated"] - counted["tests"]
    if untested == 0:
        return None
    return words.plural("glance.untested", untested, fewest=words.count(fewest))


def _of_others(tables: Tables, words: Words) -> list[str]:
    """Say what stands of measures of one's own; the eyelids repeat the groups."""
    row = first_row(tables.table("glance_correlations").filter(grouping="measures"))
    if row is None or row["tests"] == 0:
        return []
    standing = words.count(row["spearman_q"])
    return [words.plural("glance.of_measures", row["tests"], standing=standing)]


def _of_time(tables: Tables, words: Words) -> list[str | None]:
    """Say what stands of latencies and the like, where there are videos."""
    row = first_row(tables.table("glance_correlations").filter(grouping=_IN_TIME))
    if row is None or row["tests"] == 0:
        return []
    standing = words.count(row["spearman_q"])
    counted = words.plural("glance.of_dynamics", row["tests"], standing=standing)
    return [counted, _strongest(tables, _IN_TIME, words)]


def _evidence(tables: Tables, counted: Row, words: Words) -> list[str]:
    smallest = tables.facts.settings["statistics"]["sesoi_r"]
    said = []
    if tables.missing((Need.STATISTICS,)) is None:
        frame: pl.DataFrame = tables.table("glance_evidence")
        row = first_row(frame.filter(grouping=counted["grouping"]))
        if row is not None and row["detectable_r"] is not None:
            said.append(
                words(
                    "glance.detectable",
                    n=words.count(row["n"]),
                    r=words.number(row["detectable_r"]),
                    power=words.percent(POWER),
                )
            )
        if row is not None and smallest is not None:
            said.append(
                words(
                    "glance.sesoi_r",
                    smallest=words.number(smallest),
                    smaller=words.count(row["smaller"]),
                    tests=words.count(counted["tests"]),
                )
            )
    elif smallest is not None:
        said.append(words("glance.evidence_unknown"))
    if smallest is None:
        said.append(words("glance.no_sesoi_r"))
    return said


def _prediction(tables: Tables, words: Words) -> str | None:
    if tables.missing((Need.STATISTICS,)):
        return words("glance.prediction_unknown")
    rows = tables.table("glance_prediction").drop_nulls("permutation_p").to_dicts()
    if not rows:
        return None
    best = rows[0]
    standing = [row for row in rows if row["permutation_p"] < LEVEL]
    if not standing:
        return words.plural("glance.foretold_none", len(rows), p=words.p(best["permutation_p"]))
    return words(
        "glance.foretold",
        instruments=words.listed([words.instrument(row["instrument"]) for row in standing]),
        p=words.p(best["permutation_p"]),
        r=words.number(best["r"]),
    )
