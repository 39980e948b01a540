"""A prepared process: everything is imported, nothing is started, and each command is a fork of it.

So that a thousand command lines need not start Python a thousand times. What the commands do is
the same; only the face landmarker is a stand-in that gives a made-up face at once, Spark one that
runs its tasks here, and parts of the lake are small, so that a few photographs make many.
"""

import hashlib
import json
import os
import random
import select
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final, Self

from tests.blendshapes import units_of_blendshapes

HUNG_S: Final = 120.0
WORKERS_S: Final = 0.5
"""Seconds in which a killed command's workers, which the system ends with it, are gone."""
PART_PHOTOS: Final = 4
PART_FRAMES: Final = 10
NOBODY: Final = 65534

_LAZY: Final = (
    *("av", "cv2", "fastexcel", "pyreadstat", "rdata", "xlsxwriter", "PIL.Image", "pooch"),
    *("sklearn.cluster", "sklearn.linear_model", "scipy.stats", "scipy.signal", "scipy.spatial"),
    *("polars", "pyarrow.parquet", "pyarrow.dataset", "pyarrow.compute", "skimage.data"),
    *("encodings.idna", "encodings.utf_8_sig", "threadpoolctl", "rich.console", "rich.table"),
    *("py4j.protocol", "pyspark.errors"),
)
_HOUSEKEEPERS: Final = frozenset(("jemalloc_bg_thd", "polars-ooc-clea"))
"""Threads that Arrow and polars start when they are imported, and that sleep."""

_CHANGES: Final = frozenset(
    f"os.{name}" for name in ("chmod", "link", "mkdir", "remove", "rename", "rmdir", "truncate")
) | {"ctypes.dlopen"}
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True)
class Moment:
    """When a command is ended, and how; by default never.

    Parameters
    ----------
    change : int, optional
        Before this change of the disk, counted from 0: exactly there.
    after_s : float, optional
        After so many seconds.
    number : int
        The signal.
    again : bool
        Whether it comes before every later change too.
    """

    change: int | None = None
    after_s: float | None = None
    number: int = signal.SIGKILL
    again: bool = False


@dataclass(frozen=True)
class Line:
    """A command line and where it is typed.

    Parameters
    ----------
    words : sequence of str
        After `lakehouse`.
    folder : str
        Where it is typed; home and temporary files are in its folders `home` and `tmp`.
    as_nobody : bool
        Give up root first.
    streams : dict
        What the shell did, by the stream's name: the file that an output leads to, or None where
        the stream is closed.
    """

    words: Sequence[str]
    folder: str
    as_nobody: bool = False
    streams: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Ran:
    """How a command ended.

    Parameters
    ----------
    code : int
        The exit code, or the negative number of the signal.
    changes : int
        How often it changed the disk, as far as Python knows.
    seconds : float
        Wall time.
    said : str
        On both outputs.
    """

    code: int
    changes: int
    seconds: float
    said: str


class Prepared:
    """The prepared process. Use as a context manager."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.attack.prepared"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def run(self, line: Line, moment: Moment = Moment()) -> Ran:
        """Run a command line to its end, or until it is ended."""
        [ran] = self.run_at_once([line], [moment])
        return ran

    def run_at_once(self, lines: Sequence[Line], moments: Sequence[Moment] = ()) -> list[Ran]:
        """Run several command lines at the same time."""
        moments = moments or [Moment()] * len(lines)
        asked = [
            {"line": asdict(line), "moment": asdict(moment)}
            for line, moment in zip(lines, moments, strict=True)
        ]
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return [Ran(**each) for each in json.loads(self._process.stdout.readline())]


# What follows runs in the prepared process and its forks.


class StandIn:
    """Takes the place of the workers' pool: a made-up face for every photograph, at once."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(self, tasks: Iterable[Any]) -> Iterator[Any]:
        """Answer like a worker."""
        from lakehouse.ingest.result import Outcome, Status, Unchanged
        from lakehouse.system.file_stamps import file_stamp

        for task in tasks:
            content = Path(task.path).read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            if digest == task.known_sha256:
                yield Unchanged()
            elif task.path.endswith("empty.png"):
                yield Outcome(Status.NO_FACE, sha256=digest, bytes=len(content))
            else:
                # Files that are hardly there yet have no such stamp from the workers.
                yield replace(_made_up(digest, len(content)), stamp=file_stamp(Path(task.path)))

    def work_off(self, more: Callable[[], Any]) -> Iterator[Any]:
        """Answer like workers that look at videos."""
        from tests.stand_in import StandIn as Films

        return Films(None, 1).work_off(more)


