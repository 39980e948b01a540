from pathlib import Path

import pytest

from lakehouse.errors import SettingsError
from lakehouse.inputs.settings_file import load_settings
from lakehouse.settings import Settings
from lakehouse.settings.text import settings_text


def loaded(folder: Path, text: str) -> Settings:
    file = folder / "lakehouse.toml"
    file.write_text(text)
    return load_settings(file)


def test_reliabilities_and_effects_that_matter_are_read(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        "[statistics]\nsesoi_r = 0.1\nsesoi_dz = 0.2\n[instruments.dbi]\nreliability = 0.85\n",
    )

    assert (found.statistics.sesoi_r, found.statistics.sesoi_dz) == (0.1, 0.2)
    assert found.instruments["dbi"].reliability == 0.85
    assert found.instruments["bai"].reliability is None
    assert loaded(tmp_path, settings_text(found)) == found


def test_without_them_the_file_shows_how_they_would_be_given() -> None:
    text = settings_text(Settings())

    assert "# reliability = 0.85" in text
    assert "# sesoi_r = 0.1" in text
    assert "# sesoi_dz = 0.2" in text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[instruments.dbi]\nreliability = 0.0\n", 2),
        ("[instruments.dbi]\nreliability = 1.01\n", 2),
        ("[instruments.dbi]\nreliability = -0.5\n", 2),
        ("[instruments.dbi]\nreliability = nan\n", 2),
        ('[instruments.dbi]\nreliability = "0.85"\n', 2),
        ("[statistics]\nsesoi_r = 0.0\n", 2),
        ("[statistics]\nsesoi_r = 1.0\n", 2),
        ("[statistics]\nsesoi_dz = -0.1\n", 2),
        ("[statistics]\nsesoi_dz = inf\n", 2),
    ],
)
def test_what_is_none_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(SettingsError, match=f"line {line}"):
        loaded(tmp_path, text)
