"""The page on clusters names the steps that run where the rows are."""

import re
from pathlib import Path

from lakehouse.steps.registry import load_step
from lakehouse.warehouse.models import load_models

PAGE = Path(__file__).parent.parent.parent / "docs" / "spark.md"


def test_steps_that_are_spread_are_in_the_table() -> None:
    _, _, table = PAGE.read_text(encoding="utf-8").partition("| relation of a step |")
    named = re.findall(r"^\| `([\w.]+)` \|", table.partition("\n\n")[0], re.MULTILINE)

    steps = {
        model.relation: load_step(model.folder, model.header.step)
        for model in load_models()
        if model.header.step is not None
    }

    assert sorted(named) == sorted(name for name, step in steps.items() if step.passes)
