"""`lakehouse init`."""

from lakehouse.inputs.settings_file import load_settings
from lakehouse.settings import Settings


def test_writes_every_setting_with_its_default(lakehouse, tmp_path):
    assert lakehouse("--warehouse", tmp_path / "study", "init").code == 0
    assert load_settings(tmp_path / "study" / "lakehouse.toml") == Settings()


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
