"""`lakehouse extract --manifest`, with tables as people have them."""

import json
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from tests.lean import TOML
from tests.photographs import portrait, save

CELLS = [(who, feeling) for who in ("S001", "S002") for feeling in ("neutral", "happy")]
PHOTOS = [(who, feeling, f"{number}.jpg") for who, feeling in CELLS for number in (1, 2)]


@pytest.fixture
def typed(lakehouse, tmp_path, monkeypatch):
    """Type a command where `photos` are, empty ones."""
    monkeypatch.chdir(tmp_path)
    for parts in PHOTOS:
        file = tmp_path.joinpath("photos", *parts)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return lakehouse


@pytest.fixture
def taken(lakehouse, tmp_path, monkeypatch, face_model_path):
    """Type a command where `photos` are, of a face."""
    monkeypatch.chdir(tmp_path)
    for place, parts in enumerate(PHOTOS):
        image = portrait(260 + 10 * place, mirrored=parts[1] == "happy", shift=place)
        save(image, tmp_path.joinpath("photos", *parts))
    Path("warehouse").mkdir()
    Path("warehouse/lakehouse.toml").write_text(
        f'[quality]\nphotos_per_mask = "any"\n{TOML}', encoding="utf-8"
    )
    return lakehouse


def windows_table(file: Path) -> Path:
    rows = [
        f"C:\\study\\photos\\{who}\\{feeling}\\{name}\t{who}\t{feeling.upper()}\tno\n"
        for who, feeling, name in PHOTOS
    ]
    file.write_text("Filename\tSubject ID\tEmotion\tSupervised\n" + "".join(rows), "utf-16")
    return file


def workbook(file: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    sheet = book.create_sheet("Liste")
    sheet.append(["Datei", "Versuchsperson", "Ausdruck", "Notiz"])
    for who, feeling, name in PHOTOS:
        word = {"happy": "Freude", "neutral": "neutral"}[feeling]
        sheet.append([f"./{who}/{feeling}/{name}", int(who[1:]), word, "gut"])
    book.save(file)
    book.close()
    return file


def rows_of(lakehouse, query: str) -> list[list[object]]:
    return [[*row.values()] for row in json.loads(lakehouse("sql", query, "--format", "json").out)]


def test_a_dry_run_shows_how_a_table_is_understood(typed, tmp_path):
    file = windows_table(tmp_path / "list.tsv")
    (tmp_path / "photos" / "S002" / "extra.jpg").touch()

    answer = typed("extract", "photos", "--manifest", file, "--dry-run")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[:12] == [
        "list.tsv is read so:",
        "  path: column Filename",
        "  participant: column Subject ID",
        "  expression: column Emotion",
        "  supervised: column Supervised",
        "words in the column Emotion:",
        "  happiness: HAPPY (4)",
        "  neutral: NEUTRAL (4)",
        "words in the column Supervised:",
        "  without cue: no (8)",
        r"C:\study\photos in paths stands for the folder of photographs",
        "8 photographs of 2 participants",
    ]
    assert "ignored: 1 files: not listed in the manifest (such as S002/extra.jpg)\n" in answer.out
    assert "dataset.layout =" not in answer.out
    look = json.loads(typed("extract", "photos", "--manifest", file, "--dry-run", "--json").out)
    assert look["manifest"]["columns"]["path"] == "Filename"
    assert look["manifest"]["expressions"] == [
        {"text": "HAPPY", "meaning": "happiness", "rows": 4},
        {"text": "NEUTRAL", "meaning": "neutral", "rows": 4},
    ]


def test_a_dry_run_shows_a_wrong_table_and_then_refuses_it(typed):
    Path("list.csv").write_text(
        "image,user.id,emotion,mood\nS001/happy/1.jpg,1,happy,x\nS001/happy/2.jpg,1,calm,x\n"
    )
    call = ("extract", "photos", "--manifest", "list.csv")

    answer = typed(*call, "--dry-run")

    assert answer.code == 1
    assert "  not read: mood\n" in answer.out
    assert "wrong rows, left out here and refused by an extraction: 1\n" in answer.out
    assert "1 photographs of 1 participants" in answer.out
    assert answer.err == (
        "error: list.csv: refused, row 3: unknown expression calm; correct the table; none of it "
        "was used; expressions in the settings are neutral (00), anger (01), contempt (02), "
        "disgust (03), fear (04), happiness (05), sadness (06), surprise (07)\n"
    )
    assert typed(*call).err == answer.err


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--map", "path=picture"], 2, "--map: says how a manifest is read, and none is given"),
        (["--sheet", "2"], 2, "--sheet: says how a manifest is read, and none is given"),
        (["--manifest", "l.csv", "--layout", "{photo}"], 2, "--layout: and --manifest both say"),
        (
            ["--manifest", "l.csv", "--map", "who=a"],
            2,
            "--map: names no field who; fields are path",
        ),
        (
            ["--manifest", "l.csv", "--map", "path=a"],
            1,
            "l.csv: has no column a, which --map names",
        ),
        (["--manifest", "l.csv", "--sheet", "1"], 2, "l.csv: is no workbook and has no sheets"),
        (["--manifest", "l.csv"], 1, "to be the path or the participant; name it with --map path="),
    ],
)
def test_options_that_fit_nothing_are_refused(typed, options, code, message):
    Path("l.csv").write_text("picture 1,who,emotion\nS001/happy/1.jpg,1,happy\n")

    answer = typed("extract", "photos", *options, "--dry-run")

    assert (answer.code, answer.out) == (code, "")
    assert message in answer.err
    assert answer.err.count("\n") == 1


