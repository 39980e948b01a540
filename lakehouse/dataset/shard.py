"""A stable share of a dataset's photographs, for one of several machines."""

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Final, Self

from lakehouse.dataset.listing import Listing, PhotoFile, VideoFile
from lakehouse.errors import UsageError
from lakehouse.ids import canonical

_TEXT: Final = re.compile(r"(\d{1,6})/(\d{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shard:
    """One of so many shares.

    Parameters
    ----------
    number : int
        From 1.
    of : int
        How many there are.

    Raises
    ------
    UsageError
        If there is no such share.
    """

    number: int
    of: int

    def __post_init__(self) -> None:
        """Refuse a share that is none."""
        if not 1 <= self.number <= self.of:
            raise _no_shard(str(self))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a user wrote, such as 3/8.

        Raises
        ------
        UsageError
            If it is no such text.
        """
        match = _TEXT.fullmatch(text.strip())
        if match is None:
            raise _no_shard(text)
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def holds(self, text: str) -> bool:
        """Tell whether a participant, or a path, falls to this share.

        It hangs on the text and the number of shares alone, not on what else there is.
        """
        digest = hashlib.sha256(canonical(text).encode("utf-8", "surrogateescape")).digest()
        return int.from_bytes(digest[:8], "big") % self.of == self.number - 1


def share_of(listing: Listing, shard: Shard, identity: str) -> Listing:
    """Leave the photographs and videos that fall to a share.

    Parameters
    ----------
    listing : Listing
        All of the dataset.
    identity : str
        The setting `dataset.identity`. Participants are never parted; where a photograph is all
        that is known of who it shows, its path decides.

    Returns
    -------
    Listing
        Perhaps without any.
    """

    def decides(file: PhotoFile | VideoFile) -> str:
        return file.path if identity == "photo" else file.participant

    return replace(
        listing,
        photos=tuple(photo for photo in listing if shard.holds(decides(photo))),
        videos=tuple(video for video in listing.videos if shard.holds(decides(video))),
    )


def _no_shard(text: str) -> UsageError:
    return UsageError(
        f"is {text[:20]!r}", where="--shard", fix="give which of how many, such as 3/8"
    )
