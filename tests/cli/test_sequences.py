"""Sequences as their user sees them: a dry run, an extraction, and a change of mind."""

import json
import shutil
from pathlib import Path

import pytest

from lakehouse.lake.photos_index import read_photos_index
from lakehouse.paths import WarehousePaths
from tests.photographs import portrait, save

SETTINGS = """
[dataset]
layout = "{participant}/{sequence}/{frame}"
[dataset.expressions]
0 = "neutral"
5 = "happiness"
[dataset.sequence]
apex = 2
labels = "labels.csv"
"""


@pytest.fixture
def study(tmp_path: Path, monkeypatch) -> Path:
    """Sequences of five, four, two and four frames, of which the last has no label."""
    monkeypatch.chdir(tmp_path)
    numbers = iter(range(100))
    for who, take, frames in (("1", "a", 5), ("2", "a", 4), ("2", "b", 2), ("3", "a", 4)):
        for frame in range(frames):
            image = portrait(240 + 2 * next(numbers))
            save(image, tmp_path / "photos" / who / take / f"{frame + (frame > 2)}.jpg")
    labels = tmp_path / "photos" / "labels.csv"
    labels.write_text("participant,sequence,expression\n1,a,5\n2,a,5\n2,b,5\n9,a,5\n")
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "lakehouse.toml").write_text(SETTINGS)
    return tmp_path


def set_in_toml(old: str, new: str) -> None:
    file = Path("warehouse/lakehouse.toml")
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


SEQUENCES = """\
sequences: 2 of 4 are used
  not used: 1: sequence without label (such as 3/a/0.jpg)
  not used: 1: sequence too short for dataset.sequence (such as 2/b/0.jpg)
  with numbers that are left out between frames: 2 (such as before 1/a/4.jpg)
  label of no sequence: 1 (such as sequence a of participant 9)
"""


def test_a_dry_run_tells_what_becomes_of_sequences_and_frames(study, lakehouse) -> None:
    answer = lakehouse("extract", "photos", "--dry-run")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("6 photographs of 2 participants\n")
    assert SEQUENCES in answer.out
    assert "ignored: 3 files: frame between the neutral face and the expression (such" in answer.out
    assert '  dataset.sequence.apex = 2\n  dataset.sequence.labels = "labels.csv"\n' in answer.out
    assert "to change: some sequences have fewer frames than dataset.sequence.neutral" in answer.out
    look = json.loads(lakehouse("extract", "photos", "--dry-run", "--json").out)
    assert (look["sequences"]["found"], look["sequences"]["used"]) == (4, 2)


@pytest.mark.slow
def test_another_choice_of_frames_takes_the_others_out_of_the_lake(
    study, lakehouse, face_model_path
) -> None:
    def extracted(*options: str) -> tuple[dict[str, int], str]:
        answer = lakehouse("extract", "photos", "--quiet", *options)
        assert answer.code == 0, answer
        index = read_photos_index(WarehousePaths(Path("warehouse")))
        return {photo.path: photo.key[1] for photo in index}, answer.out

    first, said = extracted()
    assert first == {
        "1/a/0.jpg": "neutral", "1/a/4.jpg": "happiness", "1/a/5.jpg": "happiness",
        "2/a/0.jpg": "neutral", "2/a/2.jpg": "happiness", "2/a/4.jpg": "happiness",
    }  # fmt: skip
    assert SEQUENCES in said
    status = lakehouse("status")
    assert "sequences  2: first frames 1 neutral, last 2 the expression\n" in status.out

    again, said = extracted()
    assert again == first
    assert "6 already done" in said
    assert "dropped" not in said

    # The first of the two frames lies between now.
    set_in_toml("apex = 2", "apex = 1")
    fewer, said = extracted()
    assert fewer == {
        "1/a/0.jpg": "neutral", "1/a/5.jpg": "happiness",
        "2/a/0.jpg": "neutral", "2/a/4.jpg": "happiness",
        "2/b/0.jpg": "neutral", "2/b/1.jpg": "happiness",
    }  # fmt: skip
    assert "dropped 2 rows of files that now have another key or are ignored now" in said

    # A frame that was the expression is neutral now.
    set_in_toml("apex = 1", "neutral = 4\napex = 1")
    moved, said = extracted()
    assert moved == {
        **{f"1/a/{frame}.jpg": "neutral" for frame in (0, 1, 2, 4)}, "1/a/5.jpg": "happiness",
    }  # fmt: skip
    assert "dropped 4 rows" in said

    # What is gone from the folder is kept until it is pruned.
    set_in_toml("neutral = 4", "neutral = 1")
    before, _ = extracted()
    shutil.rmtree(study / "photos" / "2")
    kept, said = extracted()
    assert kept == before
    assert "no longer found: 4 photographs" in said
    pruned, said = extracted("--prune")
    assert {path[0] for path in pruned} == {"1"}


def test_a_list_is_refused_where_the_layout_has_frames(study, lakehouse) -> None:
    Path("list.csv").write_text("path,participant,expression\n1/a/0.jpg,1,neutral\n")

    answer = lakehouse("extract", "photos", "--manifest", "list.csv", "--dry-run")

    assert answer.code == 2
    assert answer.err.count("\n") == 1
    assert "dataset.layout: has {frame}, but a list of photographs does not say" in answer.err


@pytest.mark.slow
def test_a_regular_expression_without_end_is_refused_with_the_name(study, lakehouse) -> None:
    name = "ab" * 40
    save(portrait(), study / "photos" / f"{name}.jpg")
    Path("warehouse/lakehouse.toml").write_text(
        "[dataset]\nlayout_regex = '(?P<participant>(?:a|aa|ab|b)+)(?P<expression>[05])'\n"
    )

    answer = lakehouse("extract", "photos", "--dry-run")

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"error: dataset.layout_regex: finds no end on {name}; write it")
