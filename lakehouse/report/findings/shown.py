"""What of single people the page shows."""

from lakehouse.charts.words import Words
from lakehouse.report.findings.names import joined
from lakehouse.report.privacy import SMALLEST_CELL
from lakehouse.report.tables.tables import Tables


def shown(tables: Tables, words: Words) -> str:
    """Say what was chosen for the privacy of participants."""
    privacy = tables.privacy
    people = "aggregate" if privacy.aggregate else "ids" if privacy.ids else "no_ids"
    return joined(
        [
            words("privacy.photographs" if privacy.photographs else "privacy.no_photographs"),
            words(f"privacy.{people}", few=words.count(SMALLEST_CELL)),
        ]
    )
