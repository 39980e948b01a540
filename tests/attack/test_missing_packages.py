"""Without MediaPipe or OpenCV, all but faces and pictures works, and what needs them says so."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import linked
from tests.lakehouse.importing.trees import write_scores, write_study
from tests.lean import TOML
from tests.without import without

MODULES = {"mediapipe": "mediapipe", "opencv-contrib-python": "cv2"}
"""Packages, and what is imported of them."""

FACES = "finding faces needs Python packages that are missing ({})"


@pytest.fixture(scope="module", params=MODULES)
def package(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("missing")


@pytest.fixture
def typed(package: str, folder: Path):
    def call(*words: object):
        done = without(package, words, folder)
        assert "Traceback" not in done.stderr
        return done

    return call


def test_the_package_is_away(package: str, folder: Path) -> None:
    without(package, ["--version"], folder)
    names = {path.name for path in (folder / f"without {package}").iterdir()}
    assert MODULES[package] not in names
    assert {"numpy", "duckdb", "polars"} <= names


@pytest.mark.slow
def test_doctor_says_so_in_one_line(typed, package: str) -> None:
    done = typed("doctor")
    assert (done.returncode, done.stderr) == (1, "")
    [bad] = [line for line in done.stdout.splitlines() if package in line]
    assert bad.startswith("BAD packages")
    assert bad.endswith(f"install: pip install {package}")
    assert "face landmarker" not in done.stdout
    found = json.loads(typed("doctor", "--json").stdout)
    assert {each["name"]: each["good"] for each in found}["packages"] is False


@pytest.mark.slow
def test_what_finds_faces_says_what_to_do_and_leaves_nothing(
    typed, package: str, folder: Path
) -> None:
    photo = folder / "photos" / "00" / "00" / "0101" / "1.jpg"
    photo.parent.mkdir(parents=True, exist_ok=True)
    photo.touch()
    for words in (("extract", "photos"), ("demo",)):
        done = typed("--warehouse", "new", *words)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("error: ")
        assert done.stderr.count("\n") == 1
        assert f"needs Python packages that are missing ({package})" in done.stderr
        assert done.stderr.endswith(f"install them: pip install {package}\n")
        assert not (folder / "new").exists()
    assert typed("extract", "photos", "--dry-run").returncode == 0


@pytest.mark.slow
def test_drawing_needs_one_of_them(
    typed, package: str, folder: Path, photographed_study: Path
) -> None:
    linked(photographed_study, folder / "drawn from")
    done = typed("--warehouse", "drawn from/warehouse", "render", "muscles", "--out", "muscles.png")
    shutil.rmtree(folder / "drawn from")
    if package == "mediapipe":
        assert done.returncode == 0, done.stderr
        (folder / "muscles.png").unlink()
    else:
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == (
            "error: drawing needs Python packages that are missing (opencv-contrib-python); "
            "install them: pip install opencv-contrib-python\n"
        )
        assert not (folder / "muscles.png").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "package",
    # MediaPipe needs OpenCV: what goes without the one goes without the other.
    [pytest.param("mediapipe", marks=pytest.mark.exhaustive), "opencv-contrib-python"],
    indirect=True,
)
def test_a_study_of_landmarks_is_analysed(typed, folder: Path) -> None:
    """From other people's landmarks to tables."""
    write_study(folder / "landmarks", participants=3)
    write_scores(folder / "scores.csv", 3)
    warehouse = folder / "analysed"
    shutil.rmtree(warehouse, ignore_errors=True)

    def work(*words: object) -> str:
        done = typed("--warehouse", warehouse, *words)
        assert done.returncode == 0, (words, done.stderr)
        return done.stdout

    work("init")
    with (warehouse / "lakehouse.toml").open("a") as file:
        file.write("\n")
    settings = (warehouse / "lakehouse.toml").read_text()
    for line in (each for each in TOML.splitlines() if "=" in each):
        name = line.split(" = ")[0]
        [old] = [each for each in settings.splitlines() if each.startswith(f"{name} = ")]
        settings = settings.replace(old, line)
    (warehouse / "lakehouse.toml").write_text(settings)
    for words in (
        ("import-landmarks", "landmarks"), ("scores", "scores.csv"), ("build",), ("check",),
        ("status",), ("tables",), ("describe", "masks"), ("correlations",), ("model", "path"),
        ("sql", "-o", "answer.parquet", "from masks"), ("export", "--out", "tables"), ("compact",),
    ):  # fmt: skip
        work(*words)
    assert work("sql", "select count(distinct participant) as n from masks") != ""
    for name in ("answer.parquet", "tables", "landmarks"):
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
