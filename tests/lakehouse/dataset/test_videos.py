from pathlib import Path

import pytest

from lakehouse.dataset.first_look import look_at
from lakehouse.dataset.listing import Listing, Reason
from lakehouse.dataset.manifest import read_manifest
from lakehouse.dataset.manifest_file import ManifestFile
from lakehouse.dataset.proposal import propose_settings
from lakehouse.dataset.shard import Shard, share_of
from lakehouse.dataset.walk import walk_photos
from lakehouse.errors import InputError, UsageError
from lakehouse.settings import Settings
from lakehouse.settings.dataset import Dataset

MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41"
JPEG = b"\xff\xd8\xff\xe0"


def write(root: Path, *names: str, content: bytes = MP4) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def found(listing: Listing) -> dict[str, tuple[object, ...]]:
    return {
        each.path: (each.participant, each.expression, each.supervised, each.video)
        for each in listing.videos
    }


def ignored(listing: Listing) -> dict[str, int]:
    return {each.reason: each.count for each in listing.ignored}


def test_videos_are_found_by_content_beside_photographs(tmp_path: Path) -> None:
    write(tmp_path, "05/01/0007/a.mp4", "05/01/0007/without", "00/00/0007/c.MOV")
    write(tmp_path, "05/01/0007/photo.jpg", "05/01/0007/b.mp4", content=JPEG)
    write(tmp_path, "05/01/0007/renamed.avi", "05/01/0007/notes.txt", content=b"just words")
    listing = walk_photos(tmp_path, Dataset())
    assert found(listing) == {
        "00/00/0007/c.MOV": ("0007", "neutral", False, "c"),
        "05/01/0007/a.mp4": ("0007", "happiness", True, "a"),
        # By its name it is one, so what is wrong with it is told.
        "05/01/0007/renamed.avi": ("0007", "happiness", True, "renamed"),
        "05/01/0007/without": ("0007", "happiness", True, "without"),
    }
    assert [photo.path for photo in listing] == ["05/01/0007/b.mp4", "05/01/0007/photo.jpg"]
    assert ignored(listing) == {Reason.NO_PHOTOGRAPH: 1}


def test_codes_that_are_not_listed_are_ignored(tmp_path: Path) -> None:
    write(tmp_path, "99/00/1/a.mp4", "05/77/1/a.mp4", "05/a.mp4")
    listing = walk_photos(tmp_path, Dataset())
    assert found(listing) == {}
    assert ignored(listing) == {
        Reason.NOT_IN_LAYOUT: 1,
        Reason.UNKNOWN_EXPRESSION: 1,
        Reason.UNKNOWN_SUPERVISED: 1,
    }


@pytest.mark.parametrize(
    ("layout", "name", "read"),
    [
        ("{participant}/{video}", "S1/first.mp4", ("S1", None, None, "first")),
        ("{participant}/{_}/{video}", "S1/x/first.mp4", ("S1", None, None, "first")),
        ("{participant}_{expression}_{video}", "S1_05_3.mkv", ("S1", "happiness", False, "3")),
        ("{participant}_{expression}_{photo}", "S1_05_3.mkv", ("S1", "happiness", False, "3")),
        ("{participant}.{expression}", "S1.05.mp4", ("S1", "happiness", False, "S1.05")),
    ],
)
def test_layouts_name_videos(
    layout: str, name: str, read: tuple[object, ...], tmp_path: Path
) -> None:
    assert [*found(walk_photos(write(tmp_path, name), Dataset(layout=layout))).values()] == [read]


def test_a_regular_expression_may_do_without_an_expression(tmp_path: Path) -> None:
    write(tmp_path, "S1-rest.mp4", "S2-05-x.mp4")
    write(tmp_path, "S3-05-y.jpg", "S3-z.jpg", content=JPEG)
    pattern = "(?P<participant>S[0-9]+)-((?P<expression>[0-9]+)-)?(?P<video>.+)"
    listing = walk_photos(tmp_path, Dataset(layout_regex=pattern))
    assert found(listing) == {
        "S2-05-x.mp4": ("S2", "happiness", False, "x"),
        "S1-rest.mp4": ("S1", None, None, "rest"),
    }
    assert [(photo.path, photo.photo) for photo in listing] == [("S3-05-y.jpg", "y")]
    # A photograph has to show something.
    assert ignored(listing) == {Reason.NOT_IN_LAYOUT: 1}


@pytest.mark.parametrize(
    ("layout", "words"),
    [
        ("{participant}/{video}/{photo}", "has {video} and {photo}"),
        ("{participant}/{expression}/{video}/{frame}", "has {video} and {frame}"),
        ("{expression}/{video}", "{participant} is missing"),
        ("{participant}/{photo}", "{expression} is missing"),
    ],
)
def test_layouts_that_cannot_mean_anything_are_refused(
    layout: str, words: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError) as caught:
        walk_photos(tmp_path, Dataset(layout=layout))
    assert words in str(caught.value)


def test_a_participants_videos_of_one_name_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, "05/00/1/a.mp4", "03/00/1/a.mp4", "03/00/2/a.mp4")
    write(tmp_path, "05/00/1/b.mp4", "05/01/1/b.mp4")
    write(tmp_path, "05/00/1/c.mp4", "05/00/1/c.mov", "05/00/1/d.mp4")
    ids = {path: read[3] for path, read in found(walk_photos(tmp_path, Dataset())).items()}
    assert ids == {
        "03/00/1/a.mp4": "disgust_a",
        "05/00/1/a.mp4": "happiness_a",
        "03/00/2/a.mp4": "a",
        "05/00/1/b.mp4": "unsupervised_b",
        "05/01/1/b.mp4": "supervised_b",
        "05/00/1/c.mp4": "c.mp4",
        "05/00/1/c.mov": "c.mov",
        "05/00/1/d.mp4": "d",
    }


