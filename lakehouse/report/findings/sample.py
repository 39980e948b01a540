"""Who the results are of, and who was left out."""

from lakehouse.charts.words import Words
from lakehouse.report.findings.names import joined
from lakehouse.report.privacy import SMALLEST_CELL
from lakehouse.report.tables.tables import Tables

_MADE_UP = "synthetic"


def sample(tables: Tables, words: Words) -> str:
    """Say whose photographs the results are of."""
    facts = tables.facts
    if facts.participants == 0:
        return _filmed(tables, words) or words("glance.nobody")
    if too_few(tables):
        return words("glance.few_included", few=words.count(SMALLEST_CELL))
    if facts.included == 0:
        everybody = words.plural("glance.all_left_out", facts.participants)
        return joined([everybody, _reasons(tables, words)])
    return joined(
        [
            words("glance.sample", sample=sample_in_words(tables, words)),
            _left_out(tables, words),
            _compared_with(tables, words),
            words("glance.without_identity")
            if facts.settings["dataset"]["identity"] == "photo"
            else None,
            words("glance.made_up") if _MADE_UP in extractors(tables) else None,
            _filmed(tables, words),
            words("glance.stills") if facts.of_stills else None,
        ]
    )


def _filmed(tables: Tables, words: Words) -> str | None:
    """Say what there is of videos, if there is any."""
    facts = tables.facts
    if not facts.videos or (tables.privacy.aggregate and facts.filmed < SMALLEST_CELL):
        return None
    return words(
        "glance.filmed",
        videos=words.plural("glance.videos", facts.videos),
        participants=words.plural("glance.participants", facts.filmed),
        trials=words.plural("glance.trials", facts.trials),
    )


def too_few(tables: Tables) -> bool:
    """Whether so few people are included that an aggregated report must not count them."""
    return tables.privacy.aggregate and 0 < tables.facts.included < SMALLEST_CELL


def used_photographs(tables: Tables) -> int:
    """Count the photographs that entered a mask of somebody included."""
    return int(tables.table("glance_photographs")["photographs"].sum())


def extractors(tables: Tables) -> list[str]:
    """Name what found the landmarks."""
    return tables.table("extractors")["extractor"].unique(maintain_order=True).to_list()


def left_out(tables: Tables) -> int | None:
    """Count the people who are left out; None where so few of them must not be counted."""
    facts = tables.facts
    count = facts.participants - facts.included
    return None if tables.privacy.aggregate and 0 < count < SMALLEST_CELL else count


def sample_in_words(tables: Tables, words: Words) -> str:
    """Name the people, photographs, expressions and conditions that the results are of."""
    facts = tables.facts
    people = words.plural("glance.participants", facts.included)
    photographs = words.plural("glance.photographs", used_photographs(tables))
    names = words.listed([words.expression(name) for name in facts.expressions])
    key = "glance.expressions" if facts.own_neutral else "glance.expressions_only"
    shown = (
        words.plural(key, len(facts.expressions), names=names)
        if names
        else words("glance.no_expressions")
    )
    conditions = words("glance.both_conditions") if len(facts.conditions) > 1 else ""
    return words(
        "glance.whose",
        participants=people,
        photographs=photographs,
        expressions=shown,
        conditions=conditions,
    )


def _left_out(tables: Tables, words: Words) -> str:
    count = left_out(tables)
    if count is None:
        return words("glance.few_left_out", few=words.count(SMALLEST_CELL))
    if count == 0:
        return words("glance.none_left_out")
    everybody = words.count(tables.facts.participants)
    said = words.plural("glance.left_out", count, participants=everybody)
    return joined([said, _reasons(tables, words)])


def _reasons(tables: Tables, words: Words) -> str | None:
    reasons = [
        words(
            "glance.reason",
            people=words.count(row["people"]),
            why=words.known(f"reason.{row['reason']}", row["reason"]),
        )
        for row in tables.table("left_out").to_dicts()
    ]
    if not reasons:
        return None
    return words("glance.reasons", reasons=words.listed(reasons))


def _compared_with(tables: Tables, words: Words) -> str | None:
    facts = tables.facts
    others = facts.included - facts.own_neutral
    if others == 0 or (tables.privacy.aggregate and others < SMALLEST_CELL):
        return None
    face = words(f"glance.reference.{facts.settings['quality']['reference']}")
    return words.plural("glance.compared_with", others, face=face)
