"""How much memory there is, and how much this process takes."""

from pathlib import Path

import numpy as np
import psutil
import pytest

from lakehouse.system import kernel, memory


def test_a_machine_has_what_it_has() -> None:
    assert 0 < memory.machine_bytes() <= psutil.virtual_memory().total


def test_what_is_filled_is_taken() -> None:
    before = memory.resident_bytes()
    filled = np.ones(200_000_000, dtype=np.uint8)

    assert memory.resident_bytes() - before > 150e6
    del filled


@pytest.mark.parametrize(
    ("groups", "files", "limits"),
    [
        ("0::/\n", {"memory.max": "4000000000\n"}, [4000000000, 4000000000]),
        ("0::/a/b\n", {"a/b/memory.max": "max\n", "memory.max": "5\n"}, [5]),
        ("0::/a\n", {}, []),
        ("4:memory:/a\n3:cpu:/a\n", {"memory/memory.limit_in_bytes": "7\n"}, [7]),
    ],
)
def test_a_containers_limit_counts(monkeypatch, tmp_path, groups, files, limits) -> None:
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc" / "cgroup").write_text(groups)
    for name, text in files.items():
        (tmp_path / "groups" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "groups" / name).write_text(text)
    monkeypatch.setattr(kernel, "proc", tmp_path / "proc")
    monkeypatch.setattr(memory, "_GROUPS", tmp_path / "groups")

    total = memory.machine_bytes()

    assert total == min([psutil.virtual_memory().total, *limits])


@pytest.mark.parametrize("proc", [None, Path("nowhere")])
def test_without_a_proc_what_is_filled_is_seen_too(monkeypatch, proc) -> None:
    monkeypatch.setattr(kernel, "proc", proc)
    monkeypatch.setattr(kernel, "sysconf", None)

    assert memory.physical_bytes() == psutil.virtual_memory().total
    test_what_is_filled_is_taken()
