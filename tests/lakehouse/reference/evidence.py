"""What tests say for and against, row by row with SciPy and pingouin."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import pingouin
from scipy import optimize, stats

from tests.lakehouse.reference.agreement import Agreement
from tests.lakehouse.reference.correlations import Correlated
from tests.lakehouse.reference.cue import Cue

Row = dict[str, Any]


class Evidence:
    """Relations about evidence.

    Parameters
    ----------
    correlated : Correlated
    cue : Cue
    agreement : Agreement
    """

    RELATIONS: ClassVar = ("correlation_evidence", "effect_evidence")

    def __init__(self, correlated: Correlated, cue: Cue, agreement: Agreement) -> None:
        self._correlated, self._cue, self._agreement = correlated, cue, agreement
        self._choices = agreement.choices

    @property
    def correlation_evidence(self) -> list[Row]:
        kept = (
            *("grouping", "feature", "expression", "supervised", "mask", "group_id"),
            *("instrument", "n", "pearson_r", "spearman_r", "reason"),
        )
        reliable = {
            (row["grouping"], row["feature"]): row for row in self._agreement.feature_reliability
        }
        known = self._choices.reliabilities
        rows = []
        for row in self._correlated.correlations:
            own = self._reliability(reliable[row["grouping"], row["feature"]])
            corrected = _without_error(row, own, known.get(row["instrument"]))
            if row["n"] < self._choices.fewest:
                corrected |= {"r_disattenuated_low": np.nan, "r_disattenuated_high": np.nan}
            rows.append({name: row[name] for name in kept} | self._of_correlation(row) | corrected)
        return rows

    def _reliability(self, row: Row) -> Row:
        """Give the reliability of the feature in use, with its ends."""
        column = {"distance": "reliability", "projected": "icc_ck"}.get(self._choices.feature)
        return {
            f"reliability{end}": np.nan if column is None else row[f"{column}{end}"]
            for end in ("", "_low", "_high")
        }

    def _of_correlation(self, row: Row) -> Row:
        n, pearson, spearman = (row[name] for name in ("n", "pearson_r", "spearman_r"))
        if n < self._choices.fewest:
            pearson = spearman = np.nan
        bound = self._choices.sesoi_r
        found: Row = {"sesoi_r": bound}
        for method, r, variance in (
            ("pearson", pearson, 1.0),
            ("spearman", spearman, 1 + spearman**2 / 2),
        ):
            p = np.nan
            if bound and n > 3 and not np.isnan(r):
                z = np.arctanh(np.clip(r, -1, 1)) if abs(r) < 1 else np.sign(r) * np.inf
                error = np.sqrt(variance / (n - 3))
                p = max(
                    stats.norm.sf(z, -np.arctanh(bound), error),
                    stats.norm.cdf(z, np.arctanh(bound), error),
                )
            found[f"{method}_equivalence_p"] = p
        found |= {"bayes_factor": np.nan, "log10_bayes_factor": np.nan, "detectable_r": np.nan}
        if n > 2 and not np.isnan(pearson) and abs(pearson) < 1:
            found["bayes_factor"] = pingouin.bayesfactor_pearson(pearson, n)
            found["log10_bayes_factor"] = np.log10(found["bayes_factor"])
        if n > 3 and not np.isnan(spearman) and row["tests"]:
            alpha = 0.05 / row["tests"]
            reach = stats.norm.ppf(1 - alpha / 2) + stats.norm.ppf(0.8)
            found["detectable_r"] = np.tanh(reach / np.sqrt(n - 3))
        return found

    @property
    def effect_evidence(self) -> list[Row]:
        kept = ("grouping", "expression", "group_id", "n", "cohen_dz", "reason")
        return [
            {name: row[name] for name in kept} | self._of_effect(row)
            for row in self._cue.supervision_effects
        ]

    def _of_effect(self, row: Row) -> Row:
        bound, n, t = self._choices.sesoi_dz, row["n"], row["t"]
        names = ("equivalence_p", "bayes_factor", "log10_bayes_factor", "detectable_dz")
        found: Row = {"sesoi_dz": bound} | dict.fromkeys(names, np.nan)
        if t is None or np.isnan(t):
            return found
        if bound:
            away = bound * np.sqrt(n)
            found["equivalence_p"] = max(
                stats.nct.sf(t, n - 1, -away), stats.nct.cdf(t, n - 1, away)
            )
        factor = pingouin.bayesfactor_ttest(t, n, paired=True, r=np.sqrt(0.5))
        found |= {"bayes_factor": factor, "log10_bayes_factor": np.log10(factor)}
        critical = stats.t.ppf(1 - 0.025 / row["tests"], n - 1)
        found["detectable_dz"] = optimize.brentq(
            lambda dz: stats.nct.sf(critical, n - 1, dz * np.sqrt(n)) - 0.8, 0, 2 * critical
        )
        return found


def _without_error(row: Row, own: Row, instrument: float | None) -> Row:
    r, n, feature = row["pearson_r"], row["n"], own["reliability"]
    feature = np.nan if feature is None else feature
    names = ("r_disattenuated", "r_disattenuated_low", "r_disattenuated_high")
    found: Row = {"feature_reliability": feature, "instrument_reliability": instrument}
    found |= dict.fromkeys(names, np.nan)
    why = None
    if np.isnan(r):
        why = "there is no correlation"
    elif instrument is None:
        why = "the questionnaire's reliability is not in the settings"
    elif np.isnan(feature):
        why = "the feature's reliability is not known"
    elif feature <= 0:
        why = "the feature's reliability is not above 0"
    found["disattenuation_reason"] = why
    if why:
        return found
    ends = own["reliability_low"], own["reliability_high"]
    error = 0.0 if np.isnan(ends[0]) else (ends[1] - ends[0]) / (2 * stats.norm.ppf(0.975))
    estimate = r / np.sqrt(feature * instrument)
    # By numerical derivatives of the estimate.
    step = 1e-6
    slope_r = 1 / np.sqrt(feature * instrument)
    slope = (
        r / np.sqrt(feature * (1 + step) * instrument)
        - r / np.sqrt(feature * (1 - step) * instrument)
    ) / (2 * step * feature)
    spread = np.hypot(slope_r * (1 - r**2) / np.sqrt(n - 1), slope * error)
    half = stats.norm.ppf(0.975) * spread
    return found | dict(zip(names, (estimate, estimate - half, estimate + half), strict=True))