def test_the_option_and_the_settings_name_columns(typed):
    Path("warehouse").mkdir()
    Path("warehouse/lakehouse.toml").write_text(
        '[dataset.columns]\npath = "picture 1"\nparticipant = "who"\nexpression = "first"\n'
    )
    Path("l.csv").write_text(
        'picture 1,who,first,"then, at last"\nS001/happy/1.jpg,1,happy,sad\n', encoding="utf-8"
    )
    call = ("extract", "photos", "--manifest", "l.csv", "--dry-run")

    assert "  happiness: 1 photographs of 1 participants" in typed(*call).out
    answer = typed(*call, "--map", 'expression="then, at last"')
    assert "  sadness: 1 photographs of 1 participants" in answer.out
    assert (
        "expression is read from then, at last, as --map says, and not from first, as "
        "dataset.columns says\n"
    ) in answer.out


def test_a_table_of_nobody_is_refused(typed):
    Path("l.csv").write_text("path,participant,expression\n")

    answer = typed("extract", "photos", "--manifest", "l.csv", "--dry-run")

    assert answer.code == 1
    assert answer.err == (
        "error: l.csv: holds no photograph or video to extract (8 not listed in the manifest (such "
        "as S001/happy/1.jpg)); list photographs in it\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "tsv"])
def test_tables_as_people_have_them_are_extracted_and_built(taken, tmp_path, kind):
    if kind == "xlsx":
        file, options = workbook(tmp_path / "list.xlsx"), ["--sheet", "Liste"]
        people = ["1", "2"]
    else:
        file, options, people = windows_table(tmp_path / "list.tsv"), [], ["S001", "S002"]

    answer = taken("extract", "photos", "--manifest", file, *options, "--quiet")

    assert (answer.code, answer.err) == (0, "")
    assert "Versuchsperson as participant" in answer.out or "Subject ID as part" in answer.out
    photos = pq.read_table("warehouse/lake/photos").to_pylist()
    assert {(row["participant"], row["expression"], row["path"]) for row in photos} == {
        (people[who == "S002"], {"happy": "happiness"}.get(feeling, feeling), "/".join(parts))
        for parts in PHOTOS
        for who, feeling, _ in [parts]
    }
    assert taken("build").code == taken("check").code == 0
    assert rows_of(taken, "select count(*) from participants where included") == [[2]]
    again = taken("extract", "photos", "--manifest", file, *options, "--quiet")
    assert "8 already done" in again.out


@pytest.mark.slow
def test_faces_in_the_wild_are_extracted_without_identity(taken, tmp_path):
    Path("warehouse/lakehouse.toml").write_text(f'[dataset]\nidentity = "photo"\n{TOML}')
    Path("legend.csv").write_text(
        "user.id,image,emotion\n"
        "628,S001/neutral/1.jpg,neutral\n628,S001/happy/1.jpg,HAPPINESS\n629,S002/happy/1.jpg,happy\n"
    )

    answer = taken("extract", "photos", "--manifest", "legend.csv", "--quiet")

    assert (answer.code, answer.err) == (0, "")
    assert "columns not read: user.id\n" in answer.out
    assert "ignored 5 files: not listed in the manifest" in answer.out
    assert taken("build").code == taken("check").code == 0
    assert rows_of(taken, "select participant, expression from photos order by all") == [
        ["S001/happy/1", "happiness"],
        ["S001/neutral/1", "neutral"],
        ["S002/happy/1", "happiness"],
    ]
