"""From pixels to the bytes of a picture file."""

from lakehouse.figures.canvas import Pixels
from lakehouse.figures.choices import PictureFormat
from lakehouse.opencv import cv2


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
    parameters = {
        # Higher levels cost twice the time for a tenth of the bytes.
        PictureFormat.PNG: [cv2.IMWRITE_PNG_COMPRESSION, 3],
        PictureFormat.JPG: [cv2.IMWRITE_JPEG_QUALITY, 95],
    }[picture_format]
    _, content = cv2.imencode(f".{picture_format}", picture, parameters)
    return content.tobytes()


def web_encoded(picture: Pixels, quality: int) -> bytes:
    """Encode a picture as WebP, with losses, for a page that should stay small.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width) or (height, width, 3)
        Grey values or RGB.
    quality : int
        1 to 100.
    """
    if picture.ndim == 3:
        picture = picture[..., ::-1]
    _, content = cv2.imencode(".webp", picture, [cv2.IMWRITE_WEBP_QUALITY, quality])
    return content.tobytes()
