"""`lakehouse extract` and `lakehouse scores`."""

import json
import shutil
import time

import pyarrow.parquet as pq
import pytest

from tests.copies import copied
from tests.lean import TOML
from tests.photographs import encoded, nobody, portrait, save
from tests.surgery import camera_raw


@pytest.mark.slow
def test_summary_says_what_became_of_every_photograph(lakehouse, dataset, tmp_path):
    warehouse = tmp_path / "study"
    answer = lakehouse("--warehouse", warehouse, "extract", dataset, "--quiet")
    assert answer.code == 0
    assert "1 no face, 1 unreadable, 0 already done" in answer.out
    assert "unreadable: 05/00/0001/text.jpg" in answer.out
    assert "ignored 1 files: no photograph (such as 05/00/0001/notes.txt)" in answer.out
    again = lakehouse("--warehouse", warehouse, "extract", dataset, "--json", "--quiet")
    summary = json.loads(again.out)
    assert summary["already_done"] == summary["found"]
    assert summary["ok"] == 0


@pytest.mark.slow
def test_a_repeated_run_says_how_photographs_were_recognised(
    lakehouse, dataset, extraction, tmp_path
):
    photos = tmp_path / "photos"
    shutil.copytree(dataset, photos)
    call = ("--warehouse", copied(extraction[0].root, tmp_path / "study"), "extract", photos, "-q")
    nothing = "nothing to extract: all photographs are in the lake, recognised"
    # A copy is as fresh as a file can be.
    first = lakehouse(*call)
    assert f"{nothing} 14 by content\n" in first.out
    assert "0 unreadable, 14 already done; " in first.out

    time.sleep(2.1)
    assert f"{nothing} 14 by content\n" in lakehouse(*call, "--verify").out
    how = "by size and time stamp (--verify compares contents)"
    assert f"{nothing} 14 {how}\n" in lakehouse(*call).out
    assert json.loads(lakehouse(*call, "--json").out)["by_stamp"] == 14

    (photos / "00/00/0000/0.jpg").touch()
    assert f"{nothing} 13 {how} and 1 by content\n" in lakehouse(*call).out
    save(portrait(280), photos / "00/00/0000/0.jpg")
    assert "nothing" not in lakehouse(*call).out


