"""A registration as a page in Markdown."""

from collections.abc import Mapping
from typing import Any

_DIRECTIONS = {
    "either": "of either sign; p is two-sided",
    "positive": "positive; p is one-sided",
    "negative": "negative; p is one-sided",
}
_METHODS = {
    "spearman": "Spearman's rank correlation",
    "pearson": "Pearson's correlation",
    "kendall": "Kendall's tau-b",
}


def page(document: Mapping[str, Any]) -> str:
    """Write a registration down for people.

    Parameters
    ----------
    document : mapping
        As `register` stores it.

    Returns
    -------
    str
        Markdown; its numbers are those of the JSON beside it.
    """
    primary, sample, code = document["primary"], document["sample"], document["code"]
    scores = document["scores"]
    seen = "; ".join(f"{count:,} scores of {name}" for name, count in scores.items())
    lines = [
        "# Preregistration",
        "",
        f"Registered {document['registered_at']}. SHA-256 of `preregistration.json` without its "
        f"own: `{document['sha256']}`.",
        "",
        f"**Scores were in the lake already: {seen}.** What follows was said after they could be "
        "seen."
        if scores
        else "No scores were in the lake.",
        "",
        "## Primary family",
        "",
        f"- {_METHODS[primary['method']]} of the features of `{primary['grouping']}` with "
        f"{', '.join(primary['instruments'])}; expected {_DIRECTIONS[primary['direction']]}.",
        f"- {primary['tests']:,} tests: {len(primary['features']):,} features × "
        f"{len(primary['instruments']):,} questionnaires.",
        "- Results are those of the relation `primary_correlations`: q (Benjamini-Hochberg) and "
        "holm (Holm) within this family. All other tests are exploratory.",
        "",
        "Features: " + ", ".join(f"`{name}`" for name in primary["features"]) + ".",
        "",
        "## Sample and power",
        "",
        f"- {sample['photographs']:,} photographs of {sample['participants']:,} participants, of "
        f"whom {sample['included']:,} are included{_excluded(sample['excluded'])}.",
        *_power(document["power"], sample["included"]),
        "",
        "## What is computed, and from what",
        "",
        f"- Photographs: digest `{document['photographs_digest']}`.",
        *(f"- {name}: `{value}`" for name, value in code.items() if value is not None),
        "",
        "Settings that are not the program's own:"
        if document["changed_settings"]
        else "All settings are the program's own.",
        *([""] if document["changed_settings"] else []),
        *(f"- `{name}` = `{value}`" for name, value in document["changed_settings"].items()),
    ]
    if document["earlier"]:
        lines += ["", "## Earlier registrations", ""]
        lines += [
            f"- {each['registered_at']}, `{each['sha256']}`; replaced because: {each['replaced']}"
            for each in document["earlier"]
        ]
    return "\n".join(lines) + "\n"


def _excluded(reasons: Mapping[str, int]) -> str:
    if not reasons:
        return ""
    return "; left out: " + ", ".join(f"{count:,} ({reason})" for reason, count in reasons.items())


def _power(power: Mapping[str, Any], n: int) -> list[str]:
    if power["detectable_r"] is None:
        return [f"- With n = {n} no correlation can be found."]
    chances = ", ".join(f"{chance:.0%} for {r}" for r, chance in power["power_at"].items())
    return [
        f"- With n = {n:,} and a level of {power['level']:g} over the whole family (Bonferroni: "
        f"{power['level_of_a_test']:.3g} a test), a correlation of {power['detectable_r']:.3f} is "
        f"found with a chance of {power['power']:.0%}.",
        f"- Chance to find a correlation: {chances}.",
    ]
