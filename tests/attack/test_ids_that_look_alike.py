"""One id in several spellings: in folders, tables, settings and on the command line."""

import json
from pathlib import Path

import pytest

from lakehouse.paths import WarehousePaths
from tests.attack.command_line import CommandLine
from tests.lakehouse.importing.trees import face, write_file

COMPOSED, DECOMPOSED = "ação-1", "ac\u0327a\u0303o-1"
SPELLINGS = [
    COMPOSED,
    DECOMPOSED,
    "a\u00adção-1",
    "\ufeffação-1",
    "ac\u0327a\u0303o-\u200b1",
    "\u202aação-1\u202c",
    "ação-1\u00a0",
]
CODES = {"n": "neutral", "alegria-é": "happiness"}


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WarehousePaths:
    (tmp_path / "study").mkdir()
    monkeypatch.chdir(tmp_path)
    return WarehousePaths(Path("study"))


@pytest.fixture
def type_in(warehouse: WarehousePaths, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(warehouse.root, capsys)


def write_settings(paths: WarehousePaths, codes: dict[str, str]) -> None:
    listed = "\n".join(f"{json.dumps(code)} = {json.dumps(name)}" for code, name in codes.items())
    paths.settings.write_text(
        '[dataset]\nlayout = "{expression}/{participant}/{photo}"\n'
        f"[dataset.expressions]\n{listed}\n"
        "[quality]\nphotos_per_mask = 1\n"
        "[statistics]\npermutations = 0\nbootstraps = 0\n",
        encoding="utf-8",
    )


def write_tree(root: Path, participant: str, codes: dict[str, str]) -> None:
    for code in codes:
        write_file(root / code / participant / "data-lms-1.csv", face())


@pytest.mark.slow
@pytest.mark.parametrize("folder", SPELLINGS)
@pytest.mark.parametrize("listed", SPELLINGS)
def test_folders_and_tables_match_in_every_spelling(
    type_in, warehouse, tmp_path: Path, folder: str, listed: str
) -> None:
    write_settings(warehouse, CODES)
    write_tree(tmp_path / "tree", folder, CODES)
    (tmp_path / "table.csv").write_text(f"participant,dbi,age\n{listed},3,30\n", encoding="utf-8")

    assert type_in("import-landmarks", "tree")[0] == 0
    for command in ("scores", "covariates"):
        code, out, _ = type_in(command, "table.csv")
        assert code == 0
        assert "but no" not in out
    found = json.loads(type_in("status", "--json")[1])
    assert (found["participants"], found["scores"]) == (1, {"dbi": 1})
    assert (found["without_photos"], found["without_scores"]) == ([], [])


@pytest.mark.parametrize("there", ["alegria-é", "alegria-e\u0301", "alegria-\u200bé"])
@pytest.mark.parametrize("listed", ["alegria-é", "alegria-e\u0301", "alegria-\u00adé"])
def test_codes_match_in_every_spelling(
    type_in, warehouse, tmp_path: Path, there: str, listed: str
) -> None:
    write_settings(warehouse, {"n": "neutral", listed: "happiness"})
    write_tree(tmp_path / "tree", "1", {"n": "", there: ""})

    code, out, _ = type_in("import-landmarks", "tree")

    assert code == 0
    assert "2 landmark files: 2 ok" in out
    assert "ignored" not in out


def test_what_was_removed_from_ids_is_told(type_in, warehouse, tmp_path: Path) -> None:
    write_settings(warehouse, CODES)
    write_tree(tmp_path / "tree", "a\u200b1", CODES)
    out = type_in("import-landmarks", "tree")[1]
    assert "invisible characters removed from the ids of 2 files" in out


def test_a_code_in_other_letters_is_told(type_in, warehouse, tmp_path: Path) -> None:
    write_settings(warehouse, {"n": "neutral", "happy": "happiness"})
    write_tree(tmp_path / "tree", "1", {"n": "", "odd": "", "Happy": ""})
    out = type_in("import-landmarks", "tree")[1]
    assert "code written otherwise than in the settings (such as Happy differs from happy" in out
    assert "expression not listed in the settings (such as odd)" in out


@pytest.mark.slow
def test_a_participant_can_be_named_in_every_spelling(type_in, warehouse, tmp_path: Path) -> None:
    write_settings(warehouse, CODES)
    write_tree(tmp_path / "tree", DECOMPOSED, CODES)
    write_tree(tmp_path / "tree", "2", CODES)
    assert type_in("import-landmarks", "tree")[0] == 0
    assert type_in("build")[0] == 0
    for number, spelling in enumerate(SPELLINGS[:3]):
        folder = f"pictures-{number}"
        code, _, err = type_in("render", "masks", "--participant", spelling, "--out", folder)
        assert (code, err) == (0, "")
        assert len({*Path(folder).rglob("*.png")}) > 0
    assert type_in("render", "masks", "--participant", "3", "--out", "none")[0] == 1
