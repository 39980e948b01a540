"""What was said beforehand, in words."""

from typing import Any

from lakehouse.preregistration.keeping import Keeping
from lakehouse.report.findings.registered import multiverse, registered
from tests.lakehouse.report.given import Given, facts, settings, words

PRIMARY = {"method": "spearman", "direction": "positive", "tests": 90, "q": 1, "holm": 0}
KEPT = Keeping("2026-01-02T10:00:00+00:00", "abcdef0123456789", before_scores=True, departures=())


def said(kept: Keeping | None, **known: Any) -> str:
    frames = {"glance_primary": [PRIMARY]}
    return registered(Given(facts(**known), frames, kept=kept), words()) or ""


def test_nothing_registered_makes_all_exploratory() -> None:
    assert said(None).endswith("every test is exploratory.")
    assert "90 tests" not in said(None)


def test_a_family_that_was_not_registered_is_told_as_such() -> None:
    named = settings(statistics={"primary": {"instruments": ["asrsb"]}})

    assert "not registered before the scores were seen" in said(None, settings=named)


def test_what_is_kept_is_told_with_its_result() -> None:
    told = said(KEPT)

    assert "registered on 2026-01-02, before any score was read (SHA-256 abcdef012345…)" in told
    assert "The results keep to it." in told
    assert told.endswith("All other tests are exploratory.")
    assert (
        "Of its 90 tests (Spearman’s, positive, one-sided), q < 0.05 holds for 1 and Holm’s "
        "p < 0.05 for 0." in told
    )


def test_departures_are_counted_and_not_quoted() -> None:
    departures = ('muscles.file is "/home/somebody/muscles.csv", was null', "another")
    told = said(
        Keeping(KEPT.registered_at, KEPT.sha256, before_scores=False, departures=departures)
    )

    assert "when scores were there already" in told
    assert told.endswith("All tests are exploratory therefore.")
    assert "depart from it in 2 points" in told
    assert "somebody" not in told


def test_what_cannot_be_compared_is_said() -> None:
    unread = Keeping("", "", before_scores=False, departures=("/path of a lake: no such folder",))

    assert said(unread).endswith("`lakehouse status`.")
    assert "/path" not in said(unread)


def test_the_multiverse_has_one_p() -> None:
    def told(p: float, **known: Any) -> str:
        frames = {"glance_multiverse": [{"specifications": 720, "p": p}]}
        return multiverse(Given(facts(**known), frames), words()) or ""

    assert "no stronger than chance could make it (one p for all of them: p = 0.30)" in told(
        0.3, specifications=720
    )
    assert "typically stronger than chance" in told(0.01, specifications=720)
    assert told(0.01).endswith("`lakehouse multiverse`.")
