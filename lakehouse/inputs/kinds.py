"""What kind of file it is that was handed over in place of a table of text."""

import json
import zipfile
import zlib
from io import BytesIO
from typing import Final

_SIGNATURES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word file (or one with a password)"),
    (b"<stata_dta>", "a Stata data set"),
    (b"$FL2", "an SPSS data set"),
    (b"$FL3", "an SPSS data set"),
    (b"ASCII SPSS PORT FILE", "an SPSS portable file"),
    (b"HEADER RECORD*******L", "a SAS transport file"),
    (b"\0" * 12 + b"\xc2\xea\x81\x60", "a SAS data set"),
    (b"RDX", "an R data file"),
    (b"RDA", "an R data file"),
    (b"X\n\0\0\0", "an R data file"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"FEA1", "a Feather file"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a document in Rich Text Format"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ\0", "a compressed file (xz)"),
    (b"\x28\xb5\x2f\xfd", "a compressed file (zstd)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!", "an archive (rar)"),
)
_ENGINE_AT_8: Final = b"DUCK"
_PICTURES: Final = ("JPEG", "PNG", "GIF", "TIFF", "WEBP", "BMP")
_STATA_RELEASES: Final = range(105, 116)
_HEAD: Final = 256
_WORKBOOKS: Final = frozenset({"an Excel workbook", "an OpenDocument spreadsheet"})


def is_workbook(content: bytes) -> bool:
    """Tell whether a file is a spreadsheet: Excel's, old or new, or OpenDocument's."""
    return content.startswith(_SIGNATURES[0][0]) or _inside_zip(content) in _WORKBOOKS


def kind_of(content: bytes) -> str | None:
    """Tell what a file that is no text is, by its first bytes.

    Returns
    -------
    str or None
        With its article, such as "a PDF"; None if that cannot be told.
    """
    for signature, words in _SIGNATURES:
        if content.startswith(signature):
            return words
    if content[8:12] == _ENGINE_AT_8:
        return "a DuckDB database"
    if content[:1] and content[0] in _STATA_RELEASES and content[1:3] in (b"\1\1", b"\2\1"):
        return "a Stata data set"
    if content.startswith(b"PK\x03\x04"):
        return _inside_zip(content)
    if content.startswith(b"\x1f\x8b"):
        return _inside_gzip(content)
    return _picture(content)


def kind_of_text(text: str) -> str | None:
    """Tell what a text is that holds no table.

    Returns
    -------
    str or None
        None if nothing speaks against a table.
    """
    head = text.lstrip()[:_HEAD].lower()
    if head.startswith(("<!doctype html", "<html", "<table", "<head", "<body", "<meta")):
        return "a web page (HTML)"
    if head.startswith(("<?xml", "<workbook")):
        return "an XML file"
    return "JSON" if head.startswith(("{", "[")) and _is_json(text) else None


def _is_json(text: str) -> bool:
    try:
        # The first value only: a file may have one on each line.
        json.JSONDecoder().raw_decode(text.lstrip())
    except ValueError:
        return False
    except RecursionError:
        return True
    return True


def _inside_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "a ZIP archive, a damaged one"
    if any(name.startswith("xl/") for name in names):
        return "an Excel workbook"
    if any(name.startswith("word/") for name in names):
        return "a Word document"
    if {"mimetype", "content.xml"} <= names:
        return "an OpenDocument spreadsheet"
    return "a ZIP archive"


def _inside_gzip(content: bytes) -> str:
    try:
        head = zlib.decompressobj(wbits=31).decompress(content, _HEAD)
    except zlib.error:
        head = b""
    is_r = head.startswith((b"RDX", b"RDA", b"X\n"))
    return "an R data file" if is_r else "a compressed file (gzip)"


def _picture(content: bytes) -> str | None:
    # Imported here: most commands meet no picture in a table's place.
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content), formats=_PICTURES) as image:
            return f"a picture ({image.format})"
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "a picture"
