"""The README's promises, on the demo it speaks of."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest
from lakehouse.cli.main import run

from lakehouse.demo import find_planted
from lakehouse.paths import WarehousePaths
from lakehouse.synthetic import plan_study
from lakehouse.warehouse.query import fetch

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```\n\n((?:    [^\n]*\n)+)", README, re.DOTALL)


@pytest.fixture(scope="session")
def demo(face_model_path, once) -> WarehousePaths:
    def make(folder: Path) -> WarehousePaths:
        assert run(["--warehouse", str(folder), "demo", "--quiet"]) == 0
        return WarehousePaths(folder / "demo")

    return once("readme", make)


def test_there_are_three_queries():
    assert len(QUERIES) == 3


@pytest.mark.slow
@pytest.mark.parametrize(("query", "output"), QUERIES)
def test_a_query_gives_the_columns_and_rows_shown(demo, query, output):
    # Not the digits: landmarks differ in the last ones between processors.
    header, *rows = output.rstrip("\n").splitlines()
    answer = fetch(demo, query)
    assert answer.columns == header.split()
    assert len(answer) == len(rows)


@pytest.mark.slow
def test_the_planted_correlation_is_among_the_first(demo):
    planted = plan_study().planted
    found = find_planted(demo, planted)
    assert found.tests == 15 * 6 * 6
    assert found.row is not None
    assert found.row["rank"] <= 3
    assert found.row["spearman_r"] > 0.5


def test_the_file_to_install_is_of_this_version():
    files = set(re.findall(r"dist/(\S+?\.whl)", README))
    assert files == {f"expression_lakehouse-{version('expression-lakehouse')}-py3-none-any.whl"}


def test_every_command_named_exists():
    named = set(re.findall(r"lakehouse (?:--\S+ \S+ )?([a-z]+(?:-[a-z]+)*)", README))
    commands = {
        path.stem.replace("_", "-") for path in (Path(__file__).parent.parent / "cli").glob("*.py")
    }
    assert named <= commands | {"describe", "sql", "tables", "in"}
