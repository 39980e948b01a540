"""The numbers of docs/numbers.md that follow from what the study published."""

import math
import re
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from lakehouse.statistics.intervals import pearson_interval, spearman_interval
from lakehouse.statistics.multiplicity import benjamini_hochberg, bonferroni
from lakehouse.statistics.sign_flips import flipped, sign_flip_p

PAGE = (Path(__file__).parent.parent.parent / "docs" / "numbers.md").read_text(encoding="utf-8")
PARTICIPANTS, TESTS = 309, 15 * 6 * 6

FIRST = {
    "Pearson": (0.22443398953796, 6.8888951520e-05),
    "Spearman": (0.21228819020113, 0.00017025275937),
}
SECOND = {"r": (0.20116625376817, 0.00037327455380), "right": (0.19164607931433, 0.00070758871261)}
SLIP = (0.1618568566694145, 0.0043378892933926)


def p_of(r: float) -> float:
    """Student's t, as of Pearson's r and as programs have it for Spearman's."""
    t = r * math.sqrt((PARTICIPANTS - 2) / (1 - r * r))
    return float(2 * stats.t.sf(t, PARTICIPANTS - 2))


def row_of(method: str) -> list[str]:
    [row] = re.findall(rf"^\| {method} \| (0\.\d.*) \|$", PAGE, re.MULTILINE)
    return [cell.strip() for cell in row.split("|")]


@pytest.mark.parametrize("method", FIRST)
def test_the_first_row_is_the_studys(method: str) -> None:
    r, p = FIRST[method]
    shown = row_of(method)

    assert (float(shown[0]), float(shown[1])) == (r, p)
    assert p == pytest.approx(p_of(r), rel=1e-9)


@pytest.mark.parametrize(
    ("method", "interval"), [("Pearson", pearson_interval), ("Spearman", spearman_interval)]
)
def test_its_intervals_follow_from_r_and_n(method: str, interval) -> None:
    r, _ = FIRST[method]
    low, high = interval(np.array([[r]]), np.array([[PARTICIPANTS - 2]]))

    assert row_of(method)[2] == f"{low.item():.3f} to {high.item():.3f}"


@pytest.mark.parametrize("method", FIRST)
def test_the_strongest_of_all_has_the_same_q_as_bonferroni(method: str) -> None:
    p = np.full(TESTS, 0.9)
    p[0] = FIRST[method][1]

    adjusted = [f"{bonferroni(p)[0]:.3f}", f"{benjamini_hochberg(p)[0]:.3f}"]
    assert row_of(method)[3:5] == adjusted


def test_both_methods_together_stay_below_the_bound() -> None:
    assert "**0.075**" in PAGE
    assert "1,080\ntests" in PAGE
    assert 0.074 < 2 * TESTS * FIRST["Pearson"][1] < 0.075


def test_the_second_row_is_told_apart_from_its_slip() -> None:
    for r, p in SECOND.values():
        assert str(r) in PAGE
        assert f"{p:.14f}".rstrip("0") in PAGE
        assert p == pytest.approx(p_of(r), rel=1e-9)
    assert f"r = {SLIP[0]:.3f} and p = {SLIP[1]:.4f}" in PAGE
    assert SLIP[1] == pytest.approx(p_of(SLIP[0]), rel=1e-9)


def test_chance_finds_27_of_540() -> None:
    assert TESTS * 0.05 == 27
    assert "27 of 540 tests have p < 0.05" in PAGE


def test_the_limit_of_attenuation() -> None:
    assert f"{math.sqrt(0.5 * 0.85):.2f}" == "0.65"
    assert "r = 0.65" in PAGE
    assert f"{math.sqrt(0.5):.2f}." in PAGE


@pytest.mark.parametrize(("people", "shown"), [(5, "0.0625"), (10, "0.002")])
def test_flips_of_few_people_have_a_least_p(people: int, shown: str) -> None:
    least = 2 / 2**people
    assert f"{shown} with {'five people' if people == 5 else 'ten'}" in PAGE.replace("\n", " ")
    assert float(shown) == pytest.approx(least, abs=5e-4)

    # As strong as can be: everybody moves more with the cue, by nearly as much.
    more = np.linspace(1, 1.1, people)[:, None, None] * np.ones((1, 1, 3))
    of_map, of_all = sign_flip_p(*flipped(more, count=20_000, seed=1))

    for found in (of_map, of_all):
        assert found == pytest.approx(least, abs=5 * math.sqrt(least / 20_000))
