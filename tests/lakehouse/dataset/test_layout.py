import time
from contextlib import suppress
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.dataset.layout import AmbiguousPathError, Layout, PathFields
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


def test_known_codes_leave_a_separator_to_the_participant() -> None:
    layout = Layout("{participant}.{expression}", expressions=["happy", "sad"])
    assert layout.parse("a.b.happy") == PathFields("a.b", "happy", None, None)


CODES = ["00", "01", "1"]


@pytest.mark.parametrize(
    ("pattern", "path", "readings", "field"),
    [
        (
            "{expression}/{participant}_{photo}",
            "00/S01_001_0001",
            "participant 'S01', photo '001_0001' or as participant 'S01_001', photo '0001'",
            "participant",
        ),
        (
            "{expression}/{photo}_{participant}",
            "00/1_2_S01",
            "photo '1', participant '2_S01' or as photo '1_2', participant 'S01'",
            "photo",
        ),
        (
            "{participant}_{expression}_{photo}",
            "S_00_01_3",
            "participant 'S', expression '00', photo '01_3' or as participant 'S_00', "
            "expression '01', photo '3'",
            "participant",
        ),
        (
            "{participant}.{photo}{expression}",
            "S.101",
            "photo '1', expression '01' or as photo '10', expression '1'",
            "photo",
        ),
    ],
)
def test_a_path_that_can_be_read_in_two_ways_is_refused_with_both(
    pattern: str, path: str, readings: str, field: str
) -> None:
    layout = Layout(pattern, expressions=CODES)
    with pytest.raises(UsageError) as raised:
        layout.parse(path)
    assert str(raised.value) == (
        f"layout {pattern!r}: {path!r} can be read as {readings}; write {{{field}:short}} for the "
        f"first or {{{field}:long}} for the second"
    )


@pytest.mark.parametrize(
    ("pattern", "participant", "photo"),
    [
        ("{expression}/{participant:short}_{photo}", "S01", "001_0001"),
        ("{expression}/{participant:long}_{photo}", "S01_001", "0001"),
    ],
)
def test_a_pattern_says_which_of_two_readings_is_meant(
    pattern: str, participant: str, photo: str
) -> None:
    found = Layout(pattern, expressions=CODES).parse("00/S01_001_0001")
    assert found == PathFields(participant, "00", None, photo)


def test_a_long_path_is_not_shown_whole() -> None:
    with pytest.raises(UsageError) as raised:
        Layout("{expression}/{participant}_{photo}").parse("00/" + "a_" * 2000 + "1")
    assert len(str(raised.value)) < 600


def test_what_will_be_ignored_needs_no_single_reading() -> None:
    layout = Layout("{participant}_{expression}_{photo}", expressions=CODES)
    assert layout.parse("S_99_98_3") == PathFields("S_99", "98", None, "3")


@given(st.text("a_0", min_size=1, max_size=8))
def test_every_second_reading_is_noticed(path: str) -> None:
    readings = {
        (path[:place], path[place + 1 :])
        for place, letter in enumerate(path)
        if letter == "_" and 0 < place < len(path) - 1
    }
    layout = Layout("{expression}/{participant}_{photo}", expressions=CODES)
    if len(readings) > 1:
        with pytest.raises(UsageError, match="can be read as"):
            layout.parse(f"00/{path}")
    else:
        found = layout.parse(f"00/{path}")
        assert ({(found.participant, found.photo)} if found else set()) == readings


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
        ("{participant:02d}/{expression}", "cannot have a format but a width, short and long"),
        ("{participant:0}/{expression}", "cannot have a format"),
        (
            "{expression}/{_}{participant}",
            "nothing separates {_} from {participant}; give one a width",
        ),
        ("{participant!r}/{expression}", "cannot have a format"),
        ("{participant}//{expression}", "empty folder name"),
        ("/{participant}/{expression}", "empty folder name"),
        ("{expression}/{participant}{photo}", "nothing separates"),
        ("{expression}/{participant}_{sequence}{frame}", "nothing separates {sequence} from"),
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


@pytest.mark.parametrize(
    ("pattern", "path", "fields"),
    [
        (
            "{_}/{_:1}{participant:3}{expression:2}S",
            "AF01/BF01ANS",
            PathFields("F01", "AN", None, None),
        ),
        (
            "{expression}/{participant:4}_{_}",
            "HA/S010_004_0017",
            PathFields("S010", "HA", None, None),
        ),
        ("{participant:2}{photo}/{expression}", "0712/AN", PathFields("07", "AN", None, "12")),
        ("{_:short}_{participant}_{expression}", "a_b_c_AN", PathFields("b_c", "AN", None, None)),
        ("{_}_{expression}_{_}/{participant}", "a_b_AN_c_d/1", PathFields("1", "AN", None, None)),
        (
            "{participant}_{frame}/{expression}",
            "S1_2_b_3/AN",
            PathFields("S1_2_b", "AN", None, None, None, "3"),
        ),
        (
            "{participant:4}/{sequence}_{expression}/x{frame:3}",
            "S010/004_HA/x017",
            PathFields("S010", "HA", None, None, "004", "017"),
        ),
    ],
)
def test_what_means_nothing_is_ignored_and_a_width_divides(
    pattern: str, path: str, fields: PathFields
) -> None:
    assert Layout(pattern, expressions=["AN", "HA"]).parse(path) == fields


