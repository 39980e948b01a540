import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROBE = """
import os, socket
os.environ["no_proxy"] = os.environ["NO_PROXY"] = "*"
os.environ["HTTPS_PROXY"] = "http://proxy.example"
from lakehouse.extraction.network import close_network
port = close_network()
assert close_network() == port
names = ("http_proxy", "https_proxy", "all_proxy")
values = {os.environ[spelled] for name in names for spelled in (name, name.upper())}
assert values == {f"http://127.0.0.1:{port}"}, values
assert "no_proxy" not in os.environ and "NO_PROXY" not in os.environ
for attempt in (lambda: socket.create_connection(("127.0.0.1", port), 1),
                lambda: socket.socket().bind(("127.0.0.1", port))):
    try:
        attempt()
    except OSError:
        continue
    raise AssertionError("the port is open or free")
"""


def test_every_proxy_points_at_a_port_that_stays_closed() -> None:
    subprocess.run([sys.executable, "-c", PROBE], check=True, timeout=30)


@pytest.mark.slow
def test_the_library_does_not_load_mediapipe_into_its_own_process() -> None:
    probe = (
        "import sys, lakehouse.extraction.extract\n"
        "assert not {'mediapipe', 'cv2', 'PIL'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", probe], check=True, timeout=60)


LANDMARKER = """
import sys
from lakehouse.extraction.network import close_network
close_network()
import numpy as np
from lakehouse.extraction.landmarker import FaceLandmarker
from lakehouse.extraction.face_model import read_model
with FaceLandmarker(
    read_model(), min_detection_confidence=0.5, min_presence_confidence=0.8
) as landmarker:
    landmarker.detect(np.zeros((64, 64, 3), np.uint8))
"""
RUN = """
import sys
from pathlib import Path
from lakehouse.extraction.extract import extract
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
assert extract(Path(sys.argv[1]), WarehousePaths(Path(sys.argv[2])), Settings()).ok == 12
"""


@pytest.mark.slow
@pytest.mark.usefixtures("face_model_path")
@pytest.mark.parametrize("program", [LANDMARKER, RUN], ids=["landmarker", "run"])
def test_no_connection_leaves_the_machine(program: str, dataset: Path, tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        assert os.environ.get("LAKEHOUSE_REQUIRE_TOOLS") != "1", "strace is not installed"
        pytest.skip("strace is not installed")
    log = tmp_path / "trace"
    calls = "connect,sendto,sendmsg,sendmmsg"
    python = [sys.executable, "-c", program, str(dataset), str(tmp_path / "w")]
    command = [strace, "-f", "-qq", "-e", f"trace={calls}", "-o", str(log), *python]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    reached = re.findall(r"AF_INET6?,[^}]*\"([0-9a-f.:]+)\"", log.read_text())
    assert {address for address in reached if not address.startswith("127.")} <= {"::1"}
    # The library does try, so that an empty trace would prove nothing.
    if program is LANDMARKER:
        assert reached