def _made_up(digest: str, size: int) -> Any:
    import numpy as np

    from lakehouse.ingest.result import Face, Outcome, Status
    from tests.lakehouse.importing.trees import face

    rng = np.random.default_rng(int(digest[:8], 16))
    points = np.zeros((478, 3), np.float32)
    points[:468, :2] = face() + rng.normal(0, 0.5, (468, 2))
    found = Face(
        faces=1,
        landmarks=points,
        blendshape_names=tuple(units_of_blendshapes()),
        blendshapes=rng.uniform(0, 1, 52).astype(np.float32),
        yaw=0.0,
        pitch=0.0,
        roll=0.0,
        retry=None,
    )
    return Outcome(
        Status.OK, sha256=digest, bytes=size, width=320, height=320, orientation=1, face=found
    )


@dataclass
class _Model:
    """A source of the face model that needs no network."""

    content: bytes
    name: str = "here"

    def get(self, folder: Path) -> bytes:
        """Write it down first, as others do."""
        from lakehouse.extraction.model_sources import SourceError

        path = folder / "model.part"
        try:
            path.write_bytes(self.content)
        except OSError as error:
            raise SourceError(str(error)) from error
        return path.read_bytes()


@dataclass
class _Child:
    pid: int
    moment: Moment
    said: int
    counted: int
    started: float = field(default_factory=time.monotonic)
    code: int | None = None
    seconds: float = 0.0


def _stand_ins(model: bytes) -> None:
    import lakehouse.cli.demo as demo
    import lakehouse.cli.extract as extract
    import lakehouse.cli.import_landmarks as importing
    import lakehouse.cli.spark_extract as spread

    import lakehouse.doctor as doctor
    import lakehouse.extraction.extract as extraction
    import lakehouse.extraction.model_sources as sources
    import lakehouse.extraction.options as workers
    import lakehouse.spark.extract as on_spark
    from tests.lakehouse.spark.engine import Engine
    from tests.lean import lean

    workers.WorkerPool = doctor.WorkerPool = StandIn  # type: ignore[assignment, misc]
    extraction.fetch_model = lambda *_: Path("no model")  # type: ignore[assignment]
    extract.ExtractionOptions = partial(  # type: ignore[assignment, misc]
        extract.ExtractionOptions, part_photos=PART_PHOTOS, part_frames=PART_FRAMES
    )
    spread.ExtractionOptions = extract.ExtractionOptions  # type: ignore[misc]
    on_spark.spark_session = Engine()  # type: ignore[assignment]
    on_spark.read_model = lambda _: b"no model"  # type: ignore[assignment]
    importing.ImportOptions = partial(importing.ImportOptions, part_photos=PART_PHOTOS)  # type: ignore[assignment, misc]
    demo.PHOTOS = 1
    demo.load_settings = lambda _: lean(quality={"photos_per_mask": "any"})  # type: ignore[assignment]
    sources.fetch_model.__kwdefaults__["sources"] = (_Model(model),)


def _start(start: Callable[[], None], line: Line, moment: Moment) -> _Child:
    said = os.memfd_create("said")
    counted = os.memfd_create("counted")
    pid = os.fork()
    if not pid:
        code = 70
        try:
            _be_the_command(start, line, moment, said, counted)
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 1
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return _Child(pid, moment, said, counted)


def _be_the_command(
    start: Callable[[], None], line: Line, moment: Moment, said: int, counted: int
) -> None:
    import tempfile

    os.setsid()
    _give_streams(line.streams, said)
    os.chdir(line.folder)
    for name in ("XDG_CACHE_HOME", "LAKEHOUSE_MODEL", "LAKEHOUSE_WAREHOUSE"):
        os.environ.pop(name, None)
    os.environ |= {"HOME": f"{line.folder}/home", "TMPDIR": f"{line.folder}/tmp"}
    os.environ["LAKEHOUSE_PSEUDONYM_KEY"] = "0123456789abcdef0123456789abcdef"
    tempfile.tempdir = None
    if line.as_nobody:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    # The least private of all shells.
    os.umask(0)
    sys.argv = ["lakehouse", *line.words]
    changes = 0

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal changes
        if event in _CHANGES or (event == "open" and (arguments[2] or 0) & _WRITING):
            changes += 1
            os.pwrite(counted, str(changes).encode(), 0)
            if moment.change is not None and (
                changes - 1 == moment.change or (moment.again and changes > moment.change)
            ):
                os.kill(os.getpid(), moment.number)

    sys.addaudithook(count)
    start()


