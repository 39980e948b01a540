"""What headers say of columns for short, and the words that it stands for."""

import pytest
from pydantic import ValidationError

from lakehouse.settings import Settings
from lakehouse.settings.in_sql import sql_settings
from lakehouse.warehouse import columns
from lakehouse.warehouse.columns import with_shared
from lakehouse.warehouse.models import ModelHeader


@pytest.fixture(autouse=True)
def two_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = {"mask": ("id", "a label"), "point_of_mesh": ("id", "0-467")}
    monkeypatch.setattr(columns, "shared_columns", lambda: entries)


@pytest.mark.parametrize(
    ("said", "described"),
    [
        ("shared", ("id", "a label")),
        ("shared:point_of_mesh", ("id", "0-467")),
        (["shared", "never 00-00"], ("id", "a label; never 00-00")),
        (["shared:point_of_mesh", "the first"], ("id", "0-467; the first")),
        (["px", "its own"], ["px", "its own"]),
        ([], []),
        ("nonsense", "nonsense"),
        (3, 3),
    ],
)
def test_a_column_is_described_by_the_entry_that_it_names(said: object, described: object) -> None:
    assert with_shared({"mask": said}) == {"mask": described}


def test_columns_keep_their_order() -> None:
    said = {"point": "shared:point_of_mesh", "own": ["px", "its own"], "mask": "shared"}

    assert list(with_shared(said)) == ["point", "own", "mask"]


@pytest.mark.parametrize("said", ["shared", "shared:mas", ["shared", "and more"]])
def test_an_entry_that_is_not_there_is_refused(said: object) -> None:
    with pytest.raises(ValueError, match=r"columns\.toml has no "):
        with_shared({"masks": said})


def test_the_settings_are_described_by_their_model() -> None:
    described = with_shared("settings")

    assert list(described) == [each.name for each in sql_settings(Settings)]
    assert described["max_yaw"][0] == "deg"


def header(**said: object) -> ModelHeader:
    given = {
        "row": "a row",
        "key": ["mask"],
        "materialized": "table",
        "columns": {"mask": "shared"},
    }
    return ModelHeader.model_validate({**given, **said})


def test_lines_of_a_header_become_flowing_text() -> None:
    made = header(
        note="First\n    this.\n\nThen that.\n",
        row="a\nrow",
        columns={"a": ["px", "to the\n  left"]},
    )

    assert (made.note, made.row) == ("First this. Then that.", "a row")
    assert made.columns == {"a": ("px", "to the left")}


@pytest.mark.parametrize(
    "said",
    [
        {"columns": {"mask": "nonsense"}},
        {"columns": {"masks": "shared"}},
        {"columns": "nonsense"},
        {"note": " \n "},
        {"export": 0},
        {"internal": True, "export": 10},
    ],
)
def test_a_header_that_says_nothing_useful_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        header(**said)
