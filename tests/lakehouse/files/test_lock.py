import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lakehouse.errors import LakeError
from lakehouse.files.lock import exclusive_lock

HOLDER = """
import sys, time
from pathlib import Path
from lakehouse.files.lock import exclusive_lock
with exclusive_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_second_is_told_who_the_first_is(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    command = [sys.executable, "-c", HOLDER, str(lock)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(LakeError, match=f"in use by process {holder.pid};"),
            exclusive_lock(lock),
        ):
            pass
        holder.send_signal(signal.SIGKILL)
    # A dead process holds nothing.
    with exclusive_lock(lock):
        assert lock.read_text() == f"{os.getpid()}\n"
    with exclusive_lock(lock):
        pass
    assert lock.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(LakeError, match="cannot be written"),
        exclusive_lock(tmp_path / "missing" / ".lock"),
    ):
        pass
