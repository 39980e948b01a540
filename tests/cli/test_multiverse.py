"""`lakehouse multiverse`, typed as a user would."""

import json

import pytest

from lakehouse.synthetic.cohort import write_cohort
from tests.copies import copied
from tests.lean import lean

EXPRESSIONS = {"00": "neutral", "05": "happiness"}
TOML = (
    '[dataset.expressions]\n"00" = "neutral"\n"05" = "happiness"\n'
    '[multiverse]\nhypotheses = ["01-00 291 dbi"]\n'
    "[statistics]\npermutations = 9\nbootstraps = 5\n"
)


@pytest.fixture(scope="module")
def cohort(once):
    def make(folder):
        from lakehouse.paths import WarehousePaths

        paths = WarehousePaths(folder / "warehouse")
        write_cohort(paths, lean(dataset={"expressions": EXPRESSIONS}), participants=14)
        paths.settings.write_text(TOML, encoding="utf-8")
        return paths.root

    return once("cli_multiverse", make)


@pytest.fixture
def typed(lakehouse, cohort, tmp_path):
    root = copied(cohort, tmp_path / "study")
    return lambda *words: lakehouse("--warehouse", root, *words)


def test_the_list_makes_nothing(typed):
    answer = typed("multiverse", "--list", "--limit", "4")
    assert (answer.code, len(answer.out.splitlines())) == (0, 5)
    rows = json.loads(typed("multiverse", "--list", "--json").out)
    assert len(rows) == 720
    assert rows[0]["specification"] == 1
    assert typed("sql", "select 1").code == 1


@pytest.mark.slow
def test_results_are_there_to_be_asked(typed):
    answer = typed("multiverse", "--limit", "3", "--permutations", "9")
    assert (answer.code, answer.err) == (0, "")
    assert "made 3 specifications\n" in answer.out
    assert "01-00 291 dbi" in answer.out
    asked = typed(
        "sql", "--format", "json", "select count(*) as n, max(p) as p from specifications"
    )
    [row] = json.loads(asked.out)
    assert row["n"] == 3
    assert 0 < row["p"] < 1
    [row] = json.loads(
        typed(
            "sql", "--format", "json", "select p from specification_curve where curve = 'strongest'"
        ).out
    )
    assert 0.1 <= row["p"] <= 1

    again = typed("multiverse", "--limit", "3", "--permutations", "9", "--json")
    found = json.loads(again.out)
    assert (found["resumed"], len(found["specifications"])) == (3, 3)
    assert typed("check").code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--limit", "0"), 2, "greater than or equal to 1"),
        (("--permutations", "-1"), 2, "greater than or equal to 0"),
        (("--limit", "many"), 2, "should be a valid integer"),
        (("more",), 2, "unexpected extra argument"),
    ],
)
def test_bad_options_are_one_line(typed, words, code, said):
    answer = typed("multiverse", *words)
    assert (answer.code, answer.out, answer.err.count("\n")) == (code, "", 1)
    assert said in answer.err


def test_without_scores_it_is_one_line(lakehouse, tmp_path):
    answer = lakehouse("--warehouse", tmp_path / "new", "multiverse")
    assert (answer.code, answer.err.count("\n")) == (1, 1)
    assert "no scores to correlate with" in answer.err
    assert not (tmp_path / "new").exists()


def test_a_wrong_hypothesis_names_the_line(typed, tmp_path):
    file = tmp_path / "study" / "lakehouse.toml"
    file.write_text(TOML.replace("01-00 291 dbi", "smile"), encoding="utf-8")
    answer = typed("multiverse")
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "a mask, a point of the mesh and a questionnaire" in answer.err
