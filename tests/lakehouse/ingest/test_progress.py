import pytest

from lakehouse.ingest.progress import Progress, ProgressMeter


def test_the_rate_is_that_of_the_last_seconds() -> None:
    now = 0.0
    seen: list[Progress] = []
    meter = ProgressMeter(300, seen.append, clock=lambda: now)
    meter.advance(failed=True)
    assert seen[-1] == Progress(1, 300, 1, 0.0, None)
    for _ in range(99):  # what was known already goes by fast
        now += 0.01
        meter.advance(failed=False)
    assert seen[-1].photos_per_second == pytest.approx(101, rel=0.02)
    for _ in range(100):
        now += 0.5
        meter.advance(failed=False)
    assert seen[-1].photos_per_second == pytest.approx(2, rel=0.05)
    assert seen[-1].seconds_left == pytest.approx(50, rel=0.05)
    assert seen[-1].failures == 1


def test_nobody_need_listen() -> None:
    ProgressMeter(1, None).advance(failed=False)
