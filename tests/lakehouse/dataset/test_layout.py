import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.dataset.layout import Layout, PathFields
from lakehouse.errors import UsageError

DEFAULT = "{expression}/{supervised}/{participant}/{photo}"
NAME = st.text(
    st.characters(exclude_characters="/.-", exclude_categories=["Cs"]), min_size=1, max_size=8
)


@pytest.mark.parametrize(
    ("pattern", "path", "fields"),
    [
        (DEFAULT, "05/01/0870/IMG_2", PathFields("0870", "05", "01", "IMG_2")),
        (
            "{participant}.{expression}",
            "subject07.happy",
            PathFields("subject07", "happy", None, None),
        ),
        (
            "subject{participant}.{expression}",
            "subject07.happy",
            PathFields("07", "happy", None, None),
        ),
        ("{participant}.{expression}", "a.b.happy", PathFields("a.b", "happy", None, None)),
        (
            "{participant}/{expression}",
            "line\nbreak/irmã's",
            PathFields("line\nbreak", "irmã's", None, None),
        ),
    ],
)
def test_a_path_is_read_by_its_layout(pattern: str, path: str, fields: PathFields) -> None:
    assert Layout(pattern).parse(path) == fields


def test_known_codes_settle_what_the_pattern_leaves_open() -> None:
    layout = Layout("{participant}_{expression}_{photo}", expressions=["happy", "sad"])
    assert layout.parse("a_b_happy_1_2") == PathFields("a_b", "happy", None, "1_2")


def test_fields_may_touch_where_codes_tell_them_apart() -> None:
    layout = Layout("{participant}.{expression}{photo}", expressions=["AN", "HA"])
    assert layout.parse("KA.AN1.39") == PathFields("KA", "AN", None, "1.39")


@pytest.mark.parametrize("path", ["05/01/0870", "05/01/0870/x/IMG", "x", ""])
def test_a_path_of_another_depth_does_not_fit(path: str) -> None:
    assert Layout(DEFAULT).parse(path) is None


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("{participant}", "{expression} is missing"),
        ("{expression}/{photo}", "{participant} is missing"),
        ("{participant}/{expression}/{age}", "unknown field {age}"),
        ("{participant}/{expression}/{participant}", "twice"),
        ("{participant}/{expression", "not well formed"),
        ("{participant:02d}/{expression}", "cannot have a format"),
        ("{participant}//{expression}", "empty folder name"),
        ("/{participant}/{expression}", "empty folder name"),
        ("{expression}/{participant}{photo}", "nothing separates"),
    ],
)
def test_a_pattern_that_cannot_mean_anything_is_refused(pattern: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Layout(pattern)


@given(NAME, NAME, NAME, NAME)
def test_what_is_written_by_a_layout_is_read_back(a: str, b: str, c: str, d: str) -> None:
    fields = PathFields(participant=a, expression=b, supervised=c, photo=d)
    for pattern in (DEFAULT, "{participant}.{expression}/x{supervised}-{photo}"):
        path = pattern.format(participant=a, expression=b, supervised=c, photo=d)
        assert Layout(pattern).parse(path) == fields


def test_a_layout_without_participant_is_read_where_it_need_not_hold_one() -> None:
    layout = Layout("{expression}/{photo}", required={"expression"})

    assert layout.parse("happy/12") == PathFields(None, "happy", None, "12")
    with pytest.raises(UsageError, match=r"expression.* is missing"):
        Layout("{photo}", required={"expression"})
