"""What the XML of an Excel workbook tells beside its values: uncomputed formulas, far cells."""

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Final
from xml.etree import ElementTree

_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DAMAGED: Final = (zipfile.BadZipFile, OSError, ValueError, RuntimeError)
"""What a ZIP archive ends in that is damaged, has a password, or is packed in a rare way."""

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"


def unpacked_bytes(content: bytes) -> int:
    """Tell how large a workbook says that it is once unpacked; 0 for other kinds of files."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except _DAMAGED:
        return 0


@dataclass(frozen=True, slots=True)
class SheetXml:
    """What the XML of a sheet tells that its readers do not.

    Attributes
    ----------
    rows, columns : int
        How far the sheet's cells reach.
    uncomputed : tuple of (int, int)
        Row and column, both from 0, of formulas without a stored value. Programs that write
        workbooks without computing them leave such formulas, and readers see a blank cell.
    """

    rows: int = 0
    columns: int = 0
    uncomputed: tuple[tuple[int, int], ...] = ()


def sheet_xml(content: bytes, sheet: str) -> SheetXml:
    """Look into the XML of a sheet of Excel's own format.

    Parameters
    ----------
    content : bytes
        Of a workbook.
    sheet : str
        Name of the sheet.

    Returns
    -------
    SheetXml
        Of other formats, and as far as the XML is damaged, nothing.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            member = _member(archive, sheet)
            if member is None:
                return SheetXml()
            return _scanned(BytesIO(archive.read(member)))
    except (*_DAMAGED, ElementTree.ParseError, KeyError, EOFError, zlib.error):
        return SheetXml()


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


def _scanned(xml: IO[bytes]) -> SheetXml:
    rows = columns = 0
    uncomputed: list[tuple[int, int]] = []
    try:
        for _, element in ElementTree.iterparse(xml):  # noqa: S314
            tag = _tag(element)
            if tag == "row":
                element.clear()
            if tag != "c" or not (place := _CELL.fullmatch(element.get("r", ""))):
                continue
            row, column = int(place[2]), _number_of(place[1])
            parts = {_tag(part): part.text for part in element}
            if parts:
                rows, columns = max(rows, row), max(columns, column)
            # A formula whose result is a text of no characters says so by its type.
            if "f" in parts and not parts.get("v") and element.get("t") != "str":
                uncomputed.append((row - 1, column - 1))
    except ElementTree.ParseError:
        # Whoever reads the values says that it is damaged.
        pass
    return SheetXml(rows, columns, tuple(uncomputed))


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
