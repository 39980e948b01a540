"""An output format, as CONTRIBUTING says: what it takes, and which tests remind of what is missing.

Text with a bar between cells, called psv, is added in a copy of the repository.
"""

import json

import pytest

from lakehouse.paths import WarehousePaths
from tests.recipes.tree import SourceTree

# A copy of the sources takes seconds to try out.
pytestmark = pytest.mark.slow

MEMBER = '    PSV = "psv"'
MODULE = '''"""Text with bars between cells."""

from typing import Final

from lakehouse.exporting.delimited import delimited

FORMAT: Final = delimited("text/x-psv", "|", separator_with_decimal_comma="|")
'''
CHOICES = "lakehouse/exporting/choices.py"
NEW = "lakehouse/exporting/formats/psv.py"
ANSWERS = {"lakehouse/warehouse/choices.py", "lakehouse/warehouse/answers.py"}


def test_a_format_to_export_to_takes_two_files(
    small_warehouse: WarehousePaths, tree: SourceTree
) -> None:
    tree.insert(CHOICES, after='    CSV = "csv"', text=MEMBER)
    tree.write(NEW, MODULE)
    assert tree.touched() == {CHOICES, NEW}

    export = ("--warehouse", small_warehouse.root, "export")
    tree.lakehouse(*export, "scores", "--format", "psv", "--out", "out")
    tree.lakehouse(
        *(*export, "--format", "psv", "--decimal", "comma", "--out", "comma"),
        *("--query", "select 1.5::double as half, '=1+1' as sum, true as flag"),
    )

    out, comma = tree.root / "out", tree.root / "comma"
    lines = (out / "scores.psv").read_text().splitlines()
    assert lines[:2] == ["participant|instrument|score", "001|bai|10.0"]
    assert len(lines) == 1 + 12
    [scores] = json.loads((out / "datapackage.json").read_text())["resources"]
    assert (scores["format"], scores["mediatype"]) == ("psv", "text/x-psv")
    assert scores["dialect"]["delimiter"] == "|"
    assert "12 rows in `scores.psv`" in (out / "codebook.md").read_text()
    assert (
        'read.table("scores.psv", header = TRUE, sep = "|", dec = "."'
        in (out / "load.R").read_text()
    )
    assert (comma / "query.psv").read_text() == "half|sum|flag\n1,5|'=1+1|true\n"
    assert 'sep = "|", dec = ","' in (comma / "load.R").read_text()
    assert "csv|psv|parquet" in tree.lakehouse("export", "--help")


def test_a_format_of_answers_takes_two_files(
    small_warehouse: WarehousePaths, tree: SourceTree
) -> None:
    writers, choices = sorted(ANSWERS)
    tree.insert(choices, after='    TSV = "tsv", (".tsv",)', text='    PSV = "psv", (".psv",)')
    tree.insert(
        writers,
        after='    AnswerFormat.TSV: _separated("\\t"),',
        text='    AnswerFormat.PSV: _separated("|"),',
    )
    assert tree.touched() == ANSWERS

    sql = ("--warehouse", small_warehouse.root, "sql", "select 1 as a, 'x' as b")
    assert tree.lakehouse(*sql, "--format", "psv") == "a|b\n1|x\n"
    tree.lakehouse(*sql, "-o", "answer.psv")
    assert (tree.root / "answer.psv").read_text() == "a|b\n1|x\n"


@pytest.mark.exhaustive
def test_what_is_missing_is_noticed(tree: SourceTree) -> None:
    tree.insert(CHOICES, after='    CSV = "csv"', text=MEMBER)
    tests = ("tests/lakehouse/exporting/test_formats.py", "tests/docs/test_generated.py")

    failed = tree.failures(*tests)
    assert "test_each_choice_has_its_module" in failed
    assert "test_a_page_is_up_to_date[commands.md]" in failed

    tree.write(NEW, MODULE)
    tree.generate()
    assert tree.failures(*tests) == ""
    assert tree.touched() == {CHOICES, NEW, "docs/commands.md"}
    assert "One of `csv`, `psv`, `parquet`" in (tree.root / "docs" / "commands.md").read_text()
