"""What docs/alignment.md names is there."""

import re
from pathlib import Path

import sqlglot
from sqlglot import exp

from lakehouse.settings.movement import Alignment
from lakehouse.warehouse.models import load_models

PAGE = (Path(__file__).parent.parent / "docs" / "alignment.md").read_text(encoding="utf-8")
MODELS = {model.name: model for model in load_models()}
COLUMNS = MODELS["alignment_comparison"].header.columns.keys()


def test_its_query_asks_for_columns_that_there_are() -> None:
    [query] = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    parsed = sqlglot.parse_one(query, read="duckdb")
    assert [table.name for table in parsed.find_all(exp.Table)] == ["alignment_comparison"]
    assert {column.name for column in parsed.find_all(exp.Column)} <= COLUMNS


def test_its_table_has_columns_of_the_relation() -> None:
    [header] = re.findall(r"\| mask \| method \| (.*) \|\n", PAGE)
    assert set(header.split(" | ")) <= COLUMNS


def test_every_method_has_its_paragraph() -> None:
    [methods] = [field.annotation.__args__ for field in Alignment.model_fields.values()]
    assert all(PAGE.count(f"**`{method}`**") == 2 for method in methods)


def test_relations_and_reasons_named_exist() -> None:
    named = set(re.findall(r"`([a-z]+_[a-z_]+)`", PAGE)) - {"neutral_scale", "degenerate_face"}
    assert named <= MODELS.keys() | COLUMNS
    assert "'degenerate_face'" in MODELS["photo_verdicts"].query
