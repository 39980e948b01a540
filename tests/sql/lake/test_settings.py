from lakehouse.warehouse.models import load_models
from tests.sql.support import STUDY_SETTINGS, RunModel, settings_row

COLUMNS = """
    photos_per_mask, required_masks, max_faces, max_yaw, max_pitch, min_face_height,
    alignment_method, distance_dimensions, clusters_k, clusters_seed, clusters_starts,
    landmarks_kept
"""


def test_settings_are_one_row_as_given(run_model: RunModel) -> None:
    given = settings_row(photos_per_mask=None, required_masks="neutral", distance_dimensions=3)

    rows = run_model("settings", COLUMNS, source_settings=given)

    assert rows == [(None, "neutral", 1, None, None, None, "paper", 3, 6, 0, 300, True)]


def test_every_setting_is_a_column_that_is_described() -> None:
    [settings] = [model for model in load_models() if model.name == "settings"]

    assert list(settings.header.columns) == list(STUDY_SETTINGS)
    assert settings.column_comment("max_yaw") == (
        "largest turn of the head to either side, in degrees, with which a photograph is used; "
        'null for "any" (setting quality.max_yaw) [deg]'
    )
