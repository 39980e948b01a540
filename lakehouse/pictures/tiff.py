"""Which TIFF files Pillow reads rightly, and which have lost something.

A TIFF file may hold any number of bits, of any type, in any arrangement. Pillow knows many, and of
some that it does not know it makes a picture all the same: of 16 bits in separate planes noise, of
16 bits whose zero is white a negative. So only what is known to come out right is let through.
"""

import io
import warnings
import zlib
from typing import Any, Final

from PIL import TiffImagePlugin
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from lakehouse.pictures.jpeg import read_jpeg
from lakehouse.pictures.problems import DamagedImageError, UnsupportedImageError

WHITE_IS_ZERO: Final = 0

_KIND_OF_PICTURE: Final = 254
_REDUCED: Final = 1
_UNSIGNED, _SIGNED, _FLOAT, _UNDEFINED = 1, 2, 3, 4
_BLACK_IS_ZERO, _RGB, _CMYK = 1, 2, 5
_UP_TO_8_BITS: Final = frozenset({WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, 3, _CMYK, 6, 8})
_RIGHT: Final = {
    (_UNSIGNED, 1): _UP_TO_8_BITS,
    (_UNSIGNED, 2): _UP_TO_8_BITS,
    (_UNSIGNED, 4): _UP_TO_8_BITS,
    (_UNSIGNED, 8): _UP_TO_8_BITS,
    (_UNSIGNED, 12): {_BLACK_IS_ZERO},
    (_UNSIGNED, 16): {WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _CMYK},
    (_SIGNED, 16): {_BLACK_IS_ZERO},
    (_SIGNED, 32): {_BLACK_IS_ZERO},
    (_FLOAT, 32): {_BLACK_IS_ZERO},
}
"""By type and number of bits, the meanings of a pixel's values that come out right."""

_SEPARATE: Final = 2
_JPEG: Final = 7
_DEFLATE: Final = (8, 32946)
_COMPRESSIONS: Final = (1, 2, 3, 4, 5, 6, _JPEG, *_DEFLATE, 32773, 34925, 50000)
_JPEG_TABLES: Final = 347
_BLOCK_BYTES: Final = 2**20
_FIX: Final = "save it anew as TIFF with 8 bits, PNG or JPEG"

Tags = ImageFileDirectory_v2


def require_right_tiff(tags: Tags, content: bytes) -> None:
    """Refuse a TIFF file that would give a wrong picture.

    Parameters
    ----------
    tags : ImageFileDirectory_v2
        Of the first picture.
    content : bytes
        The whole file.

    Raises
    ------
    UnsupportedImageError
        If its kind is one that does not come out right.
    DamagedImageError
        If pieces of it are missing, or do not fit their checksums.
    """
    if kind := _not_right(tags):
        raise UnsupportedImageError(f"TIFF {kind}; {_FIX}")
    for number, piece in enumerate(pieces := _pieces(tags, content), 1):
        try:
            _verify(piece, tags)
        except (DamagedImageError, zlib.error) as error:
            raise DamagedImageError(f"piece {number} of {len(pieces)}: {error}") from error


def problem_of_tiff(content: bytes) -> UnsupportedImageError | DamagedImageError:
    """Tell why Pillow does not even open a TIFF file.

    Parameters
    ----------
    content : bytes
        The whole file.

    Returns
    -------
    UnsupportedImageError or DamagedImageError
    """
    header = content[:16] if content[2:4] in (b"+\0", b"\0+") else content[:8]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tags, stream = ImageFileDirectory_v2(header), io.BytesIO(content)
            if not 0 < tags.next < len(content):
                return DamagedImageError("the TIFF file ends before its directory")
            stream.seek(tags.next)
            tags.load(stream)
            kind = _not_right(tags) or f"with {_samples(tags)}"
            _pieces(tags, content)
    except DamagedImageError as error:
        return error
    except Exception as error:  # decoders raise whatever they like on damaged files
        return DamagedImageError(f"the TIFF file's directory is damaged ({error})")
    return UnsupportedImageError(f"TIFF {kind}; {_FIX}")


