import numpy as np
import pytest

from lakehouse.statistics.evidence.attenuation import disattenuated


def of_one(r: float, n: int, feature: float, score: float, error: float = 0.0) -> list[float]:
    one = [np.array([value]) for value in (r, float(n), feature, score, error)]
    found = disattenuated(one[0], one[1], (one[2], one[3]), one[4])
    return [float(part[0]) for part in found]


def test_spearman_s_own_formula() -> None:
    estimate, low, high = of_one(0.22, 309, 0.6, 0.85)

    assert estimate == pytest.approx(0.22 / np.sqrt(0.6 * 0.85))
    assert (low + high) / 2 == pytest.approx(estimate)
    # With perfect measurements it is the correlation itself, whose error is (1 - r²) / √(n - 1).
    estimate, low, high = of_one(0.22, 309, 1.0, 1.0)
    assert estimate == pytest.approx(0.22)
    assert high - low == pytest.approx(2 * 1.959964 * (1 - 0.22**2) / np.sqrt(308))


def test_an_uncertain_reliability_widens_the_interval() -> None:
    sure, unsure = of_one(0.4, 309, 0.6, 0.85), of_one(0.4, 309, 0.6, 0.85, error=0.1)

    assert sure[0] == unsure[0]
    assert unsure[2] - unsure[1] > 1.02 * (sure[2] - sure[1])


def test_nothing_is_cut_off_at_one() -> None:
    estimate, _, high = of_one(0.6, 50, 0.3, 0.5)

    assert high > estimate > 1


@pytest.mark.parametrize(
    ("r", "feature", "score"),
    [(0.3, 0.0, 0.8), (0.3, -0.2, 0.8), (0.3, np.nan, 0.8), (0.3, 0.8, np.nan), (np.nan, 0.8, 0.8)],
)
def test_without_reliability_there_is_none(r: float, feature: float, score: float) -> None:
    assert np.isnan(of_one(r, 50, feature, score)).all()


def test_intervals_hold_the_truth() -> None:
    random = np.random.default_rng(2)
    truth, people, feature, score = 0.4, 200, 0.5, 0.8
    held = 0
    for _ in range(2000):
        x = random.normal(size=people)
        y = truth * x + np.sqrt(1 - truth**2) * random.normal(size=people)
        seen = x + random.normal(size=people) * np.sqrt(1 / feature - 1)
        told = y + random.normal(size=people) * np.sqrt(1 / score - 1)
        r = np.corrcoef(seen, told)[0, 1]
        _, low, high = of_one(r, people, feature, score)
        held += low <= truth <= high
    assert 0.935 <= held / 2000 <= 0.965
