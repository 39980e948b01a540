"""How far faces move with the cue beside how far they move without."""

from dataclasses import dataclass

from lakehouse.charts.words import Words
from lakehouse.report.findings.names import LEVEL, Row, first_row, joined, main_grouping
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.tables import Tables

_WHOLE_FACE = "mesh"


@dataclass(frozen=True)
class _Effect:
    """A difference between the conditions, as one of both comparisons has it."""

    grouping: str
    expression: str
    n: int
    difference: float
    low: float
    high: float
    q: float

    @property
    def stands(self) -> bool:
        return self.q < LEVEL


def cue(tables: Tables, words: Words) -> str | None:
    """Say how the conditions differ."""
    if tables.facts.included == 0:
        return None
    if tables.missing((Need.CUE,)):
        return words("glance.one_condition")
    rows = tables.table("glance_cue").to_dicts()
    effects, prefix = _effects(rows, ""), ""
    if not effects:
        effects, prefix = _effects(rows, "paper_"), "paper_"
    if not effects:
        return words("glance.cue_untested")
    whole = [effect for effect in effects if effect.grouping == _WHOLE_FACE]
    groups = [effect for effect in effects if effect.grouping == main_grouping(tables.facts)]
    return joined(
        [
            *_whole_face(whole, words),
            _groups(groups, words),
            words("glance.cue_as_in_paper") if prefix else None,
            None if prefix else _smallest(tables, words),
            words("glance.cue_order"),
        ]
    )


def _effects(rows: list[Row], prefix: str) -> list[_Effect]:
    return [
        _Effect(
            row["grouping"],
            row["expression"],
            row[f"{prefix}n"],
            row[f"{prefix}mean_difference"],
            row[f"{prefix}difference_low"],
            row[f"{prefix}difference_high"],
            row[f"{prefix}t_q"],
        )
        for row in rows
        if row[f"{prefix}t_q"] is not None
    ]


def _whole_face(effects: list[_Effect], words: Words) -> list[str]:
    if not effects:
        return []
    standing = [effect for effect in effects if effect.stands]
    if not standing:
        return [words.plural("glance.cue_none", len(effects)), _largest(effects, words)]
    said = [
        words(key, effects=words.listed([_in_words(effect, words) for effect in chosen]))
        for key, chosen in (
            ("glance.cue_farther", [effect for effect in standing if effect.difference > 0]),
            ("glance.cue_nearer", [effect for effect in standing if effect.difference < 0]),
            ("glance.cue_neither", [effect for effect in effects if not effect.stands]),
        )
        if chosen
    ]
    return [*said, words("glance.cue_brackets", n=_people(effects, words))]


def _in_words(effect: _Effect, words: Words) -> str:
    return words(
        "glance.cue_effect",
        expression=words.expression(effect.expression),
        difference=words.signed(effect.difference, 1),
        interval=words.interval(effect.low, effect.high, 1),
    )


def _people(effects: list[_Effect], words: Words) -> str:
    fewest, most = (words.count(end(effect.n for effect in effects)) for end in (min, max))
    return fewest if fewest == most else f"{fewest}\N{EN DASH}{most}"


def _largest(effects: list[_Effect], words: Words) -> str:
    most = max(effects, key=lambda effect: abs(effect.difference))
    return words(
        "glance.cue_largest",
        expression=words.expression(most.expression),
        difference=words.signed(most.difference, 1),
        interval=words.interval(most.low, most.high, 1),
        q=words.p(most.q),
        n=words.count(most.n),
    )


def _groups(effects: list[_Effect], words: Words) -> str | None:
    if not effects:
        return None
    standing = [effect for effect in effects if effect.stands]
    compared = words.plural("glance.cue_comparisons", len(effects))
    if not standing:
        return words("glance.cue_groups_none", comparisons=compared)
    farther = sum(effect.difference > 0 for effect in standing)
    return words.plural(
        "glance.cue_groups",
        len(standing),
        comparisons=compared,
        farther=words.count(farther),
        nearer=words.count(len(standing) - farther),
    )


def _smallest(tables: Tables, words: Words) -> str | None:
    smallest = tables.facts.settings["statistics"]["sesoi_dz"]
    if smallest is None:
        return words("glance.no_sesoi_dz")
    if tables.missing((Need.STATISTICS,)):
        return words("glance.evidence_unknown")
    row = first_row(
        tables.table("glance_cue_evidence").filter(grouping=main_grouping(tables.facts))
    )
    if row is None:
        return None
    return words(
        "glance.sesoi_dz",
        smallest=words.number(smallest, 2),
        smaller=words.count(row["smaller"]),
        tested=words.count(row["tested"]),
    )
