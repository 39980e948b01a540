"""What people choose from when pictures are drawn, whatever they show."""

from enum import StrEnum


class PictureFormat(StrEnum):
    """Formats of picture files, called by their ending."""

    JPG = "jpg"
    PNG = "png"
