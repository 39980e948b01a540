"""Settings proposed from names: for each known set, what its documentation says of its files."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from lakehouse.dataset.known_sets import KNOWN_SETS
from lakehouse.dataset.listing import Reason
from lakehouse.dataset.proposal import A_GUESS, LIKELY, SURE, propose_settings
from lakehouse.dataset.walk import walk_photos
from lakehouse.errors import InputError
from tests.named_sets import NAMED_SETS, NOT_SAYING_ALL, NamedSet


def touched(root: Path, *paths: str) -> Path:
    return NamedSet({}, paths, ()).write(root)


def test_every_known_set_has_made_up_files() -> None:
    says_all = {known.name: known.layout is not None for known in KNOWN_SETS}
    assert says_all == dict.fromkeys(NAMED_SETS, True) | dict.fromkeys(NOT_SAYING_ALL, False)


@pytest.mark.parametrize("known", KNOWN_SETS, ids=lambda known: known.name)
def test_the_example_of_a_set_is_of_the_set_alone(known) -> None:
    stem = known.example.rpartition(".")[0]
    assert next(other.name for other in KNOWN_SETS if other.knows(stem)) == known.name


@pytest.mark.parametrize("depth", ["", "download/set/"])
@pytest.mark.parametrize("name", NAMED_SETS)
def test_a_known_set_is_read_as_its_documentation_has_it(name, depth, tmp_path) -> None:
    named = NAMED_SETS[name]
    named.write(tmp_path / depth)

    proposal = propose_settings(tmp_path)

    assert proposal.names.startswith(f"named as in {name} (")
    assert proposal.certainty == (LIKELY if name == "FEI" else SURE)
    assert proposal.fitting == proposal.photographs == len(named.shown) + len(named.ignored)
    listing = walk_photos(tmp_path, proposal.settings.dataset)
    found = {photo.path: photo.cell for photo in listing}
    assert found == {f"{depth}{path}": cell for path, cell in named.shown.items()}
    ignored = {each.reason: each.count for each in listing.ignored}
    assert ignored.pop(Reason.NO_PHOTOGRAPH) == 1 + len(named.texts)
    because = {path: reason for reason in ignored for path in named.ignored_for.get(reason, ())}
    assert set(because) == set(named.ignored)
    assert ignored == Counter(because.values())


@pytest.mark.parametrize("place", ["Emotion", "Emotion_labels/Emotion", "photos/Emotion"])
def test_labels_of_ck_are_found_among_the_photographs_and_beside_them(place, tmp_path) -> None:
    named = NAMED_SETS["CK+"]
    named.write(tmp_path / "photos")
    moved = shutil.move(tmp_path / "photos" / "Emotion", tmp_path / "aside")
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    shutil.move(moved, tmp_path / place)

    proposal = propose_settings(tmp_path / "photos")

    assert proposal.certainty == SURE
    labels = proposal.settings.dataset.sequence.labels
    assert labels is not None
    assert (tmp_path / "photos" / labels).resolve() == tmp_path / place
    assert len(walk_photos(tmp_path / "photos", proposal.settings.dataset)) == len(named.shown)


def test_where_labels_of_ck_are_nowhere_it_is_said_where_they_belong(tmp_path) -> None:
    NAMED_SETS["CK+"].write(tmp_path / "a" / "b" / "photos")
    shutil.rmtree(tmp_path / "a" / "b" / "photos" / "Emotion")

    proposal = propose_settings(tmp_path / "a" / "b" / "photos")

    assert proposal.certainty == LIKELY
    assert (
        "the folder Emotion, which says what a sequence shows, is neither" in proposal.remarks[-1]
    )
    assert proposal.settings.dataset.sequence.labels == "../Emotion"


@pytest.mark.parametrize("name", NOT_SAYING_ALL)
def test_a_known_set_whose_names_do_not_say_the_expression_needs_a_list(name, tmp_path) -> None:
    NOT_SAYING_ALL[name].write(tmp_path)

    proposal = propose_settings(tmp_path)

    assert proposal.names.startswith(f"named as in {name} (")
    assert proposal.needs_list
    assert "--manifest" in proposal.remarks[-1]
    assert "neutral" in proposal.settings.dataset.expressions


@pytest.mark.parametrize(
    ("name", "photos", "masks", "reference"),
    [
        ("KDEF", 2, "all", "own"),
        ("JAFFE", 3, "all", "own"),
        ("NimStim", "any", "all", "own"),
        ("FEI", 1, "all", "own"),
        ("MIGMA", 3, "all", "own"),
        ("CK+48", 3, "neutral", "canonical"),
        ("CK+", "any", "all", "own"),
    ],
)
def test_what_the_photographs_have_in_common_becomes_a_setting(
    name, photos, masks, reference, tmp_path
) -> None:
    NAMED_SETS[name].write(tmp_path)

    settings = propose_settings(tmp_path).settings

    quality = settings.quality
    assert (quality.photos_per_mask, quality.masks, quality.reference) == (photos, masks, reference)
    assert settings.alignment.method == ("paper" if reference == "own" else "procrustes")


def test_strangers_among_the_files_make_it_less_sure(tmp_path) -> None:
    NAMED_SETS["FACES"].write(tmp_path)
    touched(tmp_path, *(f"other{number}.jpg" for number in range(20)))

    proposal = propose_settings(tmp_path)

    assert (proposal.certainty, proposal.fitting, proposal.photographs) == (LIKELY, 48, 68)


@pytest.mark.parametrize(
    ("paths", "layout", "certainty", "cells"),
    [
        (
            ("train/happy/1.jpg", "train/neutral/2.jpg", "test/happy/3.jpg"),
            "{_}/{expression}/{photo}",
            LIKELY,
            {
                ("train/happy/1", "happiness", False),
                ("train/neutral/2", "neutral", False),
                ("test/happy/3", "happiness", False),
            },
        ),
        (
            ("subject01.happy", "subject01.normal", "subject02.sad"),
            "{participant}.{expression}",
            A_GUESS,
            {
                ("subject01", "happiness", False),
                ("subject01", "neutral", False),
                ("subject02", "sadness", False),
            },
        ),
        (
            ("p1/Angry/a.jpg", "p2/Angry/a.jpg", "p2/NEUTRAL/a.jpg"),
            "{participant}/{expression}/{photo}",
            A_GUESS,
            {("p1", "anger", False), ("p2", "anger", False), ("p2", "neutral", False)},
        ),
        (
            ("all/happy/1.jpg", "all/sad/2.jpg", "all/sad/3.jpg"),
            "{_}/{expression}/{photo}",
            LIKELY,
            {
                ("all/happy/1", "happiness", False),
                ("all/sad/2", "sadness", False),
                ("all/sad/3", "sadness", False),
            },
        ),
        (
            ("7_Überraschung_1.png", "7_ohne-Ausdruck_1.png", "8_Fröhlich_1.png", "8_enojo_1.png"),
            "{participant}_{expression}_{photo}",
            A_GUESS,
            {("7", "surprise", False), ("8", "happiness", False)},
        ),
        (
            ("all/S 1/happy_1.jpg", "all/S 1/neutral_1.jpg", "all/S,2/neutral_1.jpg"),
            "{_}/{participant}/{expression}_{photo}",
            A_GUESS,
            {("S 1", "happiness", False), ("S 1", "neutral", False), ("S,2", "neutral", False)},
        ),
        (
            ("all/S1/first/happy.jpg", "all/S1/first/neutral.jpg", "all/S2/first/happy.jpg"),
            "{_}/{participant}/{_}/{expression}",
            A_GUESS,
            {("S1", "happiness", False), ("S1", "neutral", False), ("S2", "happiness", False)},
        ),
        (
            ("train/S1/happy.jpg", "test/S1/neutral.jpg"),
            "{_}/{participant}/{expression}",
            A_GUESS,
            {("S1", "happiness", False), ("S1", "neutral", False)},
        ),
        (
            ("7_alegria_1.png", "7_neutro_1.png"),
            "{participant}_{expression}_{photo}",
            A_GUESS,
            {("7", "happiness", False), ("7", "neutral", False)},
        ),
    ],
)
def test_words_for_expressions_in_one_place_are_noticed(
    paths, layout, certainty, cells, tmp_path
) -> None:
    touched(tmp_path, *paths)
    for path in paths:
        (tmp_path / path).write_bytes(b"GIF89a")

    proposal = propose_settings(tmp_path)

    assert (proposal.settings.dataset.layout, proposal.certainty) == (layout, certainty)
    assert {photo.cell for photo in walk_photos(tmp_path, proposal.settings.dataset)} == cells


def test_one_folder_per_expression_without_a_neutral_one(tmp_path) -> None:
    touched(tmp_path, "Happy/1.jpg", "Sad/2.jpg")

    proposal = propose_settings(tmp_path)

    assert proposal.settings.dataset.identity == "photo"
    assert proposal.settings.quality.reference == "canonical"
    assert "participant of its own" in proposal.remarks[0]


def test_people_without_neutral_photograph_are_told(tmp_path) -> None:
    touched(tmp_path, "1/happy.jpg", "1/neutral.jpg", "2/happy.jpg")

    [remark] = propose_settings(tmp_path).remarks

    assert remark.startswith("participants without a neutral photograph: 1 of 2")


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        ((), "holds no photograph"),
        (("notes.txt",), "holds no photograph"),
        (("IMG_1.jpg", "IMG_2.jpg"), "holds 2 photographs whose names (such as IMG_1)"),
        (("a/b/happy_1.jpg", "IMG_2.jpg", "IMG_3.jpg"), "docs/layouts.md"),
    ],
)
def test_names_that_say_nothing_are_refused(paths, said, tmp_path) -> None:
    touched(tmp_path, *paths)
    with pytest.raises(InputError) as raised:
        propose_settings(tmp_path)
    assert said in str(raised.value)
