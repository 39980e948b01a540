"""Nobody but `lakehouse/files/` creates, changes or removes files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import lakehouse
from tests.lakehouse.files.writing_calls import (
    FUNCTIONS,
    GIVE_TEXT,
    METHODS,
    OPENERS,
    writing_calls,
)

TOP: Final = Path(lakehouse.__file__).parents[1]
ROOM: Final = "lakehouse/files/"

# Writers of other libraries, and why each is harmless: module, what it calls, reason.
ALLOWED: Final = {
    ("cli/streams.py", "os.open"): "the null device is no file",
    ("lakehouse/doctor.py", "save"): "into a folder of scratch_folder",
    ("lakehouse/exporting/pair_matrices.py", "write_csv"): "to a file of replaced_file",
    ("lakehouse/exporting/delimited.py", "SQL copy"): "into a folder of staged",
    ("lakehouse/exporting/formats/parquet.py", "SQL copy"): "into a folder of staged",
    ("lakehouse/exporting/formats/dta.py", "pyreadstat.write_dta"): "into a folder of staged",
    ("lakehouse/exporting/formats/sav.py", "pyreadstat.write_sav"): "into a folder of staged",
    ("lakehouse/exporting/formats/rds.py", "rdata.write_rds"): "into a folder of staged",
    ("lakehouse/exporting/formats/xlsx.py", "xlsxwriter.Workbook"): "to an open file",
    ("lakehouse/extraction/model_sources.py", "pooch.retrieve"): "into a folder of scratch_folder",
    ("lakehouse/figures/video_file.py", "av.open"): "to a file of replaced",
    ("lakehouse/synthetic/clips/clip_file.py", "av.open"): "into memory",
    ("lakehouse/synthetic/photographs.py", "save"): "into memory",
    ("lakehouse/warehouse/build.py", "SQL attach"): "a database in a folder of scratch",
    ("lakehouse/warehouse/answers.py", "pyarrow.ipc.new_file"): "to an open file",
    ("lakehouse/warehouse/answers.py", "pyarrow.parquet.ParquetWriter"): "to an open file",
    ("lakehouse/system/conversation.py", "os.fdopen"): "standard output is no file",
    ("lakehouse/system/regular_files.py", "os.open"): "for reading, by flags of `kernel`",
    ("lakehouse/warehouse/answers.py", "write_csv"): "into memory",
}


def writers() -> Iterator[tuple[str, str, int]]:
    for path in sorted([*TOP.glob("lakehouse/**/*.py"), *TOP.glob("cli/**/*.py")]):
        module = path.relative_to(TOP).as_posix()
        for found in writing_calls(path.read_text(encoding="utf-8")):
            yield module, found.what, found.line


@pytest.mark.slow
def test_nobody_else_writes() -> None:
    strangers = [
        f"{module}:{line}: {what}"
        for module, what, line in writers()
        if not module.startswith(ROOM) and (module, what) not in ALLOWED
    ]
    assert strangers == [], "write through lakehouse/files"


@pytest.mark.slow
def test_what_is_allowed_is_done() -> None:
    assert ALLOWED.keys() - {(module, what) for module, what, _ in writers()} == set()


@pytest.mark.slow
def test_the_room_itself_is_seen_to_write() -> None:
    found = {what for module, what, _ in writers() if module.startswith(ROOM)}
    assert {
        "lakehouse.system.kernel.link",
        "os.open",
        "mkdir",
        "replace",
        "shutil.rmtree",
        "unlink",
    } <= found


def found_in(source: str) -> list[str]:
    return [found.what for found in writing_calls(source)]


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_is_found_by_whatever_name(name: str) -> None:
    module, _, function = name.rpartition(".")
    assert found_in(f"import {module}\n{name}(path)") == [name]
    assert found_in(f"import {module} as other\nother.{function}(path)") == [name]
    assert found_in(f"from {module} import {function}") == [name]
    assert found_in(f"import {module}\nwork = {name}") == [name]


@pytest.mark.parametrize("name", sorted(METHODS))
def test_a_method_is_found(name: str) -> None:
    assert found_in(f"path.{name}(other)") == [name]
    assert found_in(f"from lakehouse.paths import PATHS\n(PATHS.root / 'a').{name}(other)") == [
        name
    ]


@pytest.mark.parametrize("name", sorted(METHODS - GIVE_TEXT))
def test_a_method_is_found_that_somebody_else_is_to_call(name: str) -> None:
    assert found_in(f"from pathlib import Path\nwork = Path.{name}") == [name]


@pytest.mark.parametrize("mode", ["w", "wb", "a", "x", "r+", "w+b"])
@pytest.mark.parametrize("name", sorted(OPENERS))
def test_opening_for_writing_is_found(name: str, mode: str) -> None:
    module = name.rpartition(".")[0]
    load = f"import {module}\n" if module else ""
    assert found_in(f"{load}{name}(path, {mode!r})") == [name]
    assert found_in(f"{load}{name}(path, mode={mode!r})") == [name]
    assert found_in(f"{load}{name}(path, mode=chosen)") == [name]
    assert found_in(f"{load}{name}(path)") == []
    assert found_in(f"{load}{name}(path, 'r')") == []


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("path.open('w')", "open"),
        ("from lakehouse.opencv import cv2\ncv2.imwrite(path)", "lakehouse.opencv.cv2.imwrite"),
        ("path.open(mode='ab')", "open"),
        ("path.open(chosen)", "open"),
        ("path.replace(other)", "replace"),
        ("path.rename(other)", "rename"),
        ("path.with_name('b').rename(folder / 'a')", "rename"),
        ("import os\nos.open(path, os.O_WRONLY)", "os.open"),
        ("import os\nos.open(path, os.O_RDONLY | os.O_CREAT)", "os.open"),
        ("import os\nos.open(path, flags)", "os.open"),
        ("import os\nos.open(path, flags=os.O_RDWR)", "os.open"),
        ("from os import open as low\nlow(path, 2)", "os.open"),
        ("import tempfile\ntempfile.mkdtemp()", "tempfile.mkdtemp"),
        ("import tempfile\ntempfile.NamedTemporaryFile()", "tempfile.NamedTemporaryFile"),
        ("from tempfile import TemporaryDirectory", "tempfile.TemporaryDirectory"),
        ("def late():\n    import shutil\n    shutil.rmtree(path)", "shutil.rmtree"),
        ("from pathlib import Path\nlist(map(Path.rename, one, other))", "rename"),
        ("import duckdb\nduckdb.connect(name)", "duckdb.connect"),
        ("import duckdb\nduckdb.connect(database=name, read_only=False)", "duckdb.connect"),
        ("import duckdb\nduckdb.connect(**options)", "duckdb.connect"),
        ("connection.execute(f'copy ({query}) to {file}')", "SQL copy"),
        ("connection.execute(\"copy scores to 'scores.csv'\")", "SQL copy"),
        ("connection.execute(f'attach {file} as other')", "SQL attach"),
        ("connection.execute(f'export database {folder}')", "SQL export"),
        ("frame.write_csv(path)", "write_csv"),
        ("frame.write_csv(file=path)", "write_csv"),
        ("frame.write_csv(**options)", "write_csv"),
    ],
)
def test_what_else_writes_is_found(source: str, what: str) -> None:
    assert what in found_in(source)


@pytest.mark.parametrize(
    "source",
    [
        "text.replace('a', 'b')",
        "record.replace(part, record)",
        "dataclasses.replace(row, path='b')",
        "moment.replace(tzinfo=zone)",
        "frame.rename({'a': 'b'})",
        "frame.rename({name: name.strip() for name in frame.columns})",
        "series.rename('participant')",
        "frame.write_csv(separator=';')",
        "frame.write_json()",
        "path.open()",
        "path.open('rb')",
        "path.read_bytes()",
        "from PIL import Image\nImage.open(content)",
        "import os\nos.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)",
        "import shutil\nshutil.which('git')",
        "import duckdb\nduckdb.connect()",
        "import duckdb\nduckdb.connect(':memory:')",
        "import duckdb\nduckdb.connect(str(name), read_only=True, config=config)",
        "from lakehouse.exporting import plain\nplain.write_csv(connection, table, path)",
        "from lakehouse.files.replace import write_bytes\nwrite_bytes(path, content)",
        "f'copy {name} from another machine to {path}'",
    ],
)
def test_what_writes_nothing_is_not(source: str) -> None:
    assert found_in(source) == []
