"""What is tried before a photograph is said to show no face, and before a face is believed.

The detector sees the whole picture in 128 × 128 pixels, knows faces that are upright with some
room around them, and misses others. So, one after the other, until something is found:

- ``padded``: a grey frame around the picture, for a face that fills it;
- ``turned_90``, ``turned_180``, ``turned_270``: the picture turned clockwise by so much, and where
  that shows nothing, its frame with it, for a camera that did not note how it was held; all three
  are looked at, and the one in which the head is the most upright counts;
- ``tile``: overlapping tiles of the picture, larger ones and then smaller ones, for small faces.

What these show has to show again close up and set upright (a few times, if that changes it much),
and there its landmarks are taken. A face that was seen at once but is small, tilted or turned away
is looked at close up as well (``crop``), because its landmarks are better there.

No face is believed without another glance, be it seen at once or later. Of upside-down portraits a
quarter pass for an upright face of another size, with landmarks two thirds of the face's height
off; leaves and fur pass too. So what was found is cut out, set upright, and shown to the detector
beside itself upside down: a face is the more face-like of the two. How face-like it is by itself
tells less, because a tight crop, blur, shadow and glasses bring true faces below what false ones
reach. They spoil both of the pair alike, and so does the camera: what holds for the difference in
some photographs holds in others.

What was seen at once and does not convince goes through all of the above. If that finds nothing,
what was seen first stands unless it is more of a face upside down, because a face that is covered
or in profile is hardly more of a face one way than the other.

These are the words of `photos.retry`. Coordinates and pose are always those in the photograph as
it is. Turns and tiles ask for more confidence than the first look: at 0.5 a tile of a picture of a
coffee cup passes for a face. In the frame, which shows nothing else, the first look's is enough.
``benchmarks/faces.py`` counts the faces that all this loses, and what it wrongly believes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from lakehouse.extraction.sighting import Detector, Pixels, Sighting
from lakehouse.extraction.views import View, close_up, framed, tiles, turned, whole
from lakehouse.ingest.face_box import distinct
from lakehouse.ingest.pose import Pose, pose_from_rotation
from lakehouse.ingest.result import Face
from lakehouse.vocabulary import CHIN, FOREHEAD

RETRY_DETECTION_CONFIDENCE: Final = 0.7
"""Of the face detector in turns, tiles and close-ups, unless the settings ask for more."""

_SMALL: Final = 1 / 6
"""Longer side of a face's box, in longer sides of the picture: below it, the landmarks of the
first look are off by up to 8 % of the face's height."""

_TILTED_DEG: Final = 20.0
_AVERTED_DEG: Final = 25.0
"""Roll, and the angle between gaze and camera, from which on a first look is not believed."""

_TILE_SHARES: Final = (1 / 2, 1 / 4)
"""Sides of the tiles, in longer sides of the picture."""

_LEAST_TILE_PX: Final = 96
"""In smaller tiles, anything looks like a face."""

_GLANCES: Final = (1.6, 2.0)
"""Sides of what is cut out for a glance, in longer sides of the box around the face. At first
sight, of which there are many, one glance is enough; their mean is more certain."""

_GLANCE_PX: Final = 64
"""The detector sees 128 pixels, and two glances side by side."""

_CONVINCING: Final = 0.05
"""By how much more a face looks like one than it does upside down: 98 of 100 faces found in
photographs, hard ones among them, reach it, and none of 289 that were found the wrong way up."""

_QUARTERS: Final = (1, 2, 3)
_CLOSE_UP_SIDES: Final = 2.0
_CLOSE_UP_PX: Final = 512
"""Side of a close-up as it is looked at; the landmarks are found in 256 pixels of it."""

_CLOSE_UPS: Final = 3
_SETTLED: Final = 0.05
"""A face has settled if a close-up moves its points by less, in heights of the face."""

_MOST_CONFIRMED: Final = 4
"""Faces of a photograph that are looked at close up; bounds the time."""


