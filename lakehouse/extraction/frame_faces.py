"""The faces of a video's frames, one frame after the other.

Every frame is looked at as it is, and plainly: a close-up of some frames and not of others would
look like movement. What is dear is rationed, and hangs on nothing that lies before the present
whole second, so that a video can be looked at in stretches, by whomever, with the same result:

- the second glance is for faces at the beginning of a second, and for those that come up in it;
  what lies over a face of the frame before is believed as that was;
- what is tried where no face shows (see `retries`) is tried in the first frame without one, and
  where none was found, once a second;
- a face that was found so, or that went missing, is first looked for closely where it was.
"""

from typing import Final, NamedTuple

from lakehouse.extraction.retries import FaceFinder
from lakehouse.extraction.sighting import Pixels, Sighting
from lakehouse.ingest.face_box import overlap

_SAME: Final = 0.3
"""Overlap, in parts of what both boxes cover, from which on two faces of frames that follow each
other are one."""

_SOUGHT: Final = 2
"""How often in a second everything is tried, however often the face comes and goes."""

CROP: Final = "crop"
"""What found a face that went missing, close up where it was; as of photographs."""


class Found(NamedTuple):
    """A face that is believed, and what found it if not the first look."""

    sighting: Sighting
    retry: str | None


class FrameFaces:
    """Finds the faces of frames that follow each other.

    Parameters
    ----------
    finder : FaceFinder
        Finds those of single pictures.
    """

    def __init__(self, finder: FaceFinder) -> None:
        self._finder = finder
        self.begin_second()

    def begin_second(self) -> None:
        """Forget what was seen: the next frame is the first of a whole second."""
        self._found: list[Found] = []
        self._doubted: list[Sighting] = []
        self._left = _SOUGHT
        self._is_empty = False

    def find(self, pixels: Pixels) -> list[Found]:
        """Find the faces of the next frame.

        Parameters
        ----------
        pixels : ndarray of uint8, shape (height, width, 3)
            RGB, contiguous, upright.

        Returns
        -------
        list of Found
            The largest first, as far as they were seen at once.
        """
        believed, doubted = [], []
        for face in self._finder.at_first_sight(pixels):
            if _lies_over(face, [each.sighting for each in self._found]):
                believed.append(face)
            elif _lies_over(face, self._doubted) or not self._finder.convinces(face, pixels):
                doubted.append(face)
            else:
                believed.append(face)
        found = [Found(face, None) for face in believed] or self._beyond(pixels, doubted)
        self._found, self._doubted, self._is_empty = found, doubted, not found
        return found

    def _beyond(self, pixels: Pixels, doubted: list[Sighting]) -> list[Found]:
        """Find faces where none shows at first sight that is believed."""
        for before in self._found:
            if near := self._finder.near(before.sighting, pixels, before.retry):
                # One is enough: where several were, most show at first sight.
                return [Found(near, before.retry or CROP)]
        if self._is_empty or not self._left:
            return []
        self._left -= 1
        word, sought = self._finder.sought(pixels)
        if sought:
            return [Found(face, word) for face in sought]
        return [Found(face, None) for face in doubted if self._finder.stands(face, pixels)]


def _lies_over(face: Sighting, others: list[Sighting]) -> bool:
    return any(overlap(face, other) >= _SAME for other in others)