def _give_streams(changed: Mapping[str, str | None], said: int) -> None:
    """Have the standard streams as a shell would, and as Python makes them of it."""
    usual = {"stdin": os.open(os.devnull, os.O_RDONLY), "stdout": said, "stderr": said}
    # All are open before one is closed, whose number the next would get.
    given = {
        name: os.open(file, os.O_WRONLY) if file else descriptor
        for name, descriptor in usual.items()
        for file in [changed.get(name)]
    }
    for number, (name, descriptor) in enumerate(given.items()):
        if name in changed and changed[name] is None:
            os.close(number)
            setattr(sys, name, None)
        else:
            os.dup2(descriptor, number)
            stream = open(number, "w" if number else "r", encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)


def _wait(children: Sequence[_Child]) -> None:
    """Wait for children, and end each at its moment."""
    running = list(children)
    while running:
        now = time.monotonic()
        for child in list(running):
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            age = now - child.started
            if pid:
                child.code, child.seconds = os.waitstatus_to_exitcode(status), age
                _wait_for_workers(child.pid)
                running.remove(child)
            elif child.moment.after_s is not None and age >= child.moment.after_s:
                os.kill(child.pid, child.moment.number)
                child.moment = Moment()
            elif age > HUNG_S:
                os.kill(child.pid, signal.SIGKILL)
        if running:
            select.select([], [], [], 0.002)


def _wait_for_workers(session: int) -> None:
    """Wait until the processes that a command has started have ended, as they do with it."""
    end = time.monotonic() + WORKERS_S
    while time.monotonic() < end:
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return
        time.sleep(0.002)


def _result(child: _Child) -> dict[str, Any]:
    said = os.pread(child.said, 1 << 20, 0).decode(errors="replace")
    changes = int(os.pread(child.counted, 20, 0) or b"0")
    os.close(child.said)
    os.close(child.counted)
    return {"code": child.code, "changes": changes, "seconds": child.seconds, "said": said}


def _modules_of_the_library() -> Iterator[str]:
    """Name all but the workers', whose libraries start threads; some are loaded late otherwise."""
    import pkgutil

    import lakehouse.cli

    for package in (lakehouse, lakehouse.cli):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not {"__main__", "landmarker", "worker", "network"} & set(module.name.split(".")):
                yield module.name


def _serve() -> None:
    import importlib

    # What the shell starts; before a module of this name is loaded beside it.
    from lakehouse.cli import main as start

    from lakehouse.extraction.face_model import read_model

    for name in (*_LAZY, *_modules_of_the_library()):
        importlib.import_module(name)
    _stand_ins(read_model())
    for asked in sys.stdin:
        # A fork has one thread only: whatever another held would be held for ever.
        threads = {path.read_text().strip() for path in Path("/proc/self/task").glob("*/comm")}
        assert len(threads - _HOUSEKEEPERS) <= 1, threads
        children = [
            _start(start, Line(**each["line"]), Moment(**each["moment"]))
            for each in json.loads(asked)
        ]
        _wait(children)
        sys.stdout.write(json.dumps([_result(child) for child in children]) + "\n")
        sys.stdout.flush()


def at_random(chance: random.Random, calm: Ran) -> Moment:
    """Draw the moment of a kill: half of them before some change of the disk, half at any time."""
    if chance.random() < 0.5:
        return Moment(change=chance.randrange(max(1, calm.changes)))
    return Moment(after_s=chance.uniform(0, calm.seconds))


def spread(chance: random.Random, calm: Ran, count: int) -> Iterator[Moment]:
    """Draw moments of kills, one in each of as many equal parts of what a command does.

    Half of them are before some change of the disk, half at any time.
    """
    first = chance.randrange(2)
    for number in range(count):
        course = (number + chance.random()) / count
        if (first + number) % 2:
            yield Moment(change=int(course * calm.changes))
        else:
            yield Moment(after_s=course * calm.seconds)


if __name__ == "__main__":
    _serve()
