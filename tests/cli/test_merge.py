"""`lakehouse extract --shard`, `lakehouse merge`, and what other commands say of shards."""

import json
import shutil
from pathlib import Path

import pytest

from lakehouse.lake.parts import commit_part, part_name
from lakehouse.lake.staging import shard_warehouse
from lakehouse.paths import WarehousePaths
from tests.copies import copied
from tests.lakehouse.lake.lakes import record
from tests.lakehouse.merging.shards import stand_in, write_photos
from tests.lean import TOML


@pytest.fixture
def typed(lakehouse, tmp_path, monkeypatch):
    """Type a command where `photos` are."""
    stand_in(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LAKEHOUSE_WAREHOUSE", raising=False)
    write_photos(Path("photos"))
    Path("warehouse").mkdir()
    Path("warehouse/lakehouse.toml").write_text(
        f'[quality]\nphotos_per_mask = "any"\nmasks = "neutral"\n{TOML}', encoding="utf-8"
    )
    return lakehouse


@pytest.mark.slow
@pytest.mark.portable
def test_shards_are_extracted_and_merged(typed):
    for shard in ("1/2", "2/2"):
        answer = typed("extract", "photos", "--shard", shard, "-q")
        assert answer.code == 0
        assert f"for `lakehouse merge`: warehouse/staging/shard-0{shard[0]}-of-02\n" in answer.out
    status = typed("status").out
    assert "photos     none" in status
    assert (
        "in staging/ and not in the lake: 33 photographs of 2 shards; `lakehouse merge`" in status
    )

    answer = typed("merge", "-q")

    assert (answer.code, answer.err) == (0, "")
    [line] = answer.out.splitlines()
    assert line.startswith(
        "2 warehouses: 33 photographs merged, 0 there already; parts copied: 2, written: 0; "
    )
    assert (
        "staging/ has 2 shards, all in the lake; `lakehouse merge --remove" in typed("status").out
    )
    assert json.loads(typed("status", "--json").out)["staging"] == {
        "shards": 2,
        "unmerged": 0,
        "unmerged_videos": 0,
        "unfinished": [],
        "unreadable": [],
    }
    again = typed("merge", "--json")
    assert json.loads(again.out)["already"] == 33
    answer = typed("extract", "photos", "-q")
    assert "nothing to extract: all photographs are in the lake" in answer.out
    answer = typed("merge", "--remove-staging", "-q")
    assert "removed: 2" in answer.out
    assert "staging" not in typed("status").out
    assert typed("merge").out == "nothing to merge: there is no shard in staging/\n"


@pytest.mark.slow
@pytest.mark.portable
def test_check_says_what_is_not_merged(lakehouse, small_warehouse, tmp_path):
    paths = WarehousePaths(copied(small_warehouse.root, tmp_path / "warehouse"))
    commit_part(shard_warehouse(paths, 1, 2), part_name(1), [record("1", "fear", "a")])
    answer = lakehouse("--warehouse", paths.root, "check")
    assert answer.out.startswith(
        "in staging/ and not in the lake: 1 photographs of 1 shards; `lakehouse merge` takes them "
        "in\nshards whose extraction has not ended: shard-01-of-02\n"
    )


def test_a_build_says_what_is_not_merged_beside_its_result(lakehouse, small_warehouse, tmp_path):
    paths = WarehousePaths(copied(small_warehouse.root, tmp_path / "warehouse"))
    paths.settings.write_text(TOML)
    words = ("--warehouse", paths.root, "build", "--pairs", "--statistics")
    before = lakehouse(*words)
    assert (before.out.partition(":")[0], before.err) == ("up to date", "")
    commit_part(shard_warehouse(paths, 1, 2), part_name(1), [record("1", "fear", "a")])

    answers = [lakehouse(*words), lakehouse(*words, "--json")]

    assert answers[0].out == before.out
    assert json.loads(answers[1].out)["up_to_date"]
    assert {answer.err for answer in answers} == {
        "in staging/ and not in the lake: 1 photographs of 1 shards; `lakehouse merge` takes them "
        "in\n"
    }


def test_a_run_over_all_says_what_is_not_merged(typed):
    typed("extract", "photos", "--shard", "2/2", "-q")
    said = typed("extract", "photos", "-q").err
    assert said.startswith("in staging/ and not in the lake: ")
    assert "`lakehouse merge` takes them in" in said


def test_a_dry_run_tells_of_a_share(typed):
    answers = [typed("extract", "photos", "--shard", f"{n}/3", "--dry-run") for n in (1, 2, 3)]
    counts = []
    for number, answer in enumerate(answers, start=1):
        first, second, *_ = answer.out.splitlines()
        assert first == f"shard {number}/3, of 33 photographs:"
        counts.append([int(word) for word in second.split() if word.isdigit()])
    assert [sum(column) for column in zip(*counts, strict=True)] == [33, 8]
    assert not Path("warehouse/staging").exists()
    told = json.loads(typed("extract", "photos", "--shard", "1/3", "--dry-run", "--json").out)
    assert [told["photographs"], told["participants"]] == counts[0]
    empty = typed("extract", "photos", "--shard", "1/99", "--dry-run")
    assert (empty.code, "0 photographs of 0 participants" in empty.out) == (0, True)


def test_a_shard_that_nobody_falls_to_is_no_failure(typed):
    answer = typed("extract", "photos", "--shard", "1/99", "-q")
    assert answer.code == 0
    assert "nothing to extract: no participant falls to this shard" in answer.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--shard", "9/8"), "--shard: is '9/8'; give which of how many, such as 3/8"),
        (("--shard", "one"), "--shard: is 'one'; give which of how many, such as 3/8"),
        (("--shard", "1/2", "--prune"), "leave out --prune"),
        (("--shard", "1/2", "--re-extract"), "leave out --re-extract"),
        (("--shard", "1/2", "--prune", "--dry-run"), "leave out --prune"),
    ],
)
def test_wrong_usage_is_told_in_a_line(typed, words, told):
    answer = typed("extract", "photos", *words)
    assert answer.code == 2
    assert told in answer.err
    assert len(answer.err.splitlines()) == 1
    assert not Path("warehouse/staging").exists()


