from typing import Any

import pytest

from lakehouse.report.methods.draft import Draft
from lakehouse.report.methods.dynamics import dynamics
from tests.lakehouse.report.given import Given, facts, settings, words


def said(trials: int = 40, language: str = "en", **video: Any) -> str:
    known = facts(trials=trials, videos=trials, settings=settings(video=video))
    return " ".join(dynamics(Draft(Given(known, {}), words(language))))


def test_without_trials_nothing_is_said() -> None:
    assert said(trials=0) == ""


def test_the_settings_in_force_are_told() -> None:
    told = said()
    assert "every decoded frame was looked at by itself" in told
    assert "one that was marked as such, else the 0.50 s before the onset" in told
    assert "within ±0.10 s, at their own times (Savitzky and Golay, 1964)" in told
    assert "exceeded both 15.0 aligned pixels and five times" in told
    assert "os 0,50 s antes do início da expressão" in said(language="pt")


@pytest.mark.parametrize(
    ("video", "expected"),
    [
        ({"every": 3}, "one of every 3 decoded frames"),
        ({"neutral": "start"}, "or where they did not show the face"),
        ({"neutral": "stillest", "neutral_s": 0.4}, "of the stretch of 0.40 s in which"),
        ({"neutral": "photos"}, "neutral photographs where there were any"),
        ({"window_s": 0.25}, "within ±0.25 s"),
        ({"min_amplitude": 22.5}, "both 22.5 aligned pixels"),
    ],
)
def test_another_setting_is_told(video: dict[str, Any], expected: str) -> None:
    assert expected in said(**video)
    assert expected not in said()
    assert "{" not in said(language="pt", **video)
