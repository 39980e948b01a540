"""Killing some work after any change of the disk."""

import os
from collections.abc import Callable

import pytest

from lakehouse.files import exchange
from lakehouse.system import kernel


class Killed(BaseException):
    """Stands for SIGKILL: from then on nothing reaches the disk."""


CHANGES = (
    *((os, name) for name in ("chmod", "fsync", "mkdir", "open")),
    *((os, name) for name in ("rename", "replace", "rmdir", "unlink")),
    (kernel, "link"),
    (exchange, "exchange_names"),
)


def killed_after(steps: int, monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> bool:
    """Do some work whose process is killed after so many changes of the disk."""
    left = steps

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            nonlocal left
            if left == 0:
                raise Killed
            left -= 1
            return real(*args, **options)

        return call

    with monkeypatch.context() as patch:
        for owner, name in CHANGES:
            patch.setattr(owner, name, counted(getattr(owner, name)))
        try:
            work()
        except Killed:
            return True
    return False
