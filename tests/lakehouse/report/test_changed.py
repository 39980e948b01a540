"""Settings that are not the program's own, and what of them leads to nobody's disk."""

from typing import Any

import pytest

from lakehouse.report.changed import changed_settings
from tests.lakehouse.report.given import settings


def changed(**sections: dict[str, Any]) -> dict[str, str]:
    return changed_settings(settings(**sections))


def test_the_program_s_own_are_no_change() -> None:
    assert changed() == {}


def test_what_differs_is_told_by_its_whole_name() -> None:
    assert changed(clusters={"k": 4}, statistics={"primary": {"instruments": ["asrsb"]}}) == {
        "clusters.k": "4",
        "statistics.primary.instruments": '["asrsb"]',
    }


def test_lists_of_codes_are_told_as_a_whole() -> None:
    expressions = {"a": "neutral", "b": "wink"}

    assert changed(dataset={"expressions": expressions}) == {
        "dataset.expressions": '{"a": "neutral", "b": "wink"}'
    }


def test_another_questionnaire_is_told_as_a_whole() -> None:
    scale = {"name": "Scale", "min": 0, "max": 9}

    assert list(changed(instruments={"scale": scale})) == ["instruments.scale"]


@pytest.mark.parametrize(
    "path", ["/home/somebody/study/muscles.csv", "C:\\Users\\somebody\\muscles.csv", "muscles.csv"]
)
def test_of_a_path_only_the_last_part_is_told(path: str) -> None:
    assert changed(muscles={"file": path}) == {"muscles.file": '"muscles.csv"'}


def test_of_a_folder_of_labels_too() -> None:
    frames = {"labels": "/home/somebody/Emotion/"}
    told = changed(dataset={"layout": "{participant}/{sequence}/{frame}", "sequence": frames})

    assert told["dataset.sequence.labels"] == '"Emotion"'
