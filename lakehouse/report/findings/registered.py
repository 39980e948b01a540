"""What was said before scores were seen, and the one p for all ways of the analysis."""

from lakehouse.charts.words import Words
from lakehouse.report.findings.names import LEVEL, first_row, joined
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.tables import Tables
from lakehouse.settings.primary import Primary


def registered(tables: Tables, words: Words) -> str | None:
    """Say what was named beforehand, whether results keep to it, and what came of it."""
    if tables.missing((Need.PARTICIPANTS, Need.SCORES)):
        return None
    kept = tables.keeping
    primary = tables.facts.settings["statistics"]["primary"]
    named = primary != Primary().model_dump(mode="json")
    if kept is None:
        key = "glance.primary_unregistered" if named else "glance.unregistered"
        return joined([words(key), _primary(tables, words) if named else None])
    if not kept.registered_at:
        return words("glance.registration_unread")
    when = words(
        "glance.registered" if kept.before_scores else "glance.registered_late",
        date=kept.registered_at[:10],
        digest=kept.sha256[:12],
    )
    keeps = (
        words.plural("glance.departs", len(kept.departures))
        if kept.departures
        else words("glance.keeps")
    )
    replaced = words.plural("glance.replaced", kept.replaced) if kept.replaced else None
    rest = "glance.others_exploratory" if kept.before_scores else "glance.all_exploratory"
    return joined([when, keeps, replaced, _primary(tables, words), words(rest)])


def multiverse(tables: Tables, words: Words) -> str | None:
    """Say whether all ways of the analysis together find more than chance."""
    if tables.missing((Need.PARTICIPANTS, Need.SCORES)):
        return None
    if tables.missing((Need.MULTIVERSE,)):
        return words("glance.no_multiverse")
    row = first_row(tables.table("glance_multiverse"))
    if row is None:
        return None
    key = "glance.multiverse_more" if row["p"] < LEVEL else "glance.multiverse_no_more"
    return words.plural(key, row["specifications"], p=words.p(row["p"]))


def _primary(tables: Tables, words: Words) -> str | None:
    row = first_row(tables.table("glance_primary"))
    if row is None or row["tests"] == 0:
        return words("glance.primary_empty")
    return words(
        "glance.primary",
        tests=words.plural("glance.tests", row["tests"]),
        method=words(f"method.{row['method']}"),
        direction=words(f"direction.{row['direction']}"),
        q=words.count(row["q"]),
        holm=words.count(row["holm"]),
    )
