"""Methods: reliability, evidence, expressions, prediction, other ways of the analysis, software."""

from typing import Final

from lakehouse.report.findings.movement import points_above_average
from lakehouse.report.methods.draft import Draft
from lakehouse.report.tables.facts import Need

_SMILE: Final = "happiness"
_TENTH: Final = 10
"""Of bootstraps and permutations, where all is computed anew for each."""
_FEWEST_PEOPLE: Final = 2
_MOST_GROUPS: Final = 12
_FEWEST_POINTS: Final = 3
"""With fewer there are no numbers of groups to choose from."""


def reliability(draft: Draft) -> list[str]:
    """Say how noise and reliability were estimated."""
    if draft.facts.included < _FEWEST_PEOPLE or draft.setting("dataset.identity") == "photo":
        return []
    said = [draft.say("icc")]
    if draft.has(Need.STATISTICS):
        said += [draft.say("halves"), draft.say("noise")]
    return said


def expressions(draft: Draft) -> list[str]:
    """Say how expressions were compared with each other."""
    enough = draft.facts.included >= draft.setting("statistics.fewest")
    said = [draft.say("smile")] if enough and _SMILE in draft.facts.expressions else []
    if not draft.has(Need.STATISTICS, Need.EXPRESSIONS):
        return said
    samples = draft.count(draft.setting("statistics.bootstraps"))
    if _has_values(draft, "glance_regularity", "mean_cosine"):
        said.append(draft.say("regularity", samples=samples))
    if _has_values(draft, "glance_accuracy", "balanced_accuracy"):
        said.append(draft.say("classifiers"))
    return said


def evidence(draft: Draft) -> list[str]:
    """Say what was done about results without a finding; nothing without the statistics."""
    if not draft.has(Need.STATISTICS, Need.PARTICIPANTS):
        return []
    both = (("r", "glance_evidence", "detectable_r"), ("dz", "glance_cue", "t_q"))
    known = [name for name, table, column in both if _has_values(draft, table, column)]
    said = [draft.say(f"bayes_{name}") for name in known]
    said += [draft.say("detectable")] if known else []
    said += [
        draft.say(f"equivalence_{name}", smallest=draft.words.number(smallest))
        for name in known
        if (smallest := draft.setting(f"statistics.sesoi_{name}")) is not None
    ]
    given = [name for name, one in draft.setting("instruments").items() if one["reliability"]]
    if given and "r" in known:
        names = draft.words.listed([draft.words.instrument(name) for name in given])
        said.append(draft.say("disattenuated", instruments=names))
    return said


def groups(draft: Draft) -> list[str]:
    """Say how the number of groups was judged; nothing without the statistics."""
    draws = -(-draft.setting("statistics.bootstraps") // _TENTH)
    points, _ = points_above_average(draft.tables)
    if not draft.has(Need.STATISTICS) or points < _FEWEST_POINTS or draws == 0:
        return []
    most = min(_MOST_GROUPS, points - 1)
    return [draft.say("number_of_groups", draws=draft.count(draws), most=draft.count(most))]


def prediction(draft: Draft) -> list[str]:
    """Say how scores were foretold; nothing where they were not."""
    if not draft.has(Need.STATISTICS, Need.SCORES):
        return []
    if not _has_values(draft, "glance_prediction", "r"):
        return []
    permutations = -(-draft.setting("statistics.permutations") // _TENTH)
    said = [draft.say("prediction")]
    if draft.setting("statistics.covariates"):
        said.append(draft.say("prediction_covariates"))
    if permutations:
        said.append(draft.say("prediction_permuted", permutations=draft.count(permutations)))
    return said


def multiverse(draft: Draft) -> list[str]:
    """Say how the other ways of the analysis were tested; nothing where they were not run."""
    if not draft.has(Need.MULTIVERSE):
        return []
    return [draft.plural("multiverse", draft.facts.specifications)]


def software(draft: Draft) -> list[str]:
    """Say what computed all this."""
    build = draft.facts.build
    return [
        draft.say(
            "software",
            version=build["lakehouse_version"],
            duckdb=build["duckdb_version"],
            python=build["python_version"],
            seed=str(draft.setting("statistics.seed")),
        ),
        draft.say("study"),
    ]


def _has_values(draft: Draft, table: str, column: str) -> bool:
    return draft.tables.table(table)[column].drop_nulls().len() > 0
