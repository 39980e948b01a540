"""`lakehouse init`."""

import os
import subprocess

import pytest

from lakehouse.inputs.settings_file import load_settings
from lakehouse.settings import Settings
from tests.attack.typed import PROGRAM


def test_writes_every_setting_with_its_default(lakehouse, tmp_path):
    assert lakehouse("--warehouse", tmp_path / "study", "init").code == 0
    assert load_settings(tmp_path / "study" / "lakehouse.toml") == Settings()


def test_examples_of_measures_are_written_and_everything_else_is_the_default(lakehouse, tmp_path):
    assert lakehouse("--warehouse", tmp_path, "init", "--with-measures").code == 0

    settings = load_settings(tmp_path / "lakehouse.toml")
    assert {"mouth_opening", "mouth_width", "smile_asymmetry"} <= settings.measures.keys()
    assert settings.model_copy(update={"measures": {}}) == Settings()


def test_never_overwrites(lakehouse, tmp_path):
    (tmp_path / "lakehouse.toml").write_text("# mine\n")
    answer = lakehouse("--warehouse", tmp_path, "init")
    assert answer.code == 2
    assert "exists already" in answer.err
    assert (tmp_path / "lakehouse.toml").read_text() == "# mine\n"


def test_show_writes_nothing(lakehouse, tmp_path):
    answer = lakehouse("--warehouse", tmp_path / "study", "init", "--show")
    assert answer.code == 0
    assert "[dataset.expressions]" in answer.out
    assert not (tmp_path / "study").exists()


def test_a_file_that_a_full_disk_left_empty_is_replaced(lakehouse, tmp_path):
    (tmp_path / "lakehouse.toml").touch()

    assert lakehouse("--warehouse", tmp_path, "init").code == 0

    assert load_settings(tmp_path / "lakehouse.toml") == Settings()


@pytest.mark.slow
def test_a_disk_that_takes_nothing_is_left_as_it_was(tmp_path):
    for root in (tmp_path / "a" / "b", tmp_path):
        line = 'ulimit -f 0; exec "$@"'
        words = [PROGRAM, "--warehouse", root, "init"]
        ended = subprocess.run(["sh", "-c", line, "sh", *words], capture_output=True, text=True)

        assert ended.returncode == 1
        assert ended.stderr.startswith(f"error: {root / 'lakehouse.toml'}: cannot be written")
        assert ended.stderr.count("\n") == 1
        assert list(tmp_path.iterdir()) == []


def test_the_look_that_is_named_next_is_at_the_same_warehouse(lakehouse, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my photos").mkdir()
    for name in ("7_happy", "7_neutral"):
        (tmp_path / "my photos" / f"{name}.jpg").touch()

    by_default = lakehouse("init", "--from", "my photos").out.splitlines()[-1]
    named = lakehouse("--warehouse", "a b", "init", "--from", "my photos").out.splitlines()[-1]
    monkeypatch.setenv("LAKEHOUSE_WAREHOUSE", "c")
    set_outside = lakehouse("init", "--from", "my photos").out.splitlines()[-1]

    assert by_default.endswith(" extract 'my photos' --dry-run")
    assert "--warehouse" not in by_default + set_outside
    assert named.endswith(" --warehouse 'a b' extract 'my photos' --dry-run")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_is_forbidden_is_named(lakehouse, tmp_path):
    tmp_path.chmod(0o500)

    answer = lakehouse("--warehouse", tmp_path / "a", "init")

    tmp_path.chmod(0o700)
    assert answer.code == 1
    assert "make the folder writable" in answer.err
    assert list(tmp_path.iterdir()) == []
