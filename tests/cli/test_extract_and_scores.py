"""`lakehouse extract` and `lakehouse scores`."""

import json
import shutil

from tests.copies import copied


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


def test_a_folder_without_photographs_is_refused(lakehouse, tmp_path):
    (tmp_path / "empty").mkdir()
    answer = lakehouse("--warehouse", tmp_path / "study", "extract", tmp_path / "empty")
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "no photograph" in answer.err


def test_scores_are_listed_beside_the_photographs(lakehouse, extraction, tmp_path):
    paths, _ = extraction
    warehouse = copied(paths.root, tmp_path / "study")
    file = tmp_path / "scores.csv"
    file.write_text("id_user;dbi_score;asrsb_score\n0001;12;\n0999;3;4\n")
    answer = lakehouse("--warehouse", warehouse, "scores", file)
    assert (answer.code, answer.err) == (0, "")
    assert "2 participants' scores on dbi, asrsb" in answer.out
    assert "missing: 1 asrsb" in answer.out
    assert "scores but no photos: 1 (0999)" in answer.out
    assert "photos but no scores: 1 (" in answer.out


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
