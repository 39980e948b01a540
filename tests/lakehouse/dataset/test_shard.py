"""Shares of a dataset's photographs."""

import unicodedata
from pathlib import Path

import pytest

from lakehouse.dataset.listing import Listing, PhotoFile
from lakehouse.dataset.shard import Shard, share_of
from lakehouse.errors import UsageError


def shares_of(listing: Listing, of: int, identity: str = "participant") -> list[Listing]:
    return [share_of(listing, Shard(number, of), identity) for number in range(1, of + 1)]


def photo(participant: str, path: str) -> PhotoFile:
    return PhotoFile(participant, "neutral", False, path, path, Path(path))


PHOTOS = [photo(f"{place // 3:04d}", f"{place}.jpg") for place in range(300)]


@pytest.mark.parametrize("of", [1, 2, 8, 13])
def test_every_participant_is_in_one_share_with_all_photographs(of: int) -> None:
    shares = [
        share_of(Listing(tuple(PHOTOS)), Shard(n, of), "participant") for n in range(1, of + 1)
    ]
    assert sorted(each.path for share in shares for each in share) == sorted(
        each.path for each in PHOTOS
    )
    people = [{each.participant for each in share} for share in shares]
    assert sum(map(len, people)) == 100
    # As even as chance makes them.
    assert of == 1 or max(map(len, people)) < 3 * 100 / of


def test_a_share_is_the_same_whatever_else_is_there() -> None:
    whole = share_of(Listing(tuple(PHOTOS)), Shard(3, 8), "participant")
    half = share_of(Listing(tuple(PHOTOS[::2])), Shard(3, 8), "participant")
    assert {each.path for each in half} == {each.path for each in whole} & {
        each.path for each in PHOTOS[::2]
    }
    assert [each.path for each in whole] == [
        each.path for each in PHOTOS if each.participant in {who.participant for who in whole}
    ]


def test_a_share_is_the_same_in_every_version_and_on_every_machine() -> None:
    numbers = [
        number for who in range(9) for number in range(1, 9) if Shard(number, 8).holds(f"{who:04d}")
    ]
    assert numbers == [2, 4, 6, 2, 6, 6, 7, 8, 7]


def test_ids_that_look_alike_fall_to_one_share() -> None:
    for name in ("é", "ü9", "ção"):
        forms = [unicodedata.normalize(form, name) for form in ("NFC", "NFD")]
        assert forms[0] != forms[1]
        assert [Shard(2, 3).holds(form) for form in forms].count(True) in {0, 2}


def test_where_it_is_not_known_who_is_shown_paths_decide() -> None:
    listing = Listing(tuple(photo("same", f"{place}.jpg") for place in range(100)))
    by_path = [len(share) for share in shares_of(listing, 4, "photo")]
    assert sum(by_path) == 100
    assert min(by_path) > 10
    assert sorted(len(share) for share in shares_of(listing, 4)) == [0, 0, 0, 100]


@pytest.mark.parametrize("text", ["1/1", " 3/8", "008/008", "999999/999999"])
def test_what_is_a_shard(text: str) -> None:
    shard = Shard.parse(text)
    assert str(shard) == "/".join(str(int(number)) for number in text.split("/"))


@pytest.mark.parametrize(
    "text",
    [
        *("", "3", "0/8", "9/8", "1/0", "-1/8", "a/b", "1/8/2", "1.0/8", "²/3", "1/1000000"),
        *("1\n/2", "x" * 99),
    ],
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(UsageError) as told:
        Shard.parse(text)
    message = str(told.value)
    assert message.startswith("--shard: is ")
    assert "\n" not in message
    assert len(message) < 100