class FaceFinder:
    """Finds the largest face of a photograph, whatever it takes.

    Parameters
    ----------
    first : Detector
        For the photograph as it is.
    strict : callable
        Gives the detector that asks for more confidence; called when it is needed.
    uprightness : callable
        Tells, from -1 to 1, by how much a square picture looks more like a face than it does upside
        down.
    """

    def __init__(
        self,
        first: Detector,
        strict: Callable[[], Detector],
        uprightness: Callable[[Pixels], float],
    ) -> None:
        self._first = first
        self._strict = strict
        self._uprightness = uprightness

    def find(self, pixels: Pixels) -> Face | None:
        """Look for the largest face.

        Parameters
        ----------
        pixels : ndarray of uint8, shape (height, width, 3)
            RGB, contiguous, upright.

        Returns
        -------
        Face or None
            None if no face was found.
        """
        seen = distinct(self._first.detect(pixels))
        if seen and not _strained(seen[0], pixels):
            at_once = self._uprightness_of(seen[0], pixels, _GLANCES[:1])
            if at_once >= _CONVINCING:
                return _face(seen, None)
        if seen and (near := self._settled(pixels, seen[0], self._strict())):
            return _face([near, *seen[1:]], "crop")
        for word, found in self._retries(pixels):
            if found:
                return _face(found, word)
        if seen and self._uprightness_of(seen[0], pixels) > 0:
            return _face(seen, None)
        return None

    def at_first_sight(self, pixels: Pixels) -> list[Sighting]:
        """Give the faces that show in a picture as it is, the largest first, believed or not."""
        return distinct(self._first.detect(pixels))

    def convinces(self, sighting: Sighting, pixels: Pixels) -> bool:
        """Tell whether one glance is enough to believe a face."""
        return self._uprightness_of(sighting, pixels, _GLANCES[:1]) >= _CONVINCING

    def stands(self, sighting: Sighting, pixels: Pixels) -> bool:
        """Tell whether a face that does not convince is believed where nothing else is found."""
        return self._uprightness_of(sighting, pixels) > 0

    def sought(self, pixels: Pixels) -> tuple[str, list[Sighting]]:
        """Go through all that is tried where nothing shows in the picture as it is.

        Returns
        -------
        str
            What found them.
        list of Sighting
            The largest first; empty if nothing did.
        """
        return next(((word, found) for word, found in self._retries(pixels) if found), ("", []))

    def near(self, sighting: Sighting, pixels: Pixels, word: str | None) -> Sighting | None:
        """Look closely at where a face was in another picture.

        Parameters
        ----------
        word : str or None
            What found it there.
        """
        return self._settled(pixels, sighting, self._first if word == "padded" else self._strict())

    def _retries(self, pixels: Pixels) -> Iterator[tuple[str, list[Sighting]]]:
        around = framed(pixels)
        yield "padded", self._confirmed(pixels, [around], self._first)
        yield self._turned(pixels, around)
        for share in _TILE_SHARES:
            if share * max(pixels.shape[:2]) >= _LEAST_TILE_PX:
                yield "tile", self._confirmed(pixels, tiles(pixels, share), self._strict())

    def _turned(self, pixels: Pixels, around: View) -> tuple[str, list[Sighting]]:
        best: tuple[float, str, list[Sighting]] = (360.0, "", [])
        plain = whole(pixels)
        for quarters in _QUARTERS:
            found = self._confirmed(
                pixels, [turned(plain, quarters)], self._strict()
            ) or self._confirmed(pixels, [turned(around, quarters)], self._first)
            if not found:
                continue
            left = abs((_pose(found[0]).roll + 90 * quarters + 180) % 360 - 180)
            if left < best[0]:
                best = (left, f"turned_{90 * quarters}", found)
        return best[1:]

    def _confirmed(
        self, pixels: Pixels, views: Iterable[View], detector: Detector
    ) -> list[Sighting]:
        seen = [each for view in views for each in _look(view, detector)]
        near = [self._settled(pixels, each, detector) for each in distinct(seen)[:_MOST_CONFIRMED]]
        return distinct([each for each in near if each])

    def _settled(self, pixels: Pixels, sighting: Sighting, detector: Detector) -> Sighting | None:
        """Look at a face from nearby, set upright, until another look changes nothing."""
        for _ in range(_CLOSE_UPS):
            roll = _pose(sighting).roll
            view = close_up(pixels, sighting, roll, sides=_CLOSE_UP_SIDES, size=_CLOSE_UP_PX)
            same = [each for each in _look(view, detector) if sighting.holds(each.centre)]
            if not same:
                return None
            nearer = max(same, key=lambda each: each.area)
            if _moved(sighting, nearer) < _SETTLED:
                convinces = self._uprightness_of(nearer, pixels) >= _CONVINCING
                return nearer if convinces else None
            sighting = nearer
        return None

    def _uprightness_of(
        self, sighting: Sighting, pixels: Pixels, glances: Sequence[float] = _GLANCES
    ) -> float:
        roll = _pose(sighting).roll
        views = [
            close_up(pixels, sighting, roll, sides=sides, size=_GLANCE_PX) for sides in glances
        ]
        return sum(self._uprightness(view.pixels) for view in views) / len(views)


def _look(view: View, detector: Detector) -> list[Sighting]:
    return [view.brought_back(each) for each in detector.detect(view.pixels)]


def _strained(sighting: Sighting, pixels: Pixels) -> bool:
    pose = _pose(sighting)
    return (
        sighting.sides.max() < _SMALL * max(pixels.shape[:2])
        or abs(pose.roll) > _TILTED_DEG
        or np.hypot(pose.yaw, pose.pitch) > _AVERTED_DEG
    )


def _moved(before: Sighting, after: Sighting) -> float:
    height = np.linalg.norm(after.points[FOREHEAD, :2] - after.points[CHIN, :2])
    apart = np.linalg.norm(after.points[:, :2] - before.points[:, :2], axis=1)
    return float(apart.mean() / height)


def _pose(sighting: Sighting) -> Pose:
    return pose_from_rotation(sighting.rotation)


def _face(seen: list[Sighting], retry: str | None) -> Face:
    """Give the first of the faces seen, and their number."""
    pose = _pose(seen[0])
    return Face(
        faces=len(seen),
        landmarks=seen[0].points.astype(np.float32),
        blendshape_names=seen[0].blendshape_names,
        blendshapes=seen[0].blendshapes,
        yaw=pose.yaw,
        pitch=pose.pitch,
        roll=pose.roll,
        retry=retry,
    )
