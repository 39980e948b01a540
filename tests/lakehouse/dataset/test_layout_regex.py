import pytest

from lakehouse.dataset.layout import PathFields
from lakehouse.dataset.layout_regex import LayoutRegex
from lakehouse.dataset.listing import Reason
from lakehouse.dataset.walk import walk_photos
from lakehouse.errors import UsageError
from lakehouse.settings.dataset import Dataset

BOTH = {"participant", "expression"}


@pytest.mark.parametrize(
    ("pattern", "path", "fields"),
    [
        (
            r"(?P<participant>\d+)-(?P<expression>[a-z]+)(?:-(?P<photo>\d+))?",
            "12-happy-3",
            PathFields("12", "happy", None, "3"),
        ),
        (
            r"(?P<participant>\d+)-(?P<expression>[a-z]+)(?:-(?P<photo>\d+))?",
            "12-happy",
            PathFields("12", "happy", None, None),
        ),
        (
            r"(?P<who>x)/(?P<participant>\d+)(?P<expression>A|B)(?P<supervised>[01])",
            "x/7A1",
            PathFields("7", "A", "1", None),
        ),
    ],
)
def test_its_named_groups_are_the_fields(pattern: str, path: str, fields: PathFields) -> None:
    assert LayoutRegex(pattern, required=BOTH).parse(path) == fields


@pytest.mark.parametrize("path", ["12-happy/1", "x12-happy", "12-", ""])
def test_the_whole_path_must_match(path: str) -> None:
    pattern = r"(?P<participant>\d+)-(?P<expression>[a-z]+)"
    assert LayoutRegex(pattern, required=BOTH).parse(path) is None


def test_a_path_without_an_expression_does_not_match() -> None:
    assert LayoutRegex(r"(?P<participant>\d+)(?P<expression>x)?", required=BOTH).parse("12") is None


@pytest.mark.slow
def test_one_that_finds_no_end_is_refused_with_the_name_on_which_it_does_not() -> None:
    name = "S001/" + "ab" * 40
    layout = LayoutRegex(
        r"(?P<participant>(?:a|aa|ab|b|S001/)+)(?P<expression>[xy])", required=BOTH
    )

    assert layout.parse("abx") == PathFields("ab", "x", None, None)
    with pytest.raises(UsageError) as raised:
        layout.parse(name)

    assert str(raised.value).startswith(f"dataset.layout_regex: finds no end on {name}; ")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        (r"(?P<expression>\d+)", "has no group participant; add (?P<participant>…)"),
        (r"(?P<participant>\d+)", "has no group expression; add (?P<expression>…)"),
    ],
)
def test_what_cannot_mean_anything_is_refused(pattern: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        LayoutRegex(pattern, required=BOTH)
    assert message in str(raised.value)


def test_it_is_used_instead_of_the_layout_of_the_settings_and_not_of_one_given(tmp_path) -> None:
    for name in ("12-happy.jpg", "12_sad.jpg", "nobody.jpg"):
        (tmp_path / name).touch()
    dataset = Dataset(
        layout_regex=r"(?P<participant>\d+)(?:-(?P<expression>[a-z]+)|_sad)",
        expressions={"normal": "neutral", "happy": "happiness", "sad": "sadness"},
    )

    [file] = (found := walk_photos(tmp_path, dataset))
    assert (file.participant, file.expression, file.photo) == ("12", "happiness", "12-happy")
    assert [(it.reason, it.count) for it in found.ignored] == [(Reason.NOT_IN_LAYOUT, 2)]

    [file] = walk_photos(tmp_path, dataset, layout="{participant}_{expression}")
    assert (file.participant, file.expression) == ("12", "sadness")


def test_without_identity_it_needs_no_participant(tmp_path) -> None:
    (tmp_path / "0001happy.jpg").touch()
    dataset = Dataset(
        layout_regex=r"\d+(?P<expression>[a-z]+)",
        expressions={"normal": "neutral", "happy": "happiness"},
        identity="photo",
    )

    [file] = walk_photos(tmp_path, dataset)

    assert (file.participant, file.expression) == ("0001happy", "happiness")
