from tests.sql.support import STUDY_SETTINGS, RunModel, settings_row


def test_settings_are_one_row_as_given(run_model: RunModel) -> None:
    given = settings_row(photos_per_mask=None, required_masks="neutral", distance_dimensions=3)

    rows = run_model("settings", ", ".join(STUDY_SETTINGS), source_settings=given)

    assert rows == [(None, "neutral", 1, None, None, None, "paper", 3, 6, 0, True)]
