"""Datasets that are shaped differently from the study's."""

from pathlib import Path

import pytest

from lakehouse.extraction.extract import extract
from lakehouse.extraction.options import ExtractionOptions
from lakehouse.inputs.settings_file import load_settings
from lakehouse.paths import WarehousePaths
from lakehouse.synthetic import plan_study, write_photographs
from lakehouse.synthetic.photographs import Tree
from lakehouse.warehouse.build import build
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.query import fetch

WORDS = {
    "neutral": "normal",
    "happiness": "happy",
    "sadness": "sad",
    "surprise": "surprised",
    "sleepy": "sleepy",
    "wink": "wink",
}


@pytest.mark.slow
def test_one_flat_folder_of_gifs_without_endings_and_without_conditions(
    face_model_path: Path, tmp_path: Path
):
    people = [f"{number:02d}" for number in range(1, 16)]
    plan = plan_study(people, 1, expressions=tuple(WORDS), conditions=(False,))
    photographs = tmp_path / "faces"
    write_photographs(
        plan,
        photographs,
        Tree("subject{participant}.{expression}", suffix="", expression_names=WORDS),
    )
    assert (photographs / "subject07.happy").read_bytes().startswith(b"GIF8")
    (photographs / "subject07.glasses").write_bytes((photographs / "subject07.happy").read_bytes())

    paths = WarehousePaths(tmp_path / "warehouse")
    paths.root.mkdir()
    listed = "\n".join(f'"{word}" = "{name}"' for name, word in WORDS.items())
    paths.settings.write_text(f"[dataset.expressions]\n{listed}\n[quality]\nphotos_per_mask = 1\n")
    settings = load_settings(paths.settings)
    summary = extract(
        photographs, paths, settings, ExtractionOptions(layout="{participant}.{expression}")
    )
    assert (summary.found, summary.ok) == (90, 90)
    assert [(ignored.count, ignored.example) for ignored in summary.ignored] == [(1, "glasses")]

    build(paths, settings)
    assert [check.name for check in run_checks(paths) if not check.kept] == []
    masks = fetch(paths, "select mask from mask_averages order by mask")["mask"].to_list()
    assert masks == ["01-00", "02-00", "03-00", "04-00", "05-00"]
    included = fetch(paths, "select participant, included, photos, masks from participants")
    assert included.sort("participant").row(6) == ("subject07", True, 6, 6)
    assert included["included"].all()
    moved = fetch(
        paths,
        "select expression, mean_distance from mask_averages order by mean_distance desc",
    )
    assert moved["expression"][0] in {"happiness", "surprise"}
    assert fetch(paths, "select * from features").height == 15 * 5 * 8
    assert fetch(paths, "select * from correlations").height == 0
