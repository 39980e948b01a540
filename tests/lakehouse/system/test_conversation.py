"""Talking with a process over its standard streams, as where it takes over no descriptors."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import IO

import pytest

from lakehouse.system import kernel
from lakehouse.system.conversation import Channel, started, wait

ECHO = """
import sys, os
from lakehouse.system.conversation import parent_of
parent = parent_of(sys.argv[-2:])
print("said by a library", flush=True)
os.write(1, b"and by another\\n")
assert sys.stdin.read() == ""
while True:
    try:
        message = parent.recv()
    except EOFError:
        parent.close()
        break
    if message == "die":
        os._exit(3)
    parent.send(message)
"""


@pytest.fixture(params=["descriptor", "streams"])
def talk(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[subprocess.Popen[bytes], Channel, IO[bytes]]]:
    if request.param == "streams":
        monkeypatch.setattr(kernel, "fork", None)
    with tempfile.TemporaryFile() as log:
        process, channel = started([sys.executable, "-c", ECHO], log, os.environ)
        yield process, channel, log
        channel.close()
        process.kill()
        process.wait()


def test_objects_go_both_ways_and_what_is_printed_does_not(talk) -> None:
    process, channel, log = talk
    large = b"\r\n\x1a" * 1_000_000
    assert wait([channel], 0) == []
    for message in ({"a": (1, None)}, large, "last"):
        channel.send(message)
        assert wait([channel], 60) == [channel]
        assert channel.recv() == message
    channel.close()
    assert process.wait(60) == 0
    log.seek(0)
    assert log.read() == b"said by a library\nand by another\n"


def test_the_end_is_heard(talk) -> None:
    process, channel, _ = talk
    channel.send("die")
    assert wait([channel], 60) == [channel]
    with pytest.raises((EOFError, OSError)):
        channel.recv()
    assert process.wait(60) == 3


def test_who_does_not_listen_blocks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "fork", None)
    with tempfile.TemporaryFile() as log:
        deaf = [sys.executable, "-c", "import time; time.sleep(600)"]
        process, channel = started(deaf, log, os.environ)
        for _ in range(100):
            channel.send(b"x" * 100_000)
        assert wait([channel], 0.2) == []
        process.kill()
        process.wait()
        assert wait([channel], 60) == [channel]
        channel.close()