@pytest.mark.slow
def test_damaged_photographs_and_ignored_raw_files_are_told(lakehouse, tmp_path):
    cell = tmp_path / "photos" / "05" / "00" / "P1"
    cell.mkdir(parents=True)
    jpeg = encoded(portrait(), "JPEG")
    (cell / "1.jpg").write_bytes(jpeg[: len(jpeg) // 2])
    (cell / "1.nef").write_bytes(camera_raw())
    answer = lakehouse("--warehouse", tmp_path / "study", "extract", tmp_path / "photos", "-q")
    assert "damaged: 05/00/P1/1.jpg: Premature end of JPEG file" in answer.out
    assert "0 ok, 0 no face, 1 damaged, 0 unreadable, 0 already done" in answer.out
    said = "ignored 1 files: camera raw file beside a picture of the same name"
    assert f"{said} (such as 05/00/P1/1.nef)" in answer.out


def test_a_folder_without_photographs_is_refused(lakehouse, tmp_path):
    (tmp_path / "empty").mkdir()
    answer = lakehouse("--warehouse", tmp_path / "study", "extract", tmp_path / "empty")
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "no photograph" in answer.err


@pytest.mark.slow
def test_not_one_usable_photograph_is_a_failure(lakehouse, face_model_path, tmp_path):
    photos = tmp_path / "photos"
    save(nobody(), photos / "00/00/1/nobody.jpg")
    (photos / "00/00/1/text.jpg").write_text("no picture at all")
    call = ("--warehouse", tmp_path / "study", "extract", photos, "--quiet")
    said = (
        "error: not one of 2 photographs gave landmarks; the column error of the table photos says "
        "why of each; see docs/problems.md\n"
    )

    first = lakehouse(*call)
    assert (first.code, first.err) == (1, said)
    assert "2 photographs: 0 ok, 1 no face, 1 unreadable, 0 already done; " in first.out
    again = lakehouse(*call)
    assert (again.code, again.err) == (1, said)
    told = lakehouse(*call, "--json")
    assert (told.code, told.err) == (1, said)
    assert json.loads(told.out)["usable"] == 0

    save(portrait(), photos / "00/00/1/somebody.jpg")
    assert lakehouse(*call).code == 0
    # What there is counts, in whichever run it was found.
    assert lakehouse(*call).code == 0


@pytest.mark.slow
def test_a_layout_that_can_be_read_in_two_ways_is_refused(lakehouse, face_model_path, tmp_path):
    photos = tmp_path / "photos"
    save(portrait(), photos / "00/S01_001_0001.jpg")
    call = ("--warehouse", tmp_path / "study", "extract", photos, "-q", "--layout")

    refused = lakehouse(*call, "{expression}/{participant}_{photo}")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == (
        "error: layout '{expression}/{participant}_{photo}': '00/S01_001_0001' can be read as "
        "participant 'S01', photo '001_0001' or as participant 'S01_001', photo '0001'; write "
        "{participant:short} for the first or {participant:long} for the second\n"
    )
    assert not (tmp_path / "study" / "lake").exists()

    assert lakehouse(*call, "{expression}/{participant:long}_{photo}").code == 0
    shown = lakehouse("--warehouse", tmp_path / "study", "status", "--json").out
    assert json.loads(shown)["without_photos"] == []
    photo = pq.read_table(tmp_path / "study" / "lake" / "photos").to_pylist()
    assert [(row["participant"], row["photo"]) for row in photo] == [("S01_001", "0001")]


@pytest.mark.parametrize(
    "command", ["extract", "import-landmarks", "build", "status", "synthesize"]
)
def test_settings_without_a_neutral_expression_are_refused_first(lakehouse, tmp_path, command):
    (tmp_path / "photos").mkdir()
    (tmp_path / "study").mkdir()
    settings = '[dataset.expressions]\n"05" = "happiness"\n'
    (tmp_path / "study" / "lakehouse.toml").write_text(settings)
    folder = [tmp_path / "photos"] if command in ("extract", "import-landmarks") else []

    answer = lakehouse("--warehouse", tmp_path / "study", command, *folder)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        'error: lakehouse.toml: dataset.neutral = "neutral" is wrong: all other expressions are '
        "compared with it, and dataset.expressions does not list it; list it there, or set another "
        'under [dataset], such as neutral = "happiness"; `lakehouse init` shows defaults\n'
    )
    assert sorted(path.name for path in (tmp_path / "study").iterdir()) == ["lakehouse.toml"]


@pytest.mark.slow
def test_a_photograph_that_is_there_twice_is_suspicious(
    lakehouse, dataset, face_model_path, tmp_path
):
    photos, study = tmp_path / "photos", ("--warehouse", tmp_path / "study")
    first = dataset / "05/00/0001/1.jpg"
    for copy in (
        "05/00/0001/1.jpg",
        "05/00/0001/1 (copy).jpg",
        "00/00/0001/1.jpg",
        "00/00/2/1.jpg",
    ):
        (photos / copy).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(first, photos / copy)
    # Without the camera's remarks the bytes are others, the picture is the same.
    (photos / "05/00/2").mkdir()
    (photos / "05/00/2/x.jpg").write_bytes(first.read_bytes() + b"\0")
    assert lakehouse(*study, "extract", photos, "-q").code == 0
    (tmp_path / "study" / "lakehouse.toml").write_text(
        TOML + '[quality]\nphotos_per_mask = "any"\n'
    )
    assert lakehouse(*study, "build").code == 0

    out = lakehouse(*study, "status").out

    assert "suspicious, photo_in_two_masks: 2 (0001, 2)\n" in out
    assert "suspicious, photo_of_two_participants: 2 (0001, 2)\n" in out
    assert "suspicious, photo_twice_in_mask: 1 (0001)\n" in out
    assert "suspicious, more_photos: 1 (0001)\n" in out
    query = "select detail from suspicions where suspicion = 'photo_twice_in_mask'"
    shown = json.loads(lakehouse(*study, "sql", query, "--format", "json").out)
    assert shown == [{"detail": "05-00 1 also as 1 (copy), 05-00 1 (copy) also as 1"}]
    assert lakehouse(*study, "check").code == 0


def test_scores_are_listed_beside_the_photographs(lakehouse, extraction, tmp_path):
    paths, _ = extraction
    warehouse = copied(paths.root, tmp_path / "study")
    file = tmp_path / "scores.csv"
    file.write_text("id_user;dbi_score;asrsb_score\n0001;12;\n0999;3;4\n")
    answer = lakehouse("--warehouse", warehouse, "scores", file)
    assert (answer.code, answer.err) == (0, "")
    assert "2 participants' scores on dbi, asrsb" in answer.out
    assert "missing: 1 asrsb" in answer.out
    assert "scores but no photos or videos: 1 (0999)" in answer.out
    assert "photos or videos but no scores: 1 (" in answer.out


def test_wrong_scores_are_refused_naming_the_row(lakehouse, tmp_path):
    file = tmp_path / "scores.csv"
    file.write_text("participant,dbi_score\n0001,12\n0002,640\n")
    answer = lakehouse("--warehouse", tmp_path / "study", "scores", file)
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "row 3" in answer.err


def test_scores_that_a_new_file_lacks_are_counted(lakehouse, tmp_path):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("participant,dbi_score,bai_score\n0001,12,3\n0002,6,\n")
    second.write_text("participant,dbi_score\n0001,13\n")
    warehouse = tmp_path / "study"
    assert "replaced" not in lakehouse("--warehouse", warehouse, "scores", first).out
    assert "replaced" not in lakehouse("--warehouse", warehouse, "scores", first).out
    answer = lakehouse("--warehouse", warehouse, "scores", second)
    assert "scores changed from those stored before: 1 (0001 dbi)" in answer.out
    assert "kept from earlier files, not in this one: 1 bai (--replace drops them)" in answer.out
    assert "participants of earlier files whose scores are kept: 1 (--replace" in answer.out
    assert "removed" not in answer.out
    answer = lakehouse("--warehouse", warehouse, "scores", second, "--replace")
    assert "removed: 2 scores of the earlier file that are not in this one" in answer.out


def test_status_names_what_is_gone_and_prune_takes_it_out(lakehouse, dataset, extraction, tmp_path):
    photographs = shutil.copytree(dataset, tmp_path / "photographs")
    warehouse = copied(extraction[0].root, tmp_path / "study")
    (photographs / "05" / "00" / "0001" / "text.jpg").unlink()
    answer = lakehouse("--warehouse", warehouse, "extract", photographs, "--quiet")
    assert "no longer found: 1 photographs; they are kept (--prune" in answer.out
    out = lakehouse("--warehouse", warehouse, "status").out
    assert (
        "gone since they were extracted (extract --prune removes them): 1 (05/00/0001/text" in out
    )
    answer = lakehouse("--warehouse", warehouse, "extract", photographs, "--prune", "-q")
    assert "removed from the lake, because their files are gone: 1 photographs" in answer.out
    assert "gone since" not in lakehouse("--warehouse", warehouse, "status").out


def test_other_confidences_than_those_used_are_told(lakehouse, dataset, extraction, tmp_path):
    warehouse = copied(extraction[0].root, tmp_path / "study")
    assert "[detection]" not in lakehouse("--warehouse", warehouse, "status").out
    (warehouse / "lakehouse.toml").write_text("[detection]\nmin_presence_confidence = 0.7\n")
    said = "min_presence_confidence 0.8); `extract --re-extract` extracts them again"
    assert said in lakehouse("--warehouse", warehouse, "status").out
    answer = lakehouse("--warehouse", warehouse, "extract", dataset, "--quiet")
    assert said in answer.err
