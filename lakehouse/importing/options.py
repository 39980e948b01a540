"""How landmarks are imported."""

from dataclasses import dataclass, field

from lakehouse.importing.coordinates import PictureSize
from lakehouse.lake.parts import PART_PHOTOS
from lakehouse.settings.manifest_columns import ManifestField


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Where files say what they show, and what is known of their pictures.

    Parameters
    ----------
    layout : str, optional
        Pattern of the files' paths, instead of the settings' one.
    columns : dict of str to str
        Field = name of its column in tables, JSON and archives, where it is not recognised; goes
        before the settings.
    size : PictureSize, optional
        Of all photographs whose files do not say it.
    part_photos : int
        Photographs in a part.
    """

    layout: str | None = None
    columns: dict[ManifestField, str] = field(default_factory=dict)
    size: PictureSize | None = None
    part_photos: int = PART_PHOTOS
