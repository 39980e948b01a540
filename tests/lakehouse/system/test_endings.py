import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from lakehouse.system.endings import Ended, orderly_end, undisturbed

HANGUP = pytest.param(
    signal.SIGHUP, marks=pytest.mark.kernel("no terminal hangs up where there is no SIGHUP")
)

PROGRAM = """
import hashlib, os, signal, sys
from pathlib import Path
from lakehouse.system.endings import orderly_end
file = Path(sys.argv[1])
def clear():
    file.unlink(missing_ok=True)
with orderly_end(clear):
    file.touch()
    print("ready", flush=True)
    {work}
"""
SLEEPS = "import time; time.sleep(60)"
DOES_NOT_LISTEN = "hashlib.pbkdf2_hmac('sha256', b'word', b'salt', 2**31 - 1)"
SWALLOWS = """
    try:
        import time; time.sleep(60)
    except BaseException:
        sys.exit(7)
"""


def ended(work: str, file: Path, number: signal.Signals) -> tuple[int, float]:
    """Start a program, end it, and tell how, and after how many seconds."""
    command = [sys.executable, "-c", PROGRAM.format(work=work), str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(0.1)
        began = time.monotonic()
        child.send_signal(number)
        child.wait(timeout=60)
    return child.returncode, time.monotonic() - began


@pytest.mark.parametrize("number", [signal.SIGTERM, HANGUP])
@pytest.mark.parametrize("work", [SLEEPS, SWALLOWS])
def test_the_process_clears_up_and_ends_by_the_signal(
    tmp_path: Path, work: str, number: signal.Signals
) -> None:
    code, _ = ended(work, tmp_path / "file", number)
    assert code == -number
    assert not (tmp_path / "file").exists()


@pytest.mark.slow
@pytest.mark.portable
def test_what_does_not_listen_ends_all_the_same(tmp_path: Path) -> None:
    code, seconds = ended(DOES_NOT_LISTEN, tmp_path / "file", signal.SIGTERM)
    assert code == 128 + signal.SIGTERM
    assert not (tmp_path / "file").exists()
    assert seconds < 30


def test_without_a_signal_nothing_changes() -> None:
    cleared = []
    before = signal.getsignal(signal.SIGTERM)
    with orderly_end(lambda: cleared.append(1)):
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before
    with pytest.raises(SystemExit), orderly_end(lambda: cleared.append(2)):
        sys.exit(3)
    assert cleared == [1, 2]


def test_what_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with orderly_end(lambda: None):
            os.kill(os.getpid(), signal.SIGHUP)
            with undisturbed():
                os.kill(os.getpid(), signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, HANGUP])
def test_a_signal_waits_for_what_may_not_be_disturbed(number: signal.Signals) -> None:
    def stop(*_: object) -> None:
        raise Ended

    done = []

    def work() -> None:
        with undisturbed():
            os.kill(os.getpid(), number)
            done.append("all of it")

    before = signal.signal(number, stop)
    try:
        with pytest.raises(Ended):
            work()
        assert signal.getsignal(number) is stop
    finally:
        signal.signal(number, before)
    assert done == ["all of it"]


def test_other_threads_take_no_signals() -> None:
    done = []

    def work() -> None:
        with orderly_end(lambda: done.append("cleared")), undisturbed():
            done.append("worked")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == ["worked", "cleared"]