def test_shards_that_are_not_there_or_not_done_are_told(typed):
    for number in (1, 2):
        typed("extract", "photos", "--shard", f"{number}/3", "-q")
    # As where it was killed.
    Path("warehouse/staging/shard-02-of-03/shard.json").unlink()

    answer = typed("merge", "--remove-staging", "-q")

    assert answer.code == 1
    assert "shards that are not among these: 3/3\n" in answer.out
    assert "not removed, for want of being a finished shard's alone: shard-02-of-03\n" in answer.out
    assert "removed: 1" in answer.out
    assert answer.err == (
        "error: the extraction of 1 shards has not come to its end (shard-02-of-03); "
        "run it again, then merge again; what they had is merged\n"
    )
    assert "shards whose extraction has not ended: shard-02-of-03" in typed("status").out
    assert typed("extract", "photos", "--shard", "2/3", "-q").code == 0
    assert typed("merge", "-q").code == 0


def test_what_is_refused_is_told_in_a_line(typed, tmp_path):
    typed("extract", "photos", "--shard", "1/1", "-q")
    for place, code, told in (
        ("warehouse", 2, "is the warehouse that is merged into"),
        ("photos", 1, "is no warehouse"),
        ("nothing", 1, "is not a folder"),
    ):
        answer = typed("merge", place)
        assert (answer.code, len(answer.err.splitlines())) == (code, 1)
        assert answer.err.startswith(f"error: {place}: {told}")
    assert not WarehousePaths(tmp_path / "warehouse").lake.exists()


def test_warehouses_of_two_folders_are_told(typed):
    shutil.copytree("photos", "elsewhere/photos")
    typed("--warehouse", "one", "extract", "photos", "--shard", "1/2", "-q")
    typed("--warehouse", "two", "extract", "elsewhere/photos", "--shard", "2/2", "-q")
    answer = typed("merge", "one", "two", "-q")
    assert answer.code == 0
    assert "the photographs were extracted from 2 folders: " in answer.out
    assert "33 photographs merged" in answer.out


def test_a_list_of_some_tempts_nobody_to_prune(typed):
    typed("extract", "photos", "-q")
    Path("some.csv").write_text("path,participant,expression\n00/00/0000/0.png,0000,00\n")
    answer = typed("extract", "photos", "--manifest", "some.csv", "-q")
    assert (
        "in the lake and not in this list: 32 photographs, whose files are there; they are kept\n"
    ) in answer.out
    assert "prune" not in answer.out
