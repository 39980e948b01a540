"""`lakehouse covariates`, from the file to partial correlations."""

import json

import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.synthetic.cohort import write_cohort

FILE = "participant,age,sex,income\n" + "".join(
    f"{number:04d},{20 + number * 7 % 11},{'fm'[number % 3 == 0]},{number}\n"
    for number in range(1, 20)
)


@pytest.fixture
def cohort(tmp_path):
    paths = WarehousePaths(tmp_path / "study")
    write_cohort(paths, Settings(), participants=20, photos=1)
    (tmp_path / "people.csv").write_text(FILE)
    return paths


def configure(paths, covariates, more=""):
    paths.settings.write_text(
        "[quality]\nphotos_per_mask = 1\n"
        f"[statistics]\npermutations = 99\ncovariates = {json.dumps(covariates)}\n{more}"
    )


@pytest.mark.slow
def test_a_file_of_covariates_leads_to_partial_correlations(lakehouse, cohort, tmp_path):
    call = ("--warehouse", cohort.root)
    answer = lakehouse(
        *call, "covariates", tmp_path / "people.csv", "--only", "age", "--only", "sex"
    )
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "19 participants' covariates",
        "  age: number",
        "  sex: category, f, m",
        "columns ignored: income",
        "photos or videos but no covariates: 1 (0020)",
    ]
    assert "covariates 19 age, 19 sex" in lakehouse(*call, "status").out

    configure(cohort, ["age", "sex", "pitch"])
    assert "note:" not in lakehouse(*call, "build").out
    assert lakehouse(*call, "check").code == 0
    query = (
        "select covariates, min(n) as least, max(n) as most, min(spearman_df) as df, "
        "count(spearman_r) as r, count(permutation_p) as p, any_value(tests) as tests, "
        "count(*) as rows from partial_correlations where grouping = 'kmeans6' group by all"
    )
    [row] = json.loads(lakehouse(*call, "sql", query, "--format", "json").out)
    # The cohort's pitch is the same in every photograph, so it costs no degree of freedom.
    assert row == {
        "covariates": "age, sex, pitch",
        **{"least": 19, "most": 19, "df": 15, "r": 540, "p": 540, "tests": 540, "rows": 540},
    }


@pytest.mark.slow
def test_a_covariate_that_nobody_has_is_noted(lakehouse, cohort):
    configure(cohort, ["age"])
    out = lakehouse("--warehouse", cohort.root, "build").out
    assert "note: statistics.covariates names age, but nobody has a value of it" in out
    query = "select distinct reason, spearman_r from partial_correlations"
    answer = lakehouse("--warehouse", cohort.root, "sql", query, "--format", "csv").out
    assert answer == "reason,spearman_r\ntoo few participants have both and all covariates,\n"


@pytest.mark.slow
def test_permutations_keep_to_the_blocks_of_a_covariate(lakehouse, cohort, tmp_path):
    call = ("--warehouse", cohort.root)
    query = (
        "select count(permutation_p) as p, sum(permutation_p) as total, "
        "(select permutation_blocks from settings) as blocks from correlations"
    )
    lakehouse(*call, "covariates", tmp_path / "people.csv")
    answers = []
    for more in ("", 'blocks = "sex"\n'):
        configure(cohort, [], more)
        out = lakehouse(*call, "build").out
        answers += json.loads(lakehouse(*call, "sql", query, "--format", "json").out)

    assert (
        "note: 1 included participants have no sex, so permutations keep them in a block of their "
        "own; see statistics.blocks"
    ) in out
    assert [row["blocks"] for row in answers] == [None, "sex"]
    assert answers[0]["p"] == answers[1]["p"] > 0
    assert answers[0]["total"] != answers[1]["total"]


def test_blocks_of_a_covariate_that_is_not_there_are_refused(lakehouse, cohort, tmp_path):
    configure(cohort, [], 'blocks = "site"\n')
    call = ("--warehouse", cohort.root)

    answer = lakehouse(*call, "build")
    assert (answer.code, answer.err) == (
        2,
        "error: lakehouse.toml, statistics.blocks: there is no covariate site; see `lakehouse "
        "covariates`\n",
    )
    lakehouse(*call, "covariates", tmp_path / "people.csv", "--only", "age", "--only", "sex")
    assert lakehouse(*call, "build").err.endswith("no covariate site; known are age, sex\n")


@pytest.mark.slow
def test_few_participants_have_correlations_and_no_tests(lakehouse, cohort):
    call = ("--warehouse", cohort.root)
    configure(cohort, [], "fewest = 21\n")

    out = lakehouse(*call, "build").out

    assert (
        " correlations are of fewer than 21 participants, so they have no p and no interval and "
        "enter no family of tests; see statistics.fewest"
    ) in out
    assert lakehouse(*call, "check").code == 0
    query = "select distinct reason, tests, pearson_p, spearman_low, kendall_high from correlations"
    answer = lakehouse(*call, "sql", query, "--format", "csv").out.splitlines()
    assert answer[1:] == ['"fewer than 21 participants have both: no test, no interval",0,,,'] or (
        answer[1:] == ["fewer than 21 participants have both: no test, no interval,0,,,"]
    )
    out = lakehouse(*call, "correlations").out
    assert "no correlation has participants enough for a test (statistics.fewest)" in out


def test_wrong_covariates_are_refused_naming_the_row(lakehouse, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("participant,age\n0001,12\n0002,old\n")
    answer = lakehouse("--warehouse", tmp_path / "study", "covariates", file)
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "row 3" in answer.err


def test_the_summary_as_json(lakehouse, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("participant,age\n0001,12\n0002,\n")
    answer = lakehouse("--warehouse", tmp_path / "study", "covariates", file, "--json")
    assert json.loads(answer.out)["missing"] == {"age": 1}