def test_ids_are_in_one_spelling_and_unique_whatever_the_codes(tmp_path: Path) -> None:
    write(tmp_path, "x/Jose\u0301/a.mp4", "y/Jose\u0301/a.mp4")
    dataset = Dataset(
        layout="{expression}/{participant}/{video}",
        expressions={"n": "neutral", "x": "sleepy", "y": "sleepy"},
    )
    listing = walk_photos(tmp_path, dataset)
    assert {each.participant for each in listing.videos} == {"Jos\u00e9"}
    assert {each.video for each in listing.videos} == {"x/Jos\u00e9/a.mp4", "y/Jos\u00e9/a.mp4"}


def test_where_nobody_is_known_each_video_is_a_participant(tmp_path: Path) -> None:
    write(tmp_path, "05/a.mp4", "05/a.mov", "03/b.mp4")
    dataset = Dataset(layout="{expression}/{video}", identity="photo")
    people = {path: read[0] for path, read in found(walk_photos(tmp_path, dataset)).items()}
    assert people == {"05/a.mp4": "05/a.mp4", "05/a.mov": "05/a.mov", "03/b.mp4": "03/b"}


def test_a_manifest_lists_videos(tmp_path: Path) -> None:
    root = write(tmp_path / "data", "1.mp4", "2.mp4", "left.mp4")
    write(root, "3.jpg", content=JPEG)
    file = tmp_path / "list.csv"
    file.write_text(
        "path,participant,expression,supervised,video\n"
        "1.mp4,A,,,session\n2.mp4,A,happy,yes,\n3.jpg,B,05,no,\n",
        encoding="utf-8",
    )
    listing = read_manifest(ManifestFile(file), root, Dataset())
    assert found(listing) == {
        "2.mp4": ("A", "happiness", True, "2"),
        "1.mp4": ("A", None, None, "session"),
    }
    assert [photo.key for photo in listing] == [("B", "happiness", False, "3")]
    assert ignored(listing) == {Reason.NOT_IN_MANIFEST: 1}
    file.write_text("path,participant,video\n1.mp4,A,x\n2.mp4,A,x\n", encoding="utf-8")
    with pytest.raises(InputError, match="row 3: its participant, expression"):
        read_manifest(ManifestFile(file), root, Dataset())
    file.write_text("path,participant\n1.mp4,A\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column that is known to be the expression"):
        read_manifest(ManifestFile(file), root, Dataset())


def test_a_column_video_of_photographs_says_nothing(tmp_path: Path) -> None:
    root = write(tmp_path / "data", "1.jpg", "2.jpg", content=JPEG)
    file = tmp_path / "list.csv"
    file.write_text(
        "path,participant,expression,video\n1.jpg,A,05,clip\n2.jpg,A,05,clip\n", encoding="utf-8"
    )
    listing = read_manifest(ManifestFile(file), root, Dataset())
    assert [photo.photo for photo in listing] == ["1", "2"]
    assert listing.manifest
    assert listing.manifest.not_read == ("video",)


def test_participants_are_not_parted_by_shards(tmp_path: Path) -> None:
    write(tmp_path, *(f"05/00/{who}/{name}.mp4" for who in range(9) for name in "ab"))
    listing = walk_photos(tmp_path, Dataset())
    shares = [share_of(listing, Shard(number, 3), "participant") for number in (1, 2, 3)]
    people = [{each.participant for each in share.videos} for share in shares]
    assert sum(map(len, people)) == 9
    assert sum(len(share.videos) for share in shares) == 18


def test_a_first_look_counts_them(tmp_path: Path) -> None:
    write(tmp_path, "S1/05_a.mp4", "S1/05_b.mp4", "S2/00_a.mp4")
    settings = Settings(dataset=Dataset(layout="{participant}/{expression}_{video}"))
    look = look_at(walk_photos(tmp_path, settings.dataset), settings)
    assert look.advice == ()
    assert look.videos
    assert (look.videos.videos, look.videos.participants, look.videos.sessions) == (3, 2, 0)
    assert look.videos.expressions == {"neutral": 1, "happiness": 2}
    assert look.videos.examples[0] == "S1 a (S1/05_a.mp4)"


@pytest.mark.parametrize(
    ("names", "layout"),
    [
        (
            ["05/00/0870/1.mp4", "00/01/0870/2.mp4"],
            "{expression}/{supervised}/{participant}/{video}",
        ),
        (["S1/happy_1.mp4", "S2/sad_1.mp4"], "{participant}/{expression}_{video}"),
        (["S1/neutral_1.mp4", "S2/sad_1.mp4"], "{participant}/{expression}_{video}"),
        (["x/S1/morning.mp4", "x/S2/evening.mp4"], "{_}/{participant}/{video}"),
    ],
)
def test_settings_are_proposed_for_videos(names: list[str], layout: str, tmp_path: Path) -> None:
    proposal = propose_settings(write(tmp_path, *names))
    assert (proposal.settings.dataset.layout, proposal.kind) == (layout, "videos")
    assert len(walk_photos(tmp_path, proposal.settings.dataset).videos) == len(names)


def test_nothing_is_proposed_for_a_heap_of_videos(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        propose_settings(write(tmp_path, "one.mp4", "two.mp4"))
