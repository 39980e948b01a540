"""What a measure may be, and what is refused in one line."""

from pathlib import Path

import duckdb
import pytest

from lakehouse.errors import SettingsError
from lakehouse.inputs.settings_file import load_settings
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.settings.measures import ATLAS_MUSCLES, COURSES, KINDS, example_measures
from lakehouse.settings.text import settings_text
from lakehouse.warehouse.query import fetch


def loaded(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "lakehouse.toml"
    file.write_text(text)
    return load_settings(file)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("distance = [13, 14]", [("distance", [13, 14])]),
        (
            "ratio = [[160, 144], [158, 153]]\nover = [[33, 133]]",
            [("ratio", [160, 144]), ("ratio", [158, 153]), ("over", [33, 133])],
        ),
        ("angle = [61, 0, 291]", [("angle", [61, 0, 291])]),
        ("movement = [61, 291]", [("movement", [61]), ("movement", [291])]),
        ('movement = "zygomaticus_major"', []),
        ("side_difference = [61]", [("side_difference", [61])]),
        ('side_difference = "zygomaticus_major"', []),
    ],
)
def test_every_kind_is_read(tmp_path: Path, text: str, parts: object) -> None:
    measure = loaded(tmp_path, f"[measures.own]\n{text}\n").measures["own"]

    assert measure.kind == text.split()[0]
    assert measure.parts == parts
    assert measure.muscle == (None if parts else "zygomaticus_major")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[measures.a]\ndistance = [13, 13]", 2, "point 13 is there twice"),
        ("[measures.a]\ndistance = [13, 468]", 2, "less than 468"),
        ("[measures.a]\ndistance = [13, -1]", 2, "greater than or equal to 0"),
        ("[measures.a]\ndistance = [13]", 2, "at least 2 items"),
        ("[measures.a]\ndistance = [13, 14, 15]", 2, "at most 2 items"),
        ("[measures.a]\ndistance = ['13', 14]", 2, "valid integer"),
        ("[measures.a]\nangle = [1, 2]", 2, "at least 3 items"),
        ("[measures.a]\nangle = [1, 2, 1]", 2, "point 1 is there twice"),
        ("[measures.a]\nmovement = []", 2, "at least 1 item"),
        ("[measures.a]\nmovement = true", 2, "valid list, or: Input should be a valid string"),
        ("[measures.a]\nmovement = [5, 5]", 2, "point 5 is there twice"),
        ("[measures.a]\nmovement = 'biceps'", 2, "no such muscle; known are buccinator, "),
        ("[measures.a]\nside_difference = 'biceps'", 2, "no such muscle"),
        ("[measures.a]\nratio = [[1, 2]]", 1, "ratio and over belong together"),
        ("[measures.a]\nangle = [1, 2, 3]\nover = [[1, 2]]", 1, "ratio and over belong together"),
        ("[measures.a]\nratio = []\nover = [[1, 2]]", 2, "at least 1 item"),
        ("[measures.a]\nratio = [[1, 2]]\nover = [[3, 3]]", 3, "point 3 is there twice"),
        ("[measures.a]\nratio = [[1, 2, 3]]\nover = [[3, 4]]", 2, "at most 2 items"),
        ("[measures.a]", 1, "and none is given"),
        ("[measures.a]\ndistance = [1, 2]\nangle = [1, 2, 3]", 1, "distance and angle is given"),
        ("[measures.a]\nlength = [1, 2]", 2, "known here: distance, ratio, over"),
        ("[measures]\na = [1, 2]", 2, "measures.a = [1, 2] is wrong"),
        ("measures = 3", 1, "measures = 3 is wrong"),
        ("[measures.Mouth]\ndistance = [1, 2]", 1, "should match pattern"),
        ("[measures.'my mouth']\ndistance = [1, 2]", 1, "should match pattern"),
        ("[measures.5]\ndistance = [1, 2]", 1, "should match pattern"),
        ("[measures.abcdefghijklmnopqrstuvwxyz]\ndistance = [1, 2]", 1, "at most 25 characters"),
        ("[measures.'boca_é']\ndistance = [1, 2]", 1, "should match pattern"),
        ("[measures.'a;drop']\ndistance = [1, 2]", 1, "should match pattern"),
        ("[measures.'']\ndistance = [1, 2]", 1, "should match pattern"),
        (f"[measures.a]\nmovement = {[*range(10_000)]}", 2, "468"),
        (f"[measures.a]\nmovement = {[1] * 10_000}", 2, "468"),
        (f"[measures.a]\nratio = {[[1, 2]] * 10_000}\nover = [[1, 2]]", 2, "468"),
        ("[measures.a]\nmovement = '" + "b" * 10_000 + "'", 2, "at most 60"),
        ("[measures.dbi]\ndistance = [1, 2]", 1, "an instrument has this name"),
        ("[measures.onset_mouth]\ndistance = [1, 2]", 1, "movements in videos have this name"),
        ("[measures.amplitude_face]\nangle = [1, 2, 3]", 1, "movements in videos have this name"),
        ("[measures.yaw]\ndistance = [1, 2]", 1, "a covariate has this name"),
        (
            "[statistics]\ncovariates = ['age']\n[measures.age]\ndistance = [1, 2]",
            3,
            "a covariate has this name",
        ),
        (
            "[measures.a_b]\ndistance = [1, 2]\n[measures.c]\ndistance = [1, 3]\nlabel_en = 'a b'",
            3,
            "measures.a_b is called so too",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        loaded(tmp_path, text)

    message = str(refused.value)
    assert message.startswith(f"lakehouse.toml, line {line}: ")
    assert said in message
    assert "\n" not in message
    assert len(message) < 1000
    assert "function-" not in message
    assert "constrained" not in message


def test_a_measure_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"Cannot declare .* twice \(at line 3"):
        loaded(tmp_path, "[measures.a]\ndistance = [1, 2]\n[measures.a]\nangle = [1, 2, 3]")


def test_muscles_of_a_file_are_not_looked_for_in_the_atlas(tmp_path: Path) -> None:
    text = "[muscles]\nfile = 'own.csv'\n[measures.a]\nmovement = 'biceps'"

    assert loaded(tmp_path, text).measures["a"].muscle == "biceps"


def test_the_muscles_known_are_those_of_the_atlas_and_on_both_sides(
    empty_warehouse: WarehousePaths,
) -> None:
    with duckdb.connect(empty_warehouse.database, read_only=True) as connection:
        found = connection.execute(
            "select muscle, count(distinct side) filter (where side <> 'midline') from muscles "
            "group by muscle"
        ).fetchall()

    assert dict(found) == dict.fromkeys(ATLAS_MUSCLES, 2)


def test_the_names_of_courses_are_those_of_the_relation(filmed_study: Path) -> None:
    paths = WarehousePaths(filmed_study / "warehouse")

    assert {*fetch(paths, "select name from dynamics_measures")["name"]} == COURSES


def test_the_examples_are_of_every_kind_and_read_back(tmp_path: Path) -> None:
    examples = Settings().model_copy(update={"measures": example_measures()})

    assert {measure.kind for measure in example_measures().values()} == {*KINDS}
    assert loaded(tmp_path, settings_text(examples)) == examples


def test_without_measures_the_file_says_what_there_could_be() -> None:
    last = settings_text(Settings()).splitlines()[-1]

    assert last.startswith("# [measures.NAME] makes a feature of your own")
