"""How landmarks are imported."""

from dataclasses import dataclass

from lakehouse.importing.coordinates import PictureSize
from lakehouse.lake.parts import PART_PHOTOS


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Where files say what they show, and what is known of their pictures.

    Parameters
    ----------
    layout : str, optional
        Pattern of the files' paths, instead of the settings' one.
    size : PictureSize, optional
        Of all photographs whose files do not say it.
    part_photos : int
        Photographs in a part.
    """

    layout: str | None = None
    size: PictureSize | None = None
    part_photos: int = PART_PHOTOS