def _not_right(tags: Tags) -> str | None:
    """Say in words what makes a TIFF file one that does not come out right, if anything does."""
    meaning = tags.get(TiffImagePlugin.PHOTOMETRIC_INTERPRETATION, _BLACK_IS_ZERO)
    compression = tags.get(TiffImagePlugin.COMPRESSION, 1)
    bits, types = _bits(tags), _types(tags)
    if tags.get(_KIND_OF_PICTURE, 0) == _REDUCED:
        return "whose first picture is a reduced copy of another"
    if compression not in _COMPRESSIONS:
        return f"with compression {compression}"
    if not any(
        bits == {number} and types == {kind} and meaning in meanings
        for (kind, number), meanings in _RIGHT.items()
    ):
        return f"with {_samples(tags)}"
    if tags.get(TiffImagePlugin.PLANAR_CONFIGURATION, 1) == _SEPARATE and (
        bits != {8} or TiffImagePlugin.EXTRASAMPLES in tags
    ):
        return f"with {_samples(tags)} in separate planes"
    return None


def _bits(tags: Tags) -> set[int]:
    return set(_values(tags.get(TiffImagePlugin.BITSPERSAMPLE, 1)))


def _types(tags: Tags) -> set[int]:
    types = _values(tags.get(TiffImagePlugin.SAMPLEFORMAT, _UNSIGNED))
    return {_UNSIGNED if each == _UNDEFINED else each for each in types}


def _samples(tags: Tags) -> str:
    """Put into words what a pixel is made of."""
    names = {_UNSIGNED: "", _SIGNED: "signed ", _FLOAT: "floating-point "}
    bits = " and ".join(str(each) for each in sorted(_bits(tags)))
    kind = "".join(names.get(each, "unusual ") for each in sorted(_types(tags)))
    meaning = tags.get(TiffImagePlugin.PHOTOMETRIC_INTERPRETATION)
    return f"{kind}samples of {bits} bits (photometric interpretation {meaning})"


def _pieces(tags: Tags, content: bytes) -> list[memoryview]:
    """Cut out the strips or tiles, all of which have to be there."""
    places = _values(
        tags.get(TiffImagePlugin.STRIPOFFSETS, tags.get(TiffImagePlugin.TILEOFFSETS, ()))
    )
    sizes = _values(
        tags.get(TiffImagePlugin.STRIPBYTECOUNTS, tags.get(TiffImagePlugin.TILEBYTECOUNTS, ()))
    )
    lost = sum(
        place <= 0 or size <= 0 or place + size > len(content)
        for place, size in zip(places, sizes, strict=False)
    )
    # Old programs leave sizes out, where they follow from the picture's.
    lost += max(0, len(places) - len(sizes)) if sizes else 0
    if lost:
        raise DamagedImageError(f"{lost} of {len(places)} pieces of the TIFF file are missing")
    view = memoryview(content)
    return [view[place : place + size] for place, size in zip(places, sizes, strict=False)]


def _verify(piece: memoryview, tags: Tags) -> None:
    """Have a piece tell of damage that libtiff does not tell of."""
    compression = tags.get(TiffImagePlugin.COMPRESSION, 1)
    if compression in _DEFLATE:
        _inflate(piece)
    elif compression == _JPEG:
        tables = tags.get(_JPEG_TABLES, b"")
        read_jpeg(tables[:-2] + bytes(piece[2:] if tables else piece), least_side=1)


def _inflate(piece: memoryview) -> None:
    """Go through compressed data to its end, where the checksum is."""
    inflate = zlib.decompressobj()
    left: bytes | memoryview = piece
    while not inflate.eof:
        block = inflate.decompress(left, _BLOCK_BYTES)
        left = inflate.unconsumed_tail
        if not block and not left:
            return


def _values(value: Any) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (value,)
