"""`lakehouse import-landmarks` and `lakehouse compact`, and what follows from them."""

import json
import shutil
from functools import partial
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest
from lakehouse.cli.main import run

from tests.copies import copied
from tests.lakehouse.importing.trees import face, write_file, write_scores, write_study
from tests.once import Once


@pytest.fixture(scope="session")
def tree(once: Once) -> Path:
    """Landmarks of three participants, sixteen masks and three photographs each; read only."""

    def make(root: Path) -> Path:
        write_study(root, participants=3)
        (root / "05/01/0001/mean-lms-0001.csv").write_text("index,x,y\n")
        return root

    return once("tree", make)


@pytest.fixture(scope="session")
def imported(tree: Path, once: Once) -> Path:
    """The warehouse folder of that tree, with scores, built; read only."""
    return once("imported", partial(bring_in, tree))


def bring_in(tree: Path, folder: Path) -> Path:
    scores = write_scores(folder / "scores.csv", participants=3)
    warehouse = folder / "study"
    for command in (["import-landmarks", tree, "-q"], ["scores", scores], ["build"]):
        assert run(["--warehouse", str(warehouse), *map(str, command)]) == 0
    return warehouse


@pytest.fixture
def warehouse(imported: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(copied(imported, tmp_path / "study"))


def rows(warehouse: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse / "lakehouse.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.slow
@pytest.mark.portable
def test_an_imported_study_is_analysed_like_an_extracted_one(lakehouse, imported):
    checked = lakehouse("--warehouse", imported, "check")
    assert (checked.code, checked.err) == (0, "")
    assert checked.out.endswith(" checks passed, 0 failed\n")
    assert rows(imported, "select distinct extractor, model_sha256, width from photos") == [
        ("import", None, None)
    ]
    [(distances, in_the_plane, with_depth, smallest)] = rows(
        imported,
        "select count(*), count(distance), count(distance_3d), min(distance) "
        "from neutral_distances",
    )
    assert (distances, in_the_plane, with_depth) == (3 * 15 * 468, 3 * 15 * 468, 0)
    assert smallest >= 0
    [(features, correlated)] = rows(
        imported,
        "select count(*), count(*) filter (where n = 3 and pearson_r is not null) "
        "from correlations",
    )
    assert features == correlated > 0
    assert rows(imported, "select * from blendshapes") == []
    assert rows(imported, "select * from exclusions") == []
    # Where the mouth was moved, there it is found.
    [(moved,)] = rows(
        imported, "select count(*) from points_above_average where point in (13, 14, 17, 152, 0)"
    )
    assert moved >= 2


def test_the_summary_says_what_became_of_every_file(lakehouse, tree, tmp_path):
    changed = shutil.copytree(tree, tmp_path / "tree")
    (changed / "00/00/0000/data-lms-1.csv").write_text("index,x,y\n0,1,2\n")
    (changed / "00/00/0000/data-lms-2.csv").rename(changed / "00/00/0000/error-2.csv")
    call = ("--warehouse", tmp_path / "study", "import-landmarks", changed)
    answer = lakehouse(*call)
    assert (answer.code, answer.err) == (0, "")
    assert (
        "unreadable: 00/00/0000/data-lms-1.csv: has 1 points, not the 468 or 478 of " in answer.out
    )
    assert "no_face: 00/00/0000/error-2.csv: no face was found, says an error file" in answer.out
    assert (
        "ignored 1 files: mean of several photographs (such as 05/01/0001/mean-lms-0001.csv)"
        in (answer.out)
    )
    assert "144 landmark files: 142 ok, 1 no face, 1 unreadable, 0 already done; " in answer.out
    summary = json.loads(lakehouse(*call, "--json", "-q").out)
    assert (summary["found"], summary["already_done"], summary["problems"]) == (144, 144, [])
    assert summary["ignored"] == [
        {
            "reason": "mean of several photographs",
            "count": 1,
            "example": "05/01/0001/mean-lms-0001.csv",
        }
    ]
    shutil.rmtree(changed / "07")
    (changed / "06/00/0000/data-lms-1.csv").write_text("")
    (changed / "06/00/0001").rename(changed / "06/00/0011")
    out = lakehouse(*call, "-q").out
    assert "replaced 1 photographs whose landmarks had changed\n" in out
    assert "in the lake but no longer found: 21 imported photographs; they are kept\n" in out


def test_shares_of_the_picture_are_refused_or_made_pixels(lakehouse, tmp_path):
    tree = tmp_path / "tree"
    for photo in range(2):
        write_file(tree / f"00/00/7/data-lms-{photo}.csv", (face() + photo) / (640, 800))
    call = ("--warehouse", tmp_path / "study", "import-landmarks", tree, "-q")

    refused = lakehouse(*call)
    assert refused.code == 1
    assert refused.out.startswith(
        "unreadable: 00/00/7/data-lms-0.csv: x and y are shares of the picture (0 to 1), not "
        "pixels; give --width and --height, or add columns width and height\n"
    )
    assert refused.err.startswith("error: not one of 2 photographs gave landmarks; ")

    half = lakehouse(*call, "--width", "640")
    assert (half.code, half.out) == (2, "")
    assert half.err == "error: --width and --height belong together; give both\n"

    taken = lakehouse(*call, "--width", "640", "--height", "800")
    assert (taken.code, taken.err) == (0, "")
    assert "2 landmark files: 2 ok, 0 no face, 0 unreadable, 0 already done; " in taken.out
    [places] = (
        pq.read_table(tmp_path / "study/lake/photos", columns=["width", "height"])
        .group_by(["width", "height"])
        .aggregate([])
        .to_pylist()
    )
    assert places == {"width": 640, "height": 800}


def test_many_problems_are_counted(lakehouse, tree, tmp_path):
    changed = shutil.copytree(tree, tmp_path / "tree")
    for file in changed.rglob("00/*/*.csv"):
        file.write_text("")
    out = lakehouse("--warehouse", tmp_path / "study", "import-landmarks", changed, "-q").out
    assert out.count("unreadable: ") == 20
    assert "… and 52 more; see status and error in photos\n" in out
    assert "144 landmark files: 72 ok, 0 no face, 72 unreadable, 0 already done; " in out


@pytest.mark.parametrize("layout", ["", "{participant}", "{who}/{expression}/{participant}"])
def test_a_layout_that_means_nothing_is_wrong_usage(lakehouse, tree, tmp_path, layout):
    call = ("--warehouse", tmp_path / "study", "import-landmarks", tree, "--layout", layout)
    answer = lakehouse(*call)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.count("\n") == 1
    assert not (tmp_path / "study" / "lake").exists()


def test_pictures_alone_are_refused(lakehouse, dataset, tmp_path):
    answer = lakehouse("--warehouse", tmp_path / "study", "import-landmarks", dataset)
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "holds no landmarks to import (1 no landmark file (such as " in answer.err
    assert "14 picture (such as " in answer.err


def test_imported_landmarks_do_not_replace_extracted_ones(lakehouse, extraction, tree, tmp_path):
    paths, _ = extraction
    warehouse = copied(paths.root, tmp_path / "study")
    clash = tmp_path / "clash" / "05/00/0001"
    clash.mkdir(parents=True)
    shutil.copy(tree / "05/00/0001/data-lms-1.csv", clash)
    answer = lakehouse("--warehouse", warehouse, "import-landmarks", tmp_path / "clash")
    assert (answer.code, answer.out) == (1, "")
    assert "data-lms-1.csv (mediapipe " in answer.err
    assert " from 05/00/0001/1.jpg); import into a separate warehouse" in answer.err


@pytest.mark.slow
def test_compact_keeps_the_results(lakehouse, tree, warehouse):
    # A second run's files lie apart from those of the first, participant by participant.
    more = shutil.copytree(tree, warehouse.parent / "more")
    for file in more.rglob("data-lms-3.csv"):
        file.rename(file.with_name("data-lms-4.csv"))
    call = ("--warehouse", warehouse)
    (warehouse / "lakehouse.toml").write_text('[quality]\nphotos_per_mask = "any"\n')
    assert lakehouse(*call, "import-landmarks", more, "-q").code == 0
    assert lakehouse(*call, "build").code == 0
    # Sums in another order differ in the last digit.
    query = "select feature, instrument, n, round(pearson_r, 9) from correlations order by all"
    before = rows(warehouse, query)
    answer = lakehouse(*call, "compact")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "parts: 2 before, 1 now"
    assert lines[1].startswith("size: ")
    assert lines[2] == "rows: 192 photographs, 89,856 landmarks, 0 blendshapes, as before"
    assert "landmarks  89,856" in lakehouse(*call, "status").out
    assert lakehouse(*call, "build").code == 0
    assert rows(warehouse, query) == before
    assert lakehouse(*call, "check").code == 0
    again = lakehouse(*call, "compact").out
    assert again.startswith("already compact; parts: 1, ")
    assert again.endswith("rows: 192 photographs, 89,856 landmarks, 0 blendshapes\n")
    summary = json.loads(lakehouse(*call, "compact", "--photos-per-part", "100", "--json").out)
    assert (summary["parts_before"], summary["parts_after"], summary["photos"]) == (1, 1, 192)


def test_nothing_to_compact(lakehouse, tmp_path):
    answer = lakehouse("--warehouse", tmp_path / "new", "compact")
    assert (answer.code, answer.out) == (1, "")
    assert "holds no photographs or videos; run `lakehouse extract`" in answer.err
    assert not (tmp_path / "new").exists()


def write_table(file: Path, columns: dict[str, list[object]]) -> Path:
    count = len(next(iter(columns.values())))
    points = {f"{a}_{p}": [face()[p, i]] * count for i, a in enumerate("xy") for p in range(468)}
    pl.DataFrame({**columns, **points}).write_csv(file)
    return file


def test_columns_and_words_are_told_and_columns_may_be_named(lakehouse, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table = {"who": ["1", "2"], "Emotion": ["Freude", "6"], "bild": ["a.jpg", "b.jpg"]}
    write_table(Path("faces.csv"), table)

    unnamed = lakehouse("import-landmarks", "faces.csv", "--quiet")
    named = lakehouse("import-landmarks", "faces.csv", "--quiet", "--map", "participant=who")
    again = lakehouse(
        *("import-landmarks", "faces.csv", "--map", 'participant="who"', "--json", "--quiet")
    )

    assert unnamed.code == 1
    assert "ignored 2" not in unnamed.out
    assert unnamed.err == (
        "error: faces.csv: holds no landmarks to import (2 not matching the layout (such as "
        "a.jpg)); docs/landmarks.md shows every form that is read; give --layout or --map, or "
        "list the codes in lakehouse.toml\n"
    )
    assert (named.code, named.err) == (0, "")
    assert named.out.startswith(
        "faces.csv: columns read: bild as path, who as participant, Emotion as expression\n"
        "codes of expressions read by their number: 6 as 06 sadness; other sets count otherwise, "
        "as FER2013, where 0 is anger\n"
        "2 photographs in one file: 2 ok, "
    )
    assert json.loads(again.out)["already_done"] == 2


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--map", "who=a"], 2, "error: --map: names no field who; fields are path, partic"),
        (["--map", "path"], 2, "error: --map: is path, which names no field; give FIELD=COLUMN"),
        (["--map", "path="], 2, "error: --map: names no column for path; give path=COLUMN"),
        (["--map", "path=bil"], 1, "has no column bil, which --map names for path; is it bild? it"),
        (
            [],
            1,
            "has two columns that may be the path, file (B) and bild (A); say which with",
        ),
    ],
)
def test_names_of_columns_that_fit_nothing(lakehouse, tmp_path, options, code, message):
    file = write_table(tmp_path / "faces.csv", {"bild": ["a.jpg"], "file": ["b.jpg"]})

    answer = lakehouse("import-landmarks", file, *options)

    assert (answer.code, answer.out) == (code, "")
    assert message in answer.err
    assert answer.err.count("\n") == 1


def test_frames_of_sequences_are_told_and_counted(lakehouse, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for take, frames in (("a", 6), ("b", 2)):
        for frame in range(frames):
            write_file(Path(f"landmarks/1/05/{take}/data-lms-{frame}.csv"), face() + frame)
    Path("warehouse").mkdir()
    Path("warehouse/lakehouse.toml").write_text(
        '[dataset]\nlayout = "{participant}/{expression}/{sequence}/{frame}"\n'
    )

    answer = lakehouse("import-landmarks", "landmarks", "--quiet")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[:5] == [
        "ignored 2 files: frame between the neutral face and the expression (such as "
        "1/05/a/data-lms-1.csv)",
        "ignored 2 files: frame of a sequence too short for dataset.sequence (such as "
        "1/05/b/data-lms-0.csv)",
        "sequences: 1 of 2 are used",
        "  not used: 1: sequence too short for dataset.sequence (such as 1/05/b/data-lms-0.csv)",
        "4 landmark files: 4 ok, 0 no face, 0 unreadable, 0 already done; "
        + answer.out.splitlines()[4].partition("already done; ")[2],
    ]
    assert (
        "sequences  1: first frames 1 neutral, last 3 the expression\n" in lakehouse("status").out
    )