@pytest.mark.parametrize("path", ["AF01/AF01ANHL", "AF01/AF01AS", "AF01ANS", "x/AF01ANFS"])
def test_another_width_does_not_fit(path: str) -> None:
    layout = Layout("{_}/{_:1}{participant:3}{expression:2}S", expressions=["AN", "AF"])
    assert layout.parse(path) is None


def test_what_divides_names_otherwise_is_named_where_it_is_ignored() -> None:
    layout = Layout("{_}_{participant}_{_}/{expression}", expressions=["AN"])
    with pytest.raises(AmbiguousPathError) as raised:
        layout.parse("a_b_c_d/AN")
    assert str(raised.value) == (
        "layout '{_}_{participant}_{_}/{expression}': 'a_b_c_d/AN' can be read as participant 'b' "
        "or as participant 'c'; give the first {_} a width, as in {_:3}, or write {_:short} or "
        "{_:long}"
    )


def test_a_reading_between_two_that_agree_is_noticed() -> None:
    layout = Layout("{_}x{participant}y{_}/{expression}", expressions=["AN"])
    with pytest.raises(AmbiguousPathError, match="'A' or as participant"):
        layout.parse("1xAy2xBy3xAy4/AN")


@given(st.text("a_0", min_size=1, max_size=8))
def test_every_second_reading_beside_what_is_ignored_is_noticed(path: str) -> None:
    places = [place for place, letter in enumerate(path) if letter == "_"]
    readings = {
        path[one + 1 : other]
        for one, other in combinations(places, 2)
        if 0 < one < other - 1 and other < len(path) - 1
    }
    layout = Layout("{_}_{participant}_{_}/{expression}", expressions=["AN"])
    if len(readings) > 1:
        with pytest.raises(AmbiguousPathError, match="can be read as"):
            layout.parse(f"{path}/AN")
    else:
        found = layout.parse(f"{path}/AN")
        assert ({found.participant} if found else set()) == readings


@pytest.mark.parametrize(
    "pattern",
    [
        "{_}_{participant}_{_}/{expression}",
        "{participant}_{_}_{photo}/{expression}",
        "{participant:short}_{expression}_{photo}/{_:2}",
        "{participant}_{frame}/{expression}",
        "{_}_{sequence}_{frame}/{expression}{participant:1}",
        "{participant}_{frame:2}{_}/{expression}",
        "{_:short}_{participant:long}{photo:2}/{expression}",
        "{participant}{expression}{_}/{supervised}",
    ],
)
@given(path=st.text("_01", min_size=1, max_size=9), rest=st.sampled_from(["00", "01", "9", "12"]))
def test_both_ways_of_reading_a_path_agree(pattern: str, path: str, rest: str) -> None:
    layout = Layout(pattern, expressions=CODES, supervised=CODES)
    results = []
    for read in (layout.parse, layout._parse_slowly):
        try:
            results.append(read(f"{path}/{rest}"))
        except AmbiguousPathError as error:
            results.append(type(error))
    assert results[0] == results[1]


@pytest.mark.parametrize(
    "name", ["_" * 255, "a_" * 127, "a_" * 125 + "_AN", "_" * 250 + "_9_0", "_" * 120 + "AN_" * 40]
)
def test_no_name_takes_long_to_read(name: str) -> None:
    # With regular expressions alone some of these took hours.
    layout = Layout(
        "{_}_{_}_{_}_{_}_{_}_{_}_{participant}_{photo}_{expression}", expressions=["AN"]
    )
    started = time.monotonic()
    with suppress(AmbiguousPathError):
        layout.parse(name)
    assert time.monotonic() - started < 10


def test_a_pattern_of_many_fields_is_refused_with_both_readings_too() -> None:
    layout = Layout("{_}_{_}_{_}_{participant}/{expression}", expressions=["AN"])
    assert layout.parse("a_b_c_d/AN") == PathFields("d", "AN", None, None)
    assert layout.parse("a_b_c_d/HA") == PathFields("d", "HA", None, None)
    assert layout.parse("a_b_d/AN") is None
    with pytest.raises(AmbiguousPathError) as raised:
        layout.parse("a_b_c_d_e/AN")
    assert "read as participant 'e' or as participant 'd_e'; give the first {_}" in str(
        raised.value
    )
