import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from lakehouse.statistics.reliability.variance_components import variance_components
from tests.tools import require_r

SCRIPT = """
suppressMessages(library(lme4))
d <- read.csv(commandArgs(TRUE)[1])
exact <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e5),
                     check.conv.singular = "ignore")
for (model in c(y ~ 1 + (1 | who), y ~ 1 + (1 | who) + (1 | place))) {
  for (part in split(d, d$feature)) {
    found <- as.data.frame(VarCorr(lmer(model, part, control = exact)))
    v <- setNames(found$vcov, found$grp)
    cat(v["who"], if ("place" %in% names(v)) v["place"] else 0, v["Residual"], "\\n")
  }
}
"""


def tables(gaps: float, *, features: int = 4, people: int = 30, places: int = 3) -> np.ndarray:
    """Rounded, so that there are ties; of the first feature the people do not differ."""
    random = np.random.default_rng(int(gaps * 100) + places)
    between = np.arange(features)[:, None, None]
    values = 20 + between * random.normal(size=(features, people, 1))
    values = values + random.normal(size=(features, people, places))
    values = np.round(values + 0.5 * np.arange(places), 1)
    values[random.random(values.shape) < gaps] = np.nan
    return values


def long(values: np.ndarray) -> pd.DataFrame:
    rows = [(*at, value) for at, value in np.ndenumerate(values) if not np.isnan(value)]
    return pd.DataFrame(rows, columns=["feature", "who", "place", "y"])


@pytest.mark.slow
@pytest.mark.parametrize("gaps", [0.0, 0.2])
def test_lme4_finds_the_same(tmp_path: Path, gaps: float) -> None:
    rscript = require_r("lme4")
    values = tables(gaps)
    (tmp_path / "model.R").write_text(SCRIPT)
    long(values).to_csv(tmp_path / "d.csv", index=False)

    answer = subprocess.run(
        [rscript, tmp_path / "model.R", tmp_path / "d.csv"],
        check=True,
        capture_output=True,
        text=True,
    )

    theirs = np.array([line.split() for line in answer.stdout.splitlines()], dtype=float)
    found = [variance_components(values, places=places) for places in (False, True)]
    ours = np.concatenate([np.stack([f.participants, f.places, f.error], axis=1) for f in found])
    assert ours == pytest.approx(theirs, rel=1e-4, abs=2e-5)


def test_statsmodels_finds_the_same_of_one_way() -> None:
    values = tables(0.2)[2:]

    ours = variance_components(values, places=False)

    for at, one in enumerate(values):
        rows = long(one[None])
        model = sm.MixedLM(rows["y"], np.ones(len(rows)), groups=rows["who"])
        theirs = model.fit(reml=True)
        assert ours.participants[at] == pytest.approx(float(theirs.cov_re.iloc[0, 0]), rel=1e-3)
        assert ours.error[at] == pytest.approx(float(theirs.scale), rel=1e-3)


@pytest.mark.parametrize("places", [2, 3, 5])
def test_without_gaps_they_are_those_of_the_analysis_of_variance(places: int) -> None:
    [table] = tables(0.0, features=4, places=places)[3:] + np.arange(places)
    n, k = table.shape
    rest = table - table.mean(axis=1, keepdims=True) - table.mean(axis=0) + table.mean()
    error = (rest**2).sum() / ((n - 1) * (k - 1))
    people = table.mean(axis=1).var(ddof=1) - error / k
    between = table.mean(axis=0).var(ddof=1) - error / n

    found = variance_components(table[None], places=True)

    assert found.error[0] == pytest.approx(error, rel=1e-7)
    assert found.participants[0] == pytest.approx(people, rel=1e-7)
    assert found.places[0] == pytest.approx(max(between, 0), rel=1e-6, abs=1e-9)


def test_many_at_once_are_each_by_itself() -> None:
    values = tables(0.2)

    together = variance_components(values, places=True)

    for at in range(len(values)):
        alone = variance_components(values[at : at + 1], places=True)
        assert together.participants[at] == pytest.approx(alone.participants[0], abs=1e-9)
        assert together.error[at] == pytest.approx(alone.error[0], abs=1e-9)


def test_the_unit_does_not_matter() -> None:
    values = tables(0.1)
    ours = variance_components(values, places=True)

    for scale in (1e-7, 1e7):
        scaled = variance_components(values * scale, places=True)
        assert scaled.error == pytest.approx(ours.error * scale**2, rel=1e-6)
        assert scaled.participants == pytest.approx(
            ours.participants * scale**2, rel=1e-6, abs=1e-8 * scale**2
        )


NONE = {
    "nobody": np.empty((1, 0, 3)),
    "no value": np.full((1, 4, 3), np.nan),
    "one person": np.array([[[1.0, 2.0, 3.0]]]),
    "one value each": np.array([[[1.0, np.nan], [2.0, np.nan], [5.0, np.nan]]]),
    "nothing left over": np.array([[[1.0, 2.0, 4.0], [3.0, np.nan, np.nan]]]),
    "all equal": np.full((1, 5, 3), 7.1),
}


@pytest.mark.parametrize("values", NONE.values(), ids=NONE)
def test_where_there_are_none_they_are_missing(values: np.ndarray) -> None:
    found = variance_components(values, places=True)

    assert np.isnan([found.participants, found.places, found.error]).all()


def test_where_photographs_do_not_differ_only_people_do() -> None:
    values = np.repeat(np.array([[1.0, 2.0, 4.0]]), 3, axis=0).T[None]

    found = variance_components(values, places=True)

    assert found.participants[0] == pytest.approx(np.var([1, 2, 4], ddof=1))
    assert (found.places[0], found.error[0]) == (0, 0)


def test_each_is_what_it_would_be_without_the_others() -> None:
    values = tables(0.3, features=6)

    together = variance_components(values, places=True)

    alone = [variance_components(one[None], places=True) for one in values]
    for name in ("participants", "places", "error"):
        found = np.concatenate([getattr(one, name) for one in alone])
        np.testing.assert_array_equal(getattr(together, name), found)
