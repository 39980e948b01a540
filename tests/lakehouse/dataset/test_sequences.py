"""Sequences: which frames are taken, as what, and what is told of the others."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.dataset.cells import Candidate, Frame
from lakehouse.dataset.listing import IgnoredCounter, Listing, PhotoFile, Reason, SequencesFound
from lakehouse.dataset.path_reader import count_sequences
from lakehouse.dataset.sequences import FrameChoice
from lakehouse.dataset.walk import walk_photos
from lakehouse.errors import UsageError
from lakehouse.settings.dataset import Dataset

CODES = {"normal": "neutral", "happy": "happiness", "sad": "sadness"}
CK = "{participant}/{sequence}/{_}_{_}_{frame}"


def dataset(layout: str, **sequence: object) -> Dataset:
    return Dataset.model_validate(
        {"layout": layout, "expressions": CODES, "sequence": {"apex": 2, **sequence}}
    )


def listed(root: Path, paths: list[str], chosen: Dataset) -> Listing:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    return walk_photos(root, chosen)


def shown(listing: Listing) -> dict[str, tuple[str, str, bool, str]]:
    return {file.path: file.key for file in listing}


def ignored(listing: Listing) -> dict[str, tuple[int, str]]:
    return {each.reason: (each.count, each.example) for each in listing.ignored}


def sequences(listing: Listing) -> SequencesFound:
    assert listing.sequences is not None
    return listing.sequences


def test_the_first_frames_are_neutral_and_the_last_the_expression(tmp_path: Path) -> None:
    # Numbers, not names, give the order: 10 comes behind 9.
    paths = [f"P1/happy/{number}.png" for number in (7, 8, 9, 10, 11)]

    found = listed(tmp_path, paths, dataset("{participant}/{expression}/{frame}"))

    assert shown(found) == {
        "P1/happy/7.png": ("P1", "neutral", False, "happy_7"),
        "P1/happy/10.png": ("P1", "happiness", False, "happy_10"),
        "P1/happy/11.png": ("P1", "happiness", False, "happy_11"),
    }
    assert ignored(found) == {Reason.BETWEEN: (2, "P1/happy/8.png")}
    assert found.set_aside == {"P1/happy/8.png", "P1/happy/9.png"}
    assert sequences(found) == SequencesFound(1, 1, (), (), ())


def test_several_sequences_of_a_person_give_several_neutral_photographs(tmp_path: Path) -> None:
    paths = [f"P1/{feeling}/{number}.png" for feeling in ("happy", "sad") for number in (1, 2, 3)]

    found = listed(tmp_path, paths, dataset("{participant}/{expression}/{frame}"))

    assert [key for key in shown(found).values() if key[1] == "neutral"] == [
        ("P1", "neutral", False, "happy_1"),
        ("P1", "neutral", False, "sad_1"),
    ]


def test_a_sequence_is_named_by_its_field_and_is_one_in_whatever_folders(tmp_path: Path) -> None:
    layout = "{_}/{participant}_{sequence}_{expression}_{frame}"
    paths = [f"disk{number}/P1_a_happy_{number}.png" for number in (1, 2, 3)]
    paths += [f"disk1/P1_b_happy_{number}.png" for number in (1, 2, 3)]

    found = listed(tmp_path, paths, dataset(layout))

    assert sequences(found).used == 2
    assert {photo for _, _, _, photo in shown(found).values()} == {
        "a_1", "a_2", "a_3", "b_1", "b_2", "b_3",
    }  # fmt: skip


def test_where_nothing_names_a_sequence_a_folder_does(tmp_path: Path) -> None:
    paths = [f"{day}/P1_happy_{number}.png" for day in ("mon", "tue") for number in (1, 2, 3, 4)]

    found = listed(tmp_path, paths, dataset("{_}/{participant}_{expression}_{frame}"))

    assert sequences(found).used == 2
    assert len(set(shown(found).values())) == len(found) == 6


@pytest.mark.parametrize("number", [1, 2])
def test_a_sequence_that_is_too_short_is_left_out_whole(tmp_path: Path, number: int) -> None:
    paths = [f"P1/happy/{frame}.png" for frame in range(number)]
    paths += [f"P2/happy/{frame}.png" for frame in range(3)]

    found = listed(tmp_path, paths, dataset("{participant}/{expression}/{frame}"))

    assert {key[0] for key in shown(found).values()} == {"P2"}
    assert ignored(found) == {Reason.TOO_SHORT: (number, "P1/happy/0.png")}
    assert found.set_aside == {f"P1/happy/{frame}.png" for frame in range(number)}
    assert (sequences(found).found, sequences(found).used) == (2, 1)
    assert [(each.reason, each.count) for each in sequences(found).unused] == [
        (Reason.TOO_SHORT, 1)
    ]


def test_a_single_frame_will_do_where_no_neutral_one_is_asked_for(tmp_path: Path) -> None:
    chosen = dataset("{participant}/{expression}/{frame}", neutral=0, apex=1)

    found = listed(tmp_path, ["P1/happy/1.png"], chosen)

    assert shown(found) == {"P1/happy/1.png": ("P1", "happiness", False, "happy_1")}


def test_a_number_that_is_there_twice_leaves_the_sequence_out_and_names_both(
    tmp_path: Path,
) -> None:
    paths = [f"P1/happy/{frame}.png" for frame in ("1", "2", "02", "3")]

    found = listed(tmp_path, paths, dataset("{participant}/{expression}/{frame}"))

    assert not found.photos
    [(count, example)] = ignored(found).values()
    assert count == 4
    assert {*example.split(" and ")} == {"P1/happy/2.png", "P1/happy/02.png"}


def test_a_gap_is_told_and_no_harm(tmp_path: Path) -> None:
    paths = [f"P1/happy/{frame}.png" for frame in (4, 5, 7, 9)]
    paths += [f"P2/happy/{frame}.png" for frame in (4, 5, 6)]

    found = listed(tmp_path, paths, dataset("{participant}/{expression}/{frame}"))

    assert (sequences(found).used, len(found)) == (2, 6)
    [gap] = sequences(found).gaps
    assert (gap.count, gap.example) == (1, "before P1/happy/7.png")


@pytest.mark.parametrize("name", ["5b", "last", "-1", "1.5", "٣"])
def test_a_frame_that_is_no_number_is_ignored_for_that_reason(tmp_path: Path, name: str) -> None:
    paths = [f"P1/happy/{frame}.png" for frame in ("1", "2", "3", name)]

    found = listed(tmp_path, paths, dataset("{participant}/{expression}/{frame}"))

    assert ignored(found) == {Reason.NOT_A_FRAME: (1, f"P1/happy/{name}.png")}
    assert len(found) == 3


def test_conditions_and_codes_that_are_not_listed_are_told_as_ever(tmp_path: Path) -> None:
    paths = [
        f"P1/{what}/{cue}/{frame}.png"
        for what, cue in (("happy", "01"), ("happy", "00"), ("angry", "00"), ("sad", "07"))
        for frame in (1, 2, 3)
    ]

    found = listed(tmp_path, paths, dataset("{participant}/{expression}/{supervised}/{frame}"))

    assert {key[:3] for key in shown(found).values()} == {
        ("P1", feeling, cue) for feeling in ("neutral", "happiness") for cue in (False, True)
    }
    assert ignored(found) == {
        Reason.UNKNOWN_EXPRESSION: (3, "angry"),
        Reason.UNKNOWN_SUPERVISED: (3, "07"),
    }
    assert sequences(found).found == 4


def test_a_regular_expression_may_have_frames_too(tmp_path: Path) -> None:
    chosen = Dataset.model_validate(
        {
            "layout_regex": r"(?P<participant>\d+)(?P<expression>[a-z]+)(?P<frame>\d+)",
            "expressions": CODES,
            "sequence": {"apex": 1},
        }
    )

    found = listed(tmp_path, ["12happy9.png", "12happy10.png", "12happy11.png"], chosen)

    assert {path: key[1] for path, key in shown(found).items()} == {
        "12happy9.png": "neutral",
        "12happy11.png": "happiness",
    }
    assert chosen.has_frames()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"identity": "photo"}, 'has {frame}, but dataset.identity is "photo"'),
        ({"layout": "{participant}/{expression}/{frame}{photo:1}"}, "has {frame} and {photo}"),
        ({"layout": "{participant}/{sequence}/{expression}"}, "has {sequence} and no {frame}"),
        ({"layout": "{participant}/{frame}"}, "{expression} is missing"),
        (
            {
                "layout": "{participant}/{sequence}/{expression}_{frame}",
                "sequence": {"labels": "x"},
            },
            "has {expression}, and dataset.sequence.labels says it too",
        ),
        (
            {"layout": "{participant}/{frame}", "sequence": {"labels": "x"}},
            "has no {sequence}, of which dataset.sequence.labels speaks",
        ),
        (
            {"expressions": {"happy": "happiness"}},
            "dataset.expressions: does not list neutral, which the first frames",
        ),
    ],
)
def test_what_contradicts_itself_is_refused_in_one_line(
    tmp_path: Path, changed: dict[str, object], message: str
) -> None:
    values = {"layout": "{participant}/{expression}/{frame}", "expressions": CODES, **changed}

    with pytest.raises(UsageError) as raised:
        walk_photos(tmp_path, Dataset.model_validate(values))

    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_labels_are_of_no_use_without_frames() -> None:
    with pytest.raises(ValueError, match="labels are of sequences"):
        Dataset.model_validate({"sequence": {"labels": "../Emotion"}})


@given(
    st.sets(st.integers(0, 30)),
    st.integers(0, 4),
    st.integers(1, 4),
)
def test_every_frame_is_neutral_expression_or_told(
    numbers: set[int], neutral: int, apex: int
) -> None:
    chosen = dataset("{participant}/{expression}/{frame}", neutral=neutral, apex=apex)
    files = [
        Candidate(
            PhotoFile("P", "happiness", False, str(number), f"P/happy/{number}", Path("x")),
            ".png",
            Frame(None, number),
        )
        for number in numbers
    ]
    counter = IgnoredCounter()
    choice = FrameChoice(chosen, counter)

    taken = choice.choose(files)

    told = sum(each.count for each in counter.result())
    assert len(taken) + told == len(numbers)
    assert told == len(choice.set_aside)
    if len(numbers) >= neutral + apex:
        order = sorted(numbers)
        by_feeling = {
            feeling: [each.frame.number for each in taken if each.file.expression == feeling]
            for feeling in ("neutral", "happiness")
        }
        assert by_feeling == {"neutral": order[:neutral], "happiness": order[-apex:]}
    else:
        assert taken == []


def test_sequences_are_counted_from_the_paths_of_photographs() -> None:
    paths = [
        f"P{who}/{take}/P_{take}_{frame}.png" for who in "12" for take in "ab" for frame in "12"
    ]

    labelled = dataset(CK, labels="x")

    assert count_sequences([*paths, "elsewhere.png"], labelled) == 4
    assert count_sequences(paths, dataset("{participant}/{expression}/{_}_{_}_{frame}")) == 4
    assert count_sequences([], labelled) == 0
