"""Where the benchmark of faces takes its pictures from."""

import zipfile
from pathlib import Path

import pytest

from benchmarks.faces import decoded, shipped
from tests.photographs import encoded, portrait


def test_pictures_are_read_out_of_a_wheel(tmp_path: Path) -> None:
    content = encoded(portrait(), "PNG")
    with zipfile.ZipFile(tmp_path / "no_such-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("no_such/data/someone.png", content)
        wheel.writestr("no_such/code.py", "")
    found = list(shipped("no_such_package", "no-such", tmp_path))
    assert found == [("no_such/data/someone.png", content)]
    (picture,) = decoded("no-such", *found[0])
    assert (picture.source, picture.pixels.shape) == ("no-such", (320, 320, 3))


def test_what_is_not_there_is_passed_over_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(shipped("no_such_package", "no-such", tmp_path)) == []
    assert list(shipped("no_such_package", "no-such", None)) == []
    assert capsys.readouterr().err == "no-such is not there and is skipped\n" * 2
