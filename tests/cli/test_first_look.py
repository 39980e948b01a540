"""`lakehouse extract --dry-run` and `lakehouse init --from`."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from lakehouse.extraction import extract as extraction
from lakehouse.extraction import options
from lakehouse.inputs.settings_file import load_settings
from lakehouse.settings import Settings
from tests.named_sets import NAMED_SETS, NOT_SAYING_ALL, Cells, NamedSet
from tests.photographs import encoded, portrait


@pytest.fixture
def typed(lakehouse, tmp_path, monkeypatch):
    """Type a command where `photos` are, with nothing that could extract them."""
    monkeypatch.chdir(tmp_path)
    for name in ("fetch_model", "lake_lock"):
        monkeypatch.delattr(extraction, name)
    monkeypatch.delattr(options, "WorkerPool")
    return lakehouse


def touched(root: Path, *paths: str) -> None:
    NamedSet({}, paths, ()).write(root / "photos")


def settings(text: str) -> None:
    Path("warehouse").mkdir(exist_ok=True)
    Path("warehouse/lakehouse.toml").write_text(text)


@pytest.mark.parametrize("name", NAMED_SETS)
def test_a_known_set_is_proposed_and_then_understood(name, typed, tmp_path):
    named = NAMED_SETS[name]
    named.write(tmp_path / "photos")

    proposed = typed("init", "--from", "photos")
    assert (proposed.code, proposed.err) == (0, "")
    number = len(named.shown) + len(named.ignored)
    assert proposed.out.startswith(f"{number} of {number} photographs are named as in {name} (")
    answer = typed("extract", "photos", "--dry-run")

    people = {who for who, _, _ in named.shown.values()}
    assert (answer.code, answer.err) == (0, "")
    assert f"{len(named.shown)} photographs of {len(people)} participants\n" in answer.out
    for feeling in {feeling for _, feeling, _ in named.shown.values()}:
        count = sum(cell[1] == feeling for cell in named.shown.values())
        assert f"  {feeling}: {count} photographs of {len(people)} participants, such" in answer.out
    assert sorted(path.name for path in Path("warehouse").iterdir()) == ["lakehouse.toml"]
    changes = [line for line in answer.out.splitlines() if line.startswith("to change: ")]
    assert changes == []


@pytest.mark.parametrize("name", NOT_SAYING_ALL)
def test_a_set_whose_names_do_not_say_the_expression_asks_for_a_list(name, typed, tmp_path):
    NOT_SAYING_ALL[name].write(tmp_path / "photos")

    answer = typed("init", "--from", "photos")

    assert answer.code == 0
    assert "note: names do not say the expression: list path, participant" in answer.out
    assert "dataset.layout =" not in answer.out
    assert "--dry-run" not in answer.out


def test_the_proposal_is_shown_without_being_written(typed, tmp_path):
    NAMED_SETS["FACES"].write(tmp_path / "photos")

    answer = typed("init", "--show", "--from", "photos")

    assert answer.out.startswith("# 48 of 48 photographs are named as in FACES (004_o_m_n_a.jpg): ")
    assert not Path("warehouse").exists()
    settings(answer.out)
    assert load_settings(Path("warehouse/lakehouse.toml")).dataset.expressions["h"] == "happiness"


def test_a_proposal_never_overwrites(typed, tmp_path):
    NAMED_SETS["FACES"].write(tmp_path / "photos")
    settings("# mine\n")

    answer = typed("init", "--from", "photos")

    assert answer.code == 2
    assert Path("warehouse/lakehouse.toml").read_text() == "# mine\n"


def test_names_that_say_nothing_are_an_error_of_one_line(typed, tmp_path):
    touched(tmp_path, "IMG_1.jpg")

    answer = typed("init", "--from", "photos")

    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert "docs/layouts.md" in answer.err
    assert not Path("warehouse").exists()


def test_a_dry_run_writes_nothing(typed, tmp_path):
    touched(tmp_path, "00/00/1/1.jpg")

    answer = typed("extract", "photos", "--dry-run")

    assert answer.code == 0
    assert not Path("warehouse").exists()
    assert "which is not there, so these are the defaults" in answer.out


def test_all_that_is_unusual_is_told_with_what_to_change(typed, tmp_path):
    touched(
        tmp_path,
        *(f"0{code}/00/{who}/{photo}.jpg" for code in (0, 5) for who in "123" for photo in (1, 2)),
        "05/00/1/3.jpg",
        "05/01/4/1.jpg",
        "09/00/1/1.jpg",
        "5/00/1/1.jpg",
        "00/02/1/1.jpg",
        "lost.jpg",
        "notes.txt",
    )

    answer = typed("extract", "photos", "--dry-run")

    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == "14 photographs of 4 participants"
    assert "  contempt: 0 photographs of 0 participants" in lines
    assert "  supervised: 1 photographs of 1 participants, such as 05/01/4/1.jpg" in lines
    assert "neutral face (neutral without cue): 3 of 4 participants have one" in lines
    assert (
        "  another number in 2 cells: 1 happiness without cue has 3, 4 happiness with cue has 1"
        in lines
    )
    assert (
        "  none in 5 cells: 1 happiness with cue, 2 happiness with cue, 3 happiness with cue, …"
        in lines
    )
    assert "ignored: 1 files: not matching the layout (such as lost.jpg)" in lines
    changes = [line for line in lines if line.startswith("to change: ")]
    assert [change.split(":")[1].strip() for change in changes] == [
        "photographs with codes that are not in dataset.expressions",
        "photographs with codes that are not in dataset.expressions or dataset.supervised",
        "photographs with codes that are not in dataset.supervised",
        "participants with cells that have not 2 photographs",
        "participants without some expression or condition that others have",
        "participants without a photograph of neutral without cue",
    ]


@pytest.mark.parametrize(
    ("paths", "text", "said"),
    [
        (("00/00/1/1.jpg",), "", "every cell has 1 photographs, and quality.photos_per_mask is 3"),
        (
            ("05/00/1/1.jpg",),
            "[quality]\nphotos_per_mask = 1\n",
            'set quality.reference to "canonical", alignment.method to "procrustes"',
        ),
    ],
)
def test_what_would_leave_everybody_out_is_told(paths, text, said, typed, tmp_path):
    touched(tmp_path, *paths)
    settings(text)

    answer = typed("extract", "photos", "--dry-run")

    [change] = [line for line in answer.out.splitlines() if line.startswith("to change: ")]
    assert said in change


def test_what_is_ambiguous_is_counted_and_refused_with_both_readings(typed, tmp_path):
    touched(tmp_path, "S1_2_3.00.jpg", "S1_2.00.jpg", "S2_2_3.00.jpg")
    layout = "{participant}_{photo}.{expression}"

    answer = typed("extract", "photos", "--dry-run", "--layout", layout)

    assert answer.code == 2
    assert answer.out.startswith("1 photographs of 1 participants\n")
    assert "ambiguous: 2 files: can be read in more than one way (such as 'S1_2_3.00'" in answer.out
    assert "can be read as participant 'S1', photo '2_3' or as participant 'S1_2'" in answer.err
    assert "write {participant:short} for the first" in answer.err


def test_where_nothing_is_understood_the_way_out_is_told(typed, tmp_path):
    touched(tmp_path, "a.jpg", "b.jpg")

    answer = typed("extract", "photos", "--dry-run")

    assert answer.code == 1
    assert "0 photographs of 0 participants" in answer.out
    assert "`lakehouse init --from PHOTOS` proposes another" in answer.out
    assert "give it with --manifest" in answer.out
    assert "holds no photograph or video to extract (2 not matching the layout" in answer.err


def test_a_list_is_looked_at_too(typed, tmp_path):
    touched(tmp_path, "a.jpg", "b.jpg")
    Path("list.csv").write_text("path,participant,expression\na.jpg,7,neutral\nb.jpg,7,fear\n")

    answer = typed("extract", "photos", "--dry-run", "--manifest", "list.csv", "--json")

    look = json.loads(answer.out)
    assert (look["photographs"], look["participants"], look["with_neutral"]) == (2, 1, 1)
    assert look["settings"]["quality"]["photos_per_mask"] == 3


def test_names_do_not_steer_a_terminal(typed, tmp_path):
    touched(tmp_path, "00/00/\x1b[31m/1.jpg", "x\x1b[2J.jpg")

    answer = typed("extract", "photos", "--dry-run")

    assert answer.code == 0
    assert "\x1b" not in answer.out + answer.err


def portraits(root: Path, paths: Iterable[str]) -> None:
    """Put a face into each file, no two alike."""
    for number, path in enumerate(paths):
        image = portrait(240 + 2 * (number % 11), mirrored=bool(number % 2), shift=number % 7)
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(encoded(image, "JPEG"))


def built_from(lakehouse, *options: str) -> Cells:
    """Take `photos` through all commands under the settings proposed; give what each shows."""
    assert lakehouse("init", "--from", "photos").code == 0
    written = Path("warehouse/lakehouse.toml")
    text = written.read_text()
    for much, little in (("permutations = 9999", "permutations = 99"), ("= 1000", "= 20")):
        assert much in text
        text = text.replace(much, little)
    written.write_text(text)
    assert lakehouse("extract", "photos", "--quiet", *options).code == 0
    assert lakehouse("build").code == 0
    assert lakehouse("check").code == 0
    asked = "select path, participant, expression, supervised from photos where status = 'ok'"
    answer = lakehouse("sql", asked, "--format", "json")
    return {path: tuple(cell) for path, *cell in (row.values() for row in json.loads(answer.out))}


def included(lakehouse) -> int:
    answer = lakehouse("sql", "select count(*) as n from participants where included")
    return int(answer.out.split()[-1])


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        # The same photographs in other folders.
        pytest.param(name, marks=pytest.mark.exhaustive if name == "KDEF in one folder" else ())
        for name in NAMED_SETS
    ],
)
def test_a_known_set_is_extracted_and_built(
    name, lakehouse, tmp_path, monkeypatch, face_model_path
):
    monkeypatch.chdir(tmp_path)
    named = NAMED_SETS[name].smaller()
    named.write(tmp_path / "photos")
    portraits(tmp_path / "photos", named.shown)

    assert built_from(lakehouse) == named.shown
    assert included(lakehouse) == 2


@pytest.mark.slow
def test_a_set_whose_names_do_not_say_the_expression_is_built_with_a_list(
    lakehouse, tmp_path, monkeypatch, face_model_path
):
    monkeypatch.chdir(tmp_path)
    paths = ("SS_0018.jpg", "SS_0302.jpg", "PB_0001.jpg", "PB_0499.jpg")
    portraits(tmp_path / "photos", paths)
    people = [path.split("_")[0] for path in paths]
    rows = zip(paths, people, ("neutral", "joy") * 2, strict=True)
    Path("list.csv").write_text(
        "path,participant,expression\n" + "".join(",".join(row) + "\n" for row in rows)
    )

    cells = built_from(lakehouse, "--manifest", "list.csv")

    feelings = ("neutral", "happiness") * 2
    assert cells == {
        path: (who, feeling, False)
        for path, who, feeling in zip(paths, people, feelings, strict=True)
    }
    assert included(lakehouse) == 2


@pytest.mark.slow
@pytest.mark.parametrize("neutral", [(), ("neutral",)], ids=["without neutral", "with neutral"])
def test_one_folder_per_expression_is_extracted_and_built(
    neutral, lakehouse, tmp_path, monkeypatch, face_model_path
):
    monkeypatch.chdir(tmp_path)
    folders = ("Happy", "Sad", *neutral)
    paths = [f"train/{folder}/{number}.jpg" for folder in folders for number in (1, 2)]
    portraits(tmp_path / "photos", paths)

    cells = built_from(lakehouse)

    feelings = {"Happy": "happiness", "Sad": "sadness", "neutral": "neutral"}
    assert cells == {
        path: (path.removesuffix(".jpg"), feelings[path.split("/")[1]], False) for path in paths
    }
    assert included(lakehouse) == len(paths)


def test_the_defaults_are_shown_as_they_are(typed, tmp_path):
    touched(tmp_path, "00/00/1/1.jpg")

    answer = typed("extract", "photos", "--dry-run")

    dataset = Settings().dataset
    assert f'  dataset.layout = "{dataset.layout}"' in answer.out
    assert '"00" = neutral, "01" = anger' in answer.out
    assert '  dataset.supervised: "00" = false, "01" = true' in answer.out


def test_names_that_are_no_text_are_told_by_their_bytes(typed, tmp_path):
    for name in (b"00/00/1/1.jpg", b"00/00/1/\xff.jpg", b"\xff.jpg"):
        path = tmp_path / "photos" / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    answer = typed("extract", "photos", "--dry-run")
    assert answer.code == 0
    assert r"ignored: 2 files: name is not UTF-8 (such as \xff.jpg)" in answer.out
    assert typed("init", "--from", "photos").out.startswith("2 of 3 photographs are named as in ")
