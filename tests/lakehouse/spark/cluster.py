"""A standalone cluster of Spark on this machine: a master and workers, each a process of its own.

The package of Python has no scripts to start one, so the programs are started as those would.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Final

import psutil

MASTER_HOST: Final = "127.0.0.1"
HOSTS: Final = ("127.0.0.1", "127.0.0.2")
"""Of the workers. The second attempt at a slow task is made on another host only."""

QUICK: Final = (
    "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC "
    # What is compiled stays: a small store of it would be searched for what can go.
    "-XX:ReservedCodeCacheSize=256m -XX:-UseCodeCacheFlushing -XX:MetaspaceSize=256m"
)
"""Java's options for programs that hardly run before they end."""

CONFIG: Final = {
    "spark.driver.host": MASTER_HOST,
    "spark.driver.bindAddress": MASTER_HOST,
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": QUICK,
    "spark.executor.extraJavaOptions": QUICK,
    "spark.executor.memory": "600m",
    "spark.executor.cores": "1",
    # No task begins before there are both workers to take some.
    "spark.cores.max": "2",
    "spark.scheduler.minRegisteredResourcesRatio": "1.0",
    "spark.scheduler.maxRegisteredResourcesWaitingTime": "120s",
    "spark.speculation": "true",
    "spark.speculation.interval": "100ms",
    "spark.speculation.multiplier": "1.5",
    "spark.speculation.quantile": "0.25",
}
_STARTS_S: Final = 90.0


class SparkCluster:
    """What runs, and how to end it.

    Parameters
    ----------
    folder : Path
        For logs and whatever tasks write.
    stack : ExitStack
        Ends what is started.
    memory : str
        Of each worker.
    """

    def __init__(self, folder: Path, stack: ExitStack, memory: str) -> None:
        self._folder, self._stack, self._memory = folder, stack, memory
        self._workers: dict[str, psutil.Process] = {}
        port = free_port()
        self.master = f"spark://{MASTER_HOST}:{port}"
        self._start("master", MASTER_HOST, "master.Master", "--port", str(port))
        for host in HOSTS:
            self.start(host)
        wait_for(port)

    def start(self, host: str) -> None:
        """Start a worker of one core."""
        words = ["--cores", "1", "--memory", self._memory]
        words += ["--work-dir", str(self._folder / f"work-{host}")]
        self._workers[host] = self._start(
            f"worker-{host}", host, "worker.Worker", *words, self.master
        )

    def _start(self, name: str, host: str, role: str, *words: str) -> psutil.Process:
        return self._stack.enter_context(_program(self._folder / name, host, role, *words))

    @property
    def environment(self) -> dict[str, str]:
        """What a driver finds in its environment."""
        return _environment(MASTER_HOST)

    def lose(self, host: str) -> None:
        """Kill all that runs on a host, as when its machine fails."""
        _kill(self._workers[host])


@contextmanager
def spark_cluster(folder: Path, memory: str = "1g") -> Iterator[SparkCluster]:
    """Start a master and two workers of one core; at the end nothing of them runs."""
    with ExitStack() as stack:
        yield SparkCluster(folder, stack, memory)


@contextmanager
def _program(log: Path, host: str, role: str, *words: str) -> Iterator[psutil.Process]:
    import pyspark

    program = Path(pyspark.__file__).parent / "bin" / "spark-class"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.with_name(f"{log.name}.log").open("ab") as said:
        process = _started(
            [str(program), f"org.apache.spark.deploy.{role}", "--host", host, "--webui-port", "0",
             *words],
            host, said,
        )  # fmt: skip
        try:
            yield psutil.Process(process.pid)
        finally:
            _kill(psutil.Process(process.pid) if process.poll() is None else None)
            process.wait()


def _started(words: list[str], host: str, said: IO[bytes]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        words, stdout=said, stderr=said, stdin=subprocess.DEVNULL, env=_environment(host),
        start_new_session=True,
    )  # fmt: skip


def _environment(host: str) -> dict[str, str]:
    return {
        **os.environ,
        "SPARK_LOCAL_IP": host,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": QUICK,
        "PYSPARK_PYTHON": sys.executable,
    }


def _tree(process: psutil.Process) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return [process, *process.children(recursive=True)]
    return []


def _kill(process: psutil.Process | None) -> None:
    """Kill a process and all that it has started, until none of them is left."""
    found = _tree(process) if process else []
    for each in found:
        with suppress(psutil.NoSuchProcess):
            each.send_signal(signal.SIGKILL)
    psutil.wait_procs(found, timeout=10)


def free_port() -> int:
    """Give a port of this machine on which nothing listens."""
    with socket.create_server((MASTER_HOST, 0)) as server:
        return int(server.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until a port of this machine answers."""
    until = time.monotonic() + _STARTS_S
    while True:
        try:
            socket.create_connection((MASTER_HOST, port), 1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return
