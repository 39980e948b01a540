"""The page on how it is made names relations that are there."""

import re
from pathlib import Path

from lakehouse.warehouse.models import load_models

PAGE = (Path(__file__).parents[2] / "docs" / "design.md").read_text(encoding="utf-8")


def test_the_relations_that_people_ask_most_exist() -> None:
    [table] = re.findall(r"\| table \| a row is \|\n.*?\n((?:\|.*\n)+)", PAGE)
    named = {
        name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])
    }

    assert len(named) >= 30
    assert named <= {model.name for model in load_models()}
