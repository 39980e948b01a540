"""What settings say of themselves."""

import pytest

from lakehouse.settings.dataset import Dataset


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, True),
        ({"supervised": {}}, False),
        ({"layout": "{participant}.{expression}"}, False),
        ({"layout": "{participant}{supervised:2}/{expression}"}, True),
        ({"layout_regex": "(?P<participant>a)(?P<expression>b)"}, False),
        ({"layout_regex": "(?P<participant>a)(?P<expression>b)(?P<supervised>c)"}, True),
    ],
)
def test_whether_paths_say_if_a_cue_was_shown(given: dict[str, object], said: bool) -> None:
    assert Dataset.model_validate(given).says_conditions() is said
