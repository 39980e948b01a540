"""Methods: correlations with questionnaires, the conditions, and what is corrected for."""

from typing import Final

from lakehouse.report.findings.correlations import family
from lakehouse.report.findings.names import main_grouping
from lakehouse.report.methods.draft import Draft
from lakehouse.report.tables.facts import Need

EXACT_ROWS: Final = 9
"""With so many people or fewer, p is counted over all their orders."""
DRAWN_ROWS: Final = 1000
"""With more people, an interval follows from the moments."""


def correlations(draft: Draft) -> list[str]:
    """Say how features and scores were correlated; nothing where there are no scores."""
    if not draft.has(Need.SCORES):
        return []
    names = [draft.words.instrument(name) for name in _instruments(draft)]
    fewest = draft.setting("statistics.fewest")
    said = [
        draft.say("correlations", instruments=draft.words.listed(names)),
        draft.say("fewest", n=draft.count(fewest)),
    ]
    counted = family(draft.tables)
    if counted is None or counted["tests"] == 0:
        return said
    if fewest <= EXACT_ROWS:
        said.append(draft.say("exact", n=draft.count(EXACT_ROWS)))
    families = _families(draft, counted["tests"])
    return [*said, *_intervals(draft), *families, *_partial(draft), *_primary(draft)]


def cue(draft: Draft) -> list[str]:
    """Say how the conditions were compared; nothing where there is one only."""
    if not draft.has(Need.CUE):
        return []
    compared = draft.tables.table("glance_cue")
    own, paper = (compared[name].drop_nulls().len() > 0 for name in ("t_q", "paper_t_q"))
    if not own and not paper:
        return []
    flips = draft.setting("statistics.permutations")
    said = [draft.say("cue" if own else "cue_paper"), draft.say("cue_families")]
    if draft.has(Need.STATISTICS) and flips:
        said.append(draft.say("cue_points", flips=draft.count(flips)))
    return said


def _instruments(draft: Draft) -> list[str]:
    return draft.tables.table("methods_instruments")["instrument"].to_list()


def _intervals(draft: Draft) -> list[str]:
    said = []
    if draft.setting("statistics.bootstraps"):
        resamples = 2 * draft.setting("statistics.bootstraps")
        large = draft.facts.scored > DRAWN_ROWS
        said.append(
            draft.say("intervals_moments", n=draft.count(DRAWN_ROWS))
            if large
            else draft.say("intervals_bca", resamples=draft.count(resamples))
        )
    return [*said, draft.say("intervals_ranks")]


def _families(draft: Draft, tests: int) -> list[str]:
    permutations = draft.setting("statistics.permutations")
    blocks = draft.setting("statistics.blocks")
    said = [draft.plural("family", tests, grouping=main_grouping(draft.facts))]
    if permutations:
        within = draft.say("within_blocks", blocks=blocks) if blocks else ""
        said.append(draft.say("max_t", permutations=draft.count(permutations), within=within))
    return said


def _partial(draft: Draft) -> list[str]:
    covariates = draft.setting("statistics.covariates")
    if not covariates:
        return []
    names = draft.words.listed([f"`{name}`" for name in covariates])
    permuted = draft.setting("statistics.permutations") > 0
    return [draft.say("partial_permuted" if permuted else "partial", covariates=names)]


def _primary(draft: Draft) -> list[str]:
    if draft.tables.table("glance_primary").is_empty():
        return []
    primary = draft.setting("statistics.primary")
    grouping = primary["grouping"] or main_grouping(draft.facts)
    chosen = draft.words.listed([draft.words.instrument(name) for name in primary["instruments"]])
    kept = draft.tables.keeping
    registered = kept is not None and kept.registered_at and kept.before_scores
    return [
        draft.say(
            "primary",
            method=draft.words(f"method.{primary['method']}"),
            direction=draft.words(f"direction.{primary['direction']}"),
            grouping=grouping,
            instruments=chosen or draft.say("all_questionnaires"),
        ),
        draft.say("primary_registered", date=kept.registered_at[:10])
        if registered and kept is not None
        else draft.say("primary_not_registered"),
    ]
