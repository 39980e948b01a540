"""How well scores are foretold from movement, as a function from a table to a table."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import polars as pl

from lakehouse.settings.statistics import Statistics
from lakehouse.statistics.available_cases import Matrix
from lakehouse.statistics.resampling import Report, familywise_p, unheard
from lakehouse.statistics.threads import one_thread
from lakehouse.steps.correlations.columns import Schema
from lakehouse.steps.prediction.people import Cohort, People
from lakehouse.steps.registry import step

PREDICTION: Schema = {
    "instrument": pl.String,
    "covariates": pl.String,
    "n": pl.Int32,
    "left_out": pl.Int32,
    **dict.fromkeys(("r", "r_low", "r_high"), pl.Float64),
    **dict.fromkeys(("r_squared", "r_squared_low", "r_squared_high"), pl.Float64),
    **dict.fromkeys(("error", "baseline_error", "penalty"), pl.Float64),
    "bootstraps": pl.Int32,
    **dict.fromkeys(("permutation_p", "permutation_p_alone"), pl.Float64),
    "permutations": pl.Int32,
    "tests": pl.Int32,
    "reason": pl.String,
}
_NO_IDENTITY: Final = "dataset.identity is photo, so the others may hold the same person"
_NOTHING: Final = "what is foretold is the same for everybody"


@step(statistics="statistics", identity="dataset.identity")
def predict_scores(
    values: pl.DataFrame,
    *,
    statistics: Statistics,
    identity: str = "participant",
    report: Report = unheard,
) -> pl.DataFrame:
    """Foretell every questionnaire from the movement of people who were not learnt from.

    Parameters
    ----------
    values : polars.DataFrame
        Columns kind, participant, name, level and value. Of kind "product", name is the other
        participant, and each pair stands once; of kind "instrument" it is the questionnaire, and
        of kind "covariate" the covariate, level being one of its categories, if it has any.
    statistics : Statistics
        The covariates to take out, how often to resample, and the random state of folds, samples
        and permutations.
    identity : str
        "participant", or "photo" where nobody knows who is in a photograph: then nothing can be
        foretold, because the same person may be among those learnt from.
    report : callable, optional
        Told how many permutations are done, each being counted for every set of participants who
        answered the same.

    Returns
    -------
    polars.DataFrame
        The columns of `PREDICTION`, by instrument.
    """
    people = People.of(values, statistics.covariates)
    seed, fewest = statistics.seed, statistics.fewest
    constant = {
        "covariates": ", ".join(statistics.covariates) or None,
        "bootstraps": statistics.bootstraps,
        "permutations": statistics.prediction_permutations,
    }
    rows: list[dict[str, Any]] = [{"instrument": name} | constant for name in people.instruments]
    judged: list[tuple[Cohort, list[int]]] = []
    for members, instruments in people.sets():
        cohort = people.cohort(members, instruments, seed)
        why = people.trouble() or cohort.reason(fewest)
        why = _NO_IDENTITY if identity == "photo" else why
        reasons = [why] * len(instruments) if why else cohort.reasons()
        for number, reason in zip(instruments, reasons, strict=True):
            left_out = people.answered[number] - len(members)
            rows[number] |= {"n": len(members), "left_out": left_out, "reason": reason}
        if kept := [at for at, reason in enumerate(reasons) if reason is None]:
            judged.append((cohort.only(kept), [instruments[at] for at in kept]))
    with one_thread():
        drawn = _foretold(judged, rows, statistics, report)
    tests = sum(len(instruments) for _, instruments in judged)
    strongest = np.fmax.reduce(drawn, axis=1, initial=-np.inf)
    for row, alone in zip(rows, drawn.T, strict=True):
        row["tests"] = tests
        if "r" in row:
            observed = np.array(row["r"] * np.sqrt(row["n"]))
            row["permutation_p"] = familywise_p(observed, strongest).item()
            row["permutation_p_alone"] = familywise_p(observed, alone).item()
    table = pl.DataFrame(rows, schema=PREDICTION)
    return table.with_columns(pl.selectors.float().fill_nan(None))


def _foretold(
    judged: Sequence[tuple[Cohort, list[int]]],
    rows: Sequence[dict[str, Any]],
    statistics: Statistics,
    report: Report,
) -> Matrix:
    """Complete the rows, and give statistics where nothing is related, shape (count, rows)."""
    count, seed = statistics.prediction_permutations, statistics.seed
    drawn = np.full((count, len(rows)), -np.inf)
    for number, (cohort, columns) in enumerate(judged):
        done = 0
        for found, r in cohort.foretold(count, seed):
            if not done:
                described = cohort.described(found, statistics.bootstraps, seed)
                for column, results in zip(columns, described, strict=True):
                    nothing = {"reason": _NOTHING} if np.isnan(results["r"]) else {}
                    rows[column].update(results | nothing)
            now = slice(done, done + len(r))
            drawn[now, columns] = np.nan_to_num(r, nan=-np.inf) * np.sqrt(len(cohort.members))
            done = now.stop
            if count:
                report(number * count + done, len(judged) * count)
    return drawn
