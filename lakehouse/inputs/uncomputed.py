"""Formulas of an Excel workbook that no program has computed: they look like blank cells."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Final
from xml.etree import ElementTree

_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"


def unpacked_bytes(content: bytes) -> int:
    """Tell how large a workbook says that it is once unpacked; 0 for other kinds of files."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return 0


def uncomputed_formulas(content: bytes, sheet: str) -> list[tuple[int, int]]:
    """Find formulas without a stored value.

    Programs that write workbooks without computing them leave such formulas, and readers see
    nothing there. Only the XML of Excel's own format tells; other formats hold values always.

    Parameters
    ----------
    content : bytes
        Of a workbook that can be read.
    sheet : str
        Name of the sheet.

    Returns
    -------
    list of (int, int)
        Row and column, both from 0.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            member = _member(archive, sheet)
            if member is None:
                return []
            with archive.open(member) as xml:
                return list(_uncomputed(xml))
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, OSError, NotImplementedError):
        return []


def _member(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Find the file of a sheet inside a workbook."""
    if _WORKBOOK not in archive.namelist():
        return None
    targets = {
        relation.get("Id"): relation.get("Target", "") for relation in _parsed(archive, _RELATIONS)
    }
    for element in _parsed(archive, _WORKBOOK).iter():
        if _tag(element) == "sheet" and element.get("name") == sheet:
            relation = next((value for key, value in element.items() if key.endswith("}id")), None)
            # Relative to the folder of the workbook, or with a slash from the top.
            return posixpath.join("/xl", targets.get(relation, ""))[1:]
    return None


def _parsed(archive: zipfile.ZipFile, member: str) -> ElementTree.Element:
    # Expat itself limits how far entities expand, and loads nothing from elsewhere.
    return ElementTree.fromstring(archive.read(member))  # noqa: S314


def _uncomputed(xml: IO[bytes]) -> Iterator[tuple[int, int]]:
    for _, element in ElementTree.iterparse(xml):  # noqa: S314
        tag = _tag(element)
        if tag == "c":
            parts = {_tag(part): part.text for part in element}
            # A formula whose result is no text at all says so by its type.
            is_text = element.get("t") == "str"
            place = _CELL.fullmatch(element.get("r", ""))
            if "f" in parts and not parts.get("v") and not is_text and place:
                yield int(place[2]) - 1, _number_of(place[1]) - 1
        elif tag == "row":
            element.clear()


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
