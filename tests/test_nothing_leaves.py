"""Nothing leaves the machine: every system call of a whole demo is traced."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools import require_tool

ROOT = Path(__file__).parent.parent
# A whole demo, of one photograph for each mask and with few draws.
SMALL = """
from lakehouse.cli import main
import lakehouse.cli.demo as demo
from tests.lean import lean

demo.PHOTOS = 1
demo.load_settings = lambda _: lean(quality={"photos_per_mask": 1})
main()
"""
_ADDRESS = re.compile(
    r"sin_port=htons\((?P<port>\d+)\), sin_addr=inet_addr\(\"(?P<four>[\d.]+)\"\)"
    r"|sin6_port=htons\((?P<port6>\d+)\).*inet_pton\(AF_INET6, \"(?P<six>[^\"]+)\""
)


def reached(trace: str) -> list[str]:
    """Give the lines of a trace that send or connect to anywhere but a closed loopback port."""
    lines = []
    for line in trace.splitlines():
        address = _ADDRESS.search(line)
        if address is None or not re.search(r"\b(connect|sendto|sendmsg|sendmmsg)\(", line):
            continue
        refused = "connect(" in line and re.search(r"ECONNREFUSED|EINPROGRESS", line)
        if address["four"] != "127.0.0.1" or not refused:
            lines.append(line)
    return lines


def test_the_trace_reader_sees_what_would_leave():
    outside = '7 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("8.8.8.8")}'
    asked = '7 sendto(3, "", 1, 0, {sa_family=AF_INET, sin_port=htons(53), '
    asked += 'sin_addr=inet_addr("127.0.0.1")}, 16) = 1'
    closed = "7 connect(3, {sa_family=AF_INET, sin_port=htons(40001), "
    closed += 'sin_addr=inet_addr("127.0.0.1")}, 16) = -1 ECONNREFUSED (Connection refused)'
    local = '7 connect(3, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 0'
    assert reached("\n".join([outside, asked, closed, local])) == [outside, asked]


@pytest.mark.slow
@pytest.mark.usefixtures("face_model_path")
def test_a_whole_demo_connects_to_nothing(tmp_path: Path):
    trace = tmp_path / "trace"
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    demo = subprocess.run(
        [
            require_tool("strace"), "-f", "-qq", "-e", "trace=network", "-o", str(trace),
            sys.executable, "-c", SMALL, "--warehouse", str(tmp_path / "warehouse"),
            "demo", "--participants", "3", "--quiet",
        ],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert demo.returncode == 0, demo.stderr
    assert "planted:" in demo.stdout
    text = trace.read_text(errors="replace")
    # Each worker binds the port it closes, which shows that the trace reaches into the workers.
    assert re.search(r"bind\(.*AF_INET.*127\.0\.0\.1", text)
    assert reached(text) == []
