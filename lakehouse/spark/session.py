"""A session of Spark: in this process, on a cluster, or through Spark Connect."""

import os
import re
import shutil
import socket
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from lakehouse.errors import EngineError, UsageError
from lakehouse.files.scratch import nameless_log, scratch_folder
from lakehouse.system.memory import physical_bytes

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

INSTALL = "pip install 'expression-lakehouse[spark]'"
"""What installs all that this room needs, but for Java."""

_MASTER = re.compile(r"(local(-cluster)?(\[.+\])?|yarn|(spark|sc|k8s)://\S+)")
_LISTENING = re.compile(r"(?P<scheme>spark|sc)://(?P<hosts>[^/;?]+)")
_PORTS = {"spark": 7077, "sc": 15002}
_PATIENCE_S = 5.0
_LOOPBACK = "127.0.0.1"

_OF_QUERIES = {
    "spark.sql.session.timeZone": "UTC",
    # What DuckDB answers with a null is no error of a query here either.
    "spark.sql.ansi.enabled": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.parquet.compression.codec": "zstd",
}


@contextmanager
def spark_session(master: str, config: Mapping[str, str] | None = None) -> Iterator["SparkSession"]:
    """Open a session that answers queries as DuckDB does.

    Parameters
    ----------
    master : str
        `local[*]` or `local[2]` in this process, `spark://HOST:PORT`, `yarn` and `k8s://…` on a
        cluster, `sc://HOST:PORT` through Spark Connect.
    config : mapping of str to str, optional
        Spark's own settings, such as "spark.executor.memory", over what is set here.

    Yields
    ------
    pyspark.sql.SparkSession
        It is stopped at the end. Where this process has one on the same master already, that goes
        on, and what is given is another session beside it, with its own views and settings.

    Raises
    ------
    EngineError
        If pyspark or Java is missing, or the master cannot be reached.
    UsageError
        If the master is none that Spark knows, or this process has a session on another one.
    """
    require_engine(master)
    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        # Of pandas nothing is used but what Arrow's way through Python needs.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
        if _is_remote(master):
            session = _connected(master)
            stack.callback(session.stop)
        elif (present := _present(master)) is not None:
            session = present.newSession()
        else:
            catalogue = stack.enter_context(scratch_folder(EngineError))
            session = _started(master, catalogue, config or {})
            stack.callback(session.stop)
        for name, value in (_OF_QUERIES | dict(config or {})).items():
            if session.conf.isModifiable(name):
                session.conf.set(name, value)
        yield session


def require_engine(master: str) -> None:
    """Refuse what a session cannot be opened with, as far as can be told without opening it.

    Raises
    ------
    EngineError
        If pyspark or Java is missing, or nothing listens where the master should.
    UsageError
        If the master is none that Spark knows.
    """
    if not _MASTER.fullmatch(master):
        raise UsageError(
            f"{master} is no master of Spark",
            fix="local[*], spark://HOST:PORT, yarn, k8s://HOST:PORT or sc://HOST:PORT are",
        )
    require_pyspark()
    _require_answer(master)
    if not _is_remote(master):
        _require_java()


def require_pyspark() -> None:
    """Refuse to go on without the packages of the extra `spark`.

    Raises
    ------
    EngineError
        If one of them is not installed.
    """
    missing = [name for name in ("pyspark", "pandas", "sqlglot") if not _is_there(name)]
    if missing:
        raise EngineError(f"Spark needs {' and '.join(missing)}", fix=INSTALL)


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ValueError:
        # It is kept out of this process.
        return False


def is_local(master: str) -> bool:
    """Tell whether a master is a part of this process, and so nothing leaves the machine."""
    return master.startswith("local")


def _is_remote(master: str) -> bool:
    """Tell whether a master is a server of Spark Connect: then Java is there and not here."""
    return master.startswith("sc://")


def _require_java() -> None:
    home = os.environ.get("JAVA_HOME")
    program = shutil.which("java", path=str(Path(home, "bin"))) if home else shutil.which("java")
    if program is None:
        where = "JAVA_HOME" if home else "PATH"
        raise EngineError(
            "there is no Java",
            where=where,
            fix="install Java 17 or later, or name its folder in JAVA_HOME",
        )


def _require_answer(master: str) -> None:
    """Ask for a connection first: Spark itself tries for a minute, and fails in many words."""
    listening = _LISTENING.match(master)
    if listening is None:
        return
    reasons = []
    for place in listening["hosts"].split(","):
        host, _, port = place.rpartition(":") if ":" in place else (place, "", "")
        try:
            number = int(port or _PORTS[listening["scheme"]])
            socket.create_connection((host.strip("[]"), number), _PATIENCE_S).close()
        except (OSError, ValueError, OverflowError) as error:
            reasons.append(getattr(error, "strerror", None) or str(error))
        else:
            return
    raise EngineError(
        f"cannot be reached ({'; '.join(reasons)})",
        where=master,
        fix="see that it runs and that this machine may connect to it",
    )


def _present(master: str) -> "SparkSession | None":
    """Give the session that this process has."""
    from pyspark.sql import SparkSession

    present = SparkSession.getActiveSession()
    if present is not None and present.sparkContext.master != master:
        raise UsageError(
            f"this process has a session on {present.sparkContext.master} already",
            where=master,
            fix="stop it first, or name that one",
        )
    return present


def _connected(master: str) -> "SparkSession":
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    try:
        return SparkSession.builder.remote(master).create()
    except ImportError as error:
        raise EngineError(
            f"Spark Connect needs more packages ({error.name or error})",
            where=master,
            fix="pip install 'pyspark[connect]'",
        ) from error
    except PySparkException as error:
        raise _failed(master, error) from error


def _started(master: str, catalogue: Path, config: Mapping[str, str]) -> "SparkSession":
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    values = _OF_QUERIES | {
        "spark.master": master,
        "spark.app.name": "expression-lakehouse",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.catalogImplementation": "in-memory",
        # Spark makes this folder, in the working directory unless told otherwise.
        "spark.sql.warehouse.dir": catalogue.as_uri(),
    }
    if is_local(master):
        values |= {
            "spark.driver.bindAddress": _LOOPBACK,
            "spark.driver.host": _LOOPBACK,
            "spark.driver.memory": f"{physical_bytes() // 2 // 1024**2}m",
        }
    conf = SparkConf(loadDefaults=False).setAll(list((values | dict(config)).items()))
    with nameless_log() as log:
        try:
            # What Java says, on whatever it finds, would run into the command's own lines.
            if SparkContext._gateway is None:
                gateway = launch_gateway(conf, {"stdout": log, "stderr": log})
                SparkContext._ensure_initialized(gateway=gateway)
            session = SparkSession.builder.config(conf=conf).getOrCreate()
        except (PySparkException, Py4JError) as error:
            raise _failed(master, error) from error
    if is_local(master):
        # Not whichever Python the machine calls python3.
        session.sparkContext.pythonExec = sys.executable
    return session


def _failed(master: str, error: Exception) -> EngineError:
    said = str(error).strip().splitlines() or [type(error).__name__]
    return EngineError(f"no session can be opened: {said[0]}", where=master)
