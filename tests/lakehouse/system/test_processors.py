import os

import pytest

from lakehouse.system import kernel
from lakehouse.system.processors import available_cores


def test_those_that_the_process_may_use_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "sched_getaffinity", lambda _: {1, 4, 5})

    assert available_cores() == 3


@pytest.mark.parametrize(("present", "counted"), [(8, 8), (None, 1)])
def test_where_no_affinity_is_told_all_count(
    monkeypatch: pytest.MonkeyPatch, present: int | None, counted: int
) -> None:
    monkeypatch.setattr(kernel, "sched_getaffinity", None)
    monkeypatch.setattr(os, "cpu_count", lambda: present)

    assert available_cores() == counted
