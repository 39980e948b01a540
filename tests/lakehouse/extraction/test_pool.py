import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from lakehouse.errors import LakehouseError
from lakehouse.extraction.pool import WorkerPool
from lakehouse.ingest.result import Outcome, Status, Task

COMMAND = (sys.executable, str(Path(__file__).with_name("fake_worker.py")))


def run(names: list[str], *, size: int = 2, time_limit_s: float = 60.0) -> list[Outcome]:
    with WorkerPool(None, size, time_limit_s=time_limit_s, command=COMMAND) as pool:
        answers = list(pool.map(Task(name, None) for name in names))
    assert all(isinstance(answer, Outcome) for answer in answers)
    return [answer for answer in answers if isinstance(answer, Outcome)]


@pytest.mark.slow
@pytest.mark.portable
def test_answers_come_in_the_order_of_the_tasks() -> None:
    names = ["slow" if place % 7 == 0 else str(place) for place in range(30)]
    assert [answer.error for answer in run(names, size=3)] == names


@pytest.mark.slow
@pytest.mark.portable
def test_no_tasks_give_no_answers() -> None:
    assert run([]) == []


@pytest.mark.slow
@pytest.mark.portable
def test_tasks_are_read_only_a_little_ahead() -> None:
    read = 0

    def endless() -> Iterator[Task]:
        nonlocal read
        while True:
            read += 1
            yield Task(str(read), None)

    with WorkerPool(None, 2, command=COMMAND) as pool:
        answers = pool.map(endless())
        for _ in range(2000):
            next(answers)
    assert read < 2000 + 300


def test_a_worker_computes_alone_and_finds_the_users_environment() -> None:
    threads, path = run(["$OMP_NUM_THREADS", "$PATH"], size=1)
    assert threads.error == "1"
    assert path.error == os.environ["PATH"]


def test_an_exception_is_an_answer() -> None:
    before, failed, after = run(["a", "raise", "b"], size=1)
    assert (before.status, after.status) == (Status.OK, Status.OK)
    assert failed.status is Status.CRASHED
    assert failed.error == "RuntimeError: one photograph's trouble"


@pytest.mark.slow
@pytest.mark.portable
def test_a_worker_that_dies_is_replaced_and_its_photograph_recorded() -> None:
    names = ["a", "abort", *"bcdefgh", "kill", *"ijkl"]
    answers = run(names)
    assert [answer.error for answer in answers if answer.status is Status.OK] == list(
        "abcdefghijkl"
    )
    assert answers[1].status is Status.CRASHED
    assert answers[1].error == "the worker ended by SIGABRT: the last words"
    assert answers[9].error == "the worker ended by SIGKILL"


@pytest.mark.slow
@pytest.mark.portable
def test_a_worker_that_hangs_is_replaced() -> None:
    answers = run(["a", "hang", "b", "c"], time_limit_s=0.7)
    assert answers[1].status is Status.CRASHED
    assert answers[1].error == "no answer within 0.7 s"
    assert [answer.error for answer in answers if answer.status is Status.OK] == ["a", "b", "c"]


@pytest.mark.slow
@pytest.mark.portable
def test_a_worker_killed_while_idle_is_replaced() -> None:
    with WorkerPool(None, 1, command=COMMAND) as pool:
        assert len(list(pool.map([Task("a", None)]))) == 1
        (pid,) = pool.pids
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.1)
        answers = list(pool.map(Task(name, None) for name in "bc"))
        assert pool.pids != [pid]
    statuses = [answer.status for answer in answers if isinstance(answer, Outcome)]
    assert statuses in ([Status.OK, Status.OK], [Status.CRASHED, Status.OK])


@pytest.mark.slow
@pytest.mark.portable
@pytest.mark.parametrize(
    ("setup", "reason"),
    [
        ("fail", "libEGL.so.1: cannot open shared object file"),
        ("die", "the worker ended with exit code 7: no such instruction"),
    ],
)
def test_workers_that_cannot_start_end_the_run(setup: str, reason: str) -> None:
    with (
        pytest.raises(LakehouseError, match=reason),
        WorkerPool(setup, 2, command=COMMAND) as pool,
    ):
        list(pool.map([Task("a", None)]))


@pytest.mark.slow
@pytest.mark.portable
def test_no_worker_outlives_the_pool() -> None:
    with WorkerPool(None, 2, command=COMMAND) as pool:
        pids = pool.pids
        next(pool.map(Task(name, None) for name in ("a", "hang", "hang")))
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_no_worker_outlives_a_killed_parent() -> None:
    program = (
        "from lakehouse.extraction.pool import WorkerPool\n"
        "from lakehouse.ingest.result import Task\n"
        f"with WorkerPool(None, 2, command={COMMAND!r}) as pool:\n"
        "    answers = pool.map([Task('a', None), Task('hang', None), Task('hang', None)])\n"
        "    next(answers)\n"
        "    print(*pool.pids, flush=True)\n"
        "    next(answers)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    with parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert len(pids) == 2
    end = time.monotonic() + 10
    while any(_runs(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(_runs(pid) for pid in pids)


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
