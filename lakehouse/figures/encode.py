"""From pixels to the bytes of a picture file."""

from typing import Final

import cv2

from lakehouse.figures.canvas import Pixels
from lakehouse.figures.choices import PictureFormat

# Higher levels cost twice the time for a tenth of the bytes.
_PARAMETERS: Final = {
    PictureFormat.PNG: [cv2.IMWRITE_PNG_COMPRESSION, 3],
    PictureFormat.JPG: [cv2.IMWRITE_JPEG_QUALITY, 95],
}


def encoded(picture: Pixels, picture_format: PictureFormat = PictureFormat.PNG) -> bytes:
    """Encode a picture.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width) or (height, width, 3)
        Grey values or RGB.

    Returns
    -------
    bytes
        The file's content.
    """
    if picture.ndim == 3:
        picture = picture[..., ::-1]
    _, content = cv2.imencode(f".{picture_format}", picture, _PARAMETERS[picture_format])
    return content.tobytes()
