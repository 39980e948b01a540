"""The README's promises, on the demo it speaks of."""

import contextlib
import io
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from lakehouse.cli.main import run

from lakehouse.demo import find_planted
from lakehouse.paths import WarehousePaths
from lakehouse.synthetic import plan_study
from tests.tools import require_tool

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```\n\n((?:    [^\n]*\n)+)", README, re.DOTALL)
[ASK] = re.findall(r"^    (\S.* < query\.sql)$", README, re.MULTILINE)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


@pytest.fixture(scope="session")
def shown(face_model_path, once) -> tuple[WarehousePaths, str]:
    """The demo's warehouse, and what the demo printed."""

    def make(folder: Path) -> tuple[WarehousePaths, str]:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            assert run(["--warehouse", str(folder), "demo", "--quiet"]) == 0
        return WarehousePaths(folder / "demo"), printed.getvalue()

    return once("readme", make)


@pytest.fixture(scope="session")
def demo(shown: tuple[WarehousePaths, str]) -> WarehousePaths:
    return shown[0]


def assert_same(answer: str, page: str) -> None:
    """Compare texts, words exactly; landmarks differ in the last digits between processors."""
    ours, theirs = (
        [" ".join(NUMBER.sub("#", line).split()) for line in text.strip("\n").splitlines()]
        for text in (answer, page)
    )
    assert ours == theirs
    found, printed = ([float(each) for each in NUMBER.findall(text)] for text in (answer, page))
    assert found == pytest.approx(printed, rel=0.05, abs=1e-5)


def test_there_are_three_queries():
    assert len(QUERIES) == 3


@pytest.mark.slow
@pytest.mark.parametrize(("query", "output"), QUERIES)
def test_a_query_is_answered_as_printed(demo, query, output, tmp_path):
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "demo").symlink_to(demo.root)
    (tmp_path / "query.sql").write_text(query, encoding="utf-8")

    typed = subprocess.run(
        [require_tool("sh"), "-c", ASK], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (typed.returncode, typed.stderr) == (0, "")
    assert_same(typed.stdout, output)


@pytest.mark.slow
def test_the_demo_ends_as_printed(shown):
    printed = re.findall(r"^(?:    )?((?:planted|found): .*)$", README, re.MULTILINE)
    ended = re.findall(r"^((?:planted|found): .*)$", shown[1], re.MULTILINE)

    assert len(printed) == len(ended) == 2
    for line, wanted in zip(ended, printed, strict=True):
        assert_same(line, wanted)


def test_another_answer_is_not_the_same():
    for answer in ("a  0.9\n", "b  1\n", "a  1\na  1\n"):
        with pytest.raises(AssertionError):
            assert_same(answer, "    a    1\n")
    assert_same("a 1.001\n", "    a    1\n")


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
