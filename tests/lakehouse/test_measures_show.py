"""The examples of measures on made-up faces, of which is known what they do."""

from pathlib import Path

import pytest

from lakehouse.inputs.settings_file import load_settings
from lakehouse.paths import WarehousePaths
from lakehouse.settings import Settings
from lakehouse.settings.measures import example_measures
from lakehouse.settings.text import settings_text
from lakehouse.synthetic.cohort import write_cohort
from lakehouse.warehouse.build import build
from lakehouse.warehouse.checks import run_checks
from lakehouse.warehouse.models import Extra
from lakehouse.warehouse.query import fetch
from tests.lean import LEAN

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> WarehousePaths:
    """A cohort built as after `lakehouse init --with-measures`."""
    paths = WarehousePaths(Path(tmp_path_factory.mktemp("measures")))
    write_cohort(paths, Settings(), participants=12)
    paths.settings.write_text(
        settings_text(LEAN.model_copy(update={"measures": example_measures()}))
    )
    build(paths, load_settings(paths.settings), extras=[Extra.STATISTICS])
    return paths


def test_all_rules_are_kept(paths: WarehousePaths) -> None:
    assert [result.name for result in run_checks(paths) if not result.kept] == []


@pytest.mark.parametrize(
    ("measure", "expression", "sign"),
    [
        ("mouth_opening", "surprise", 1),
        ("mouth_width", "happiness", 1),
        ("eye_aspect_left", "surprise", 1),
        ("eye_aspect_right", "surprise", 1),
        ("eye_aspect_left", "happiness", -1),
        ("brow_raise_left", "surprise", 1),
        ("brow_raise_right", "surprise", 1),
        ("smile_movement", "happiness", 1),
    ],
)
def test_what_a_face_does_shows(
    paths: WarehousePaths, measure: str, expression: str, sign: int
) -> None:
    [(change, over_noise)] = fetch(
        paths,
        "select mean_distance, over_noise from noise_floor join measure_definitions "
        f"using (group_id) where grouping = 'measures' and measure = '{measure}' "
        f"and expression = '{expression}' and not supervised",
    ).rows()

    assert change * sign > 0
    assert over_noise * sign > 1


def test_measures_are_features_with_a_family_of_their_own(paths: WarehousePaths) -> None:
    features = 15 * len(example_measures())
    for relation in ("correlations", "reliability"):
        [(count,)] = fetch(
            paths, f"select count(distinct feature) from {relation} where grouping = 'measures'"
        ).rows()
        assert count == features
    [(family,)] = fetch(
        paths, "select distinct family from correlations where grouping = 'measures'"
    ).rows()
    assert family.startswith(f"measures: {features} features × 6 instruments, ")
    columns = fetch(paths, "from features_wide limit 0").columns
    assert "m07_00_mouth_opening" in columns


def test_a_measure_of_a_muscle_is_that_of_muscle_distances(paths: WarehousePaths) -> None:
    [(rows, difference)] = fetch(
        paths,
        "select count(*), max(abs(value - mean_left + mean_right)) from measures "
        "join muscle_distances using (participant, mask) "
        "where measure = 'smile_asymmetry' and muscle = 'zygomaticus_major'",
    ).rows()

    assert rows == 12 * 15
    assert difference < 1e-9
