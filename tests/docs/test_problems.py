"""The page of what can go wrong names every status, reason and suspicion that there is."""

import re
from pathlib import Path

import pytest

from lakehouse.dataset.listing import Reason
from lakehouse.ingest.result import Status
from lakehouse.warehouse.models import load_models

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
SHOWN = "\n".join(line.split("|")[2] for line in PAGE.splitlines() if line.startswith("| "))
"""What the tables say that one sees."""


def words_of(relation: str, column: str) -> list[str]:
    """List the values that the SQL of a relation gives a column."""
    [model] = [model for model in load_models() if model.name == relation]
    _, meaning = model.header.columns[column]
    return re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", meaning)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.OK])
def test_every_status_is_on_the_page(status: Status) -> None:
    assert f"`{status}`" in SHOWN


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_to_ignore_a_file_is_on_the_page(reason: Reason) -> None:
    assert reason.value in SHOWN


@pytest.mark.parametrize(
    ("relation", "column", "least"), [("exclusions", "reason", 8), ("suspicions", "suspicion", 5)]
)
def test_every_word_of_a_relation_is_on_the_page(relation: str, column: str, least: int) -> None:
    words = words_of(relation, column)
    assert len(words) >= least
    assert [word for word in words if f"`{word}`" not in SHOWN] == []
