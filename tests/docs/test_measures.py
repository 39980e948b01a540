"""The page on measures: its settings are read, and its relations and kinds are all there are."""

import re
from pathlib import Path

import pytest

from lakehouse.inputs.settings_file import load_settings
from lakehouse.settings.measures import KINDS
from lakehouse.warehouse.models import load_models
from tests.linters import ROOT

PAGE = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("text", BLOCKS)
def test_the_settings_on_the_page_are_of_every_kind(tmp_path: Path, text: str) -> None:
    file = tmp_path / "lakehouse.toml"
    file.write_text(text, encoding="utf-8")

    measures = load_settings(file).measures

    assert {measure.kind for measure in measures.values()} == {*KINDS}
    assert measures["eye_aspect"].parts == [
        ("ratio", [160, 144]),
        ("ratio", [158, 153]),
        ("over", [33, 133]),
    ]


def test_every_kind_has_a_row_with_its_unit() -> None:
    [definitions] = [model for model in load_models() if model.name == "measure_definitions"]

    rows = dict(re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", PAGE, re.MULTILINE))

    assert {kind: rows[kind] for kind in KINDS} == {
        kind: {"ratio": "1", "angle": "deg"}.get(kind, "aligned px") for kind in KINDS
    }
    said = definitions.header.columns["unit"][1]
    assert all(rows[kind] in said for kind in KINDS)


def test_relations_on_the_page_are_there() -> None:
    listed = {
        name
        for cell in re.findall(r"^\| (`[^|]+`) \|", PAGE, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", cell)
    }

    assert listed - {*KINDS} <= {model.name for model in load_models()}
    assert len(listed) > 10
