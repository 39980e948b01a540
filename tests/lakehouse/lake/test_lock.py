import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lakehouse.errors import LakeError
from lakehouse.lake.lock import lake_lock
from lakehouse.paths import WarehousePaths

HOLDER = """
import sys, time
from pathlib import Path
from lakehouse.lake.lock import lake_lock
from lakehouse.paths import WarehousePaths
with lake_lock(WarehousePaths(Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_second_writer_is_told_who_the_first_is(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path / "warehouse")
    command = [sys.executable, "-c", HOLDER, str(paths.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LakeError, match=f"in use by process {holder.pid};"), lake_lock(paths):
            pass
        holder.send_signal(signal.SIGKILL)
    # A dead process holds nothing.
    with lake_lock(paths):
        assert paths.lock.read_text() == f"{os.getpid()}\n"
    with lake_lock(paths):
        pass


def test_a_lake_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "warehouse").write_text("a file")
    with (
        pytest.raises(LakeError, match="cannot be written"),
        lake_lock(WarehousePaths(tmp_path / "warehouse")),
    ):
        pass
