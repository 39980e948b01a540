"""What the XML of a workbook tells beside its values: errors, uncomputed formulas, far cells."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from xml.etree import ElementTree

UNCOMPUTED: Final = "a formula without a stored value; open and save it in a spreadsheet program"
"""Programs that write workbooks without computing them leave such formulas; readers see a blank."""

_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DAMAGED: Final = (zipfile.BadZipFile, OSError, ValueError, RuntimeError)
"""What a ZIP archive ends in that is damaged, has a password, or is packed in a rare way."""

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_OPEN_DOCUMENT: Final = "content.xml"


@dataclass(slots=True)
class SheetXml:
    """What the XML of a sheet tells that its readers do not.

    Attributes
    ----------
    rows, columns : int
        How far the sheet's cells reach.
    faults : dict of (int, int) to str
        Row and column, both from 0, of cells whose value is not known, and what they hold.
    """

    rows: int = 0
    columns: int = 0
    faults: dict[tuple[int, int], str] = field(default_factory=dict)

    def reach(self, row: int, column: int) -> None:
        """Note a cell that holds something; both numbers from 1."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def unpacked_bytes(content: bytes) -> int:
    """Tell how large a workbook says that it is once unpacked; 0 for other kinds of files."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except _DAMAGED:
        return 0


def sheet_xml(content: bytes, sheet: str | None) -> SheetXml:
    """Look into the XML of a sheet of Excel's or OpenDocument's format.

    Parameters
    ----------
    content : bytes
        Of a workbook.
    sheet : str or None
        Name of the sheet; None for all together, which OpenDocument alone keeps in one file.

    Returns
    -------
    SheetXml
        Nothing of other formats, nor of what is damaged: whoever reads the values says so.
    """
    found = SheetXml()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            if _OPEN_DOCUMENT in names:
                _scan_open_document(archive.read(_OPEN_DOCUMENT), sheet, found)
            elif _WORKBOOK in names and (member := _member(archive, sheet)):
                _scan_excel(archive.read(member), found)
    except (*_DAMAGED, ElementTree.ParseError, KeyError, EOFError, zlib.error):
        return found
    return found


def _member(archive: zipfile.ZipFile, sheet: str | None) -> str | None:
    """Find the file of a sheet inside a workbook of Excel."""
    targets = {
        relation.get("Id"): relation.get("Target", "") for relation in _parsed(archive, _RELATIONS)
    }
    for element in _parsed(archive, _WORKBOOK).iter():
        if _local(element.tag) == "sheet" and element.get("name") == sheet:
            relation = next((value for key, value in element.items() if key.endswith("}id")), None)
            # Relative to the folder of the workbook, or with a slash from the top.
            return posixpath.join("/xl", targets.get(relation, ""))[1:]
    return None


def _parsed(archive: zipfile.ZipFile, member: str) -> ElementTree.Element:
    # Expat itself limits how far entities expand, and loads nothing from elsewhere.
    return ElementTree.fromstring(archive.read(member))  # noqa: S314


def _scan_excel(xml: bytes, found: SheetXml) -> None:
    for _, element in ElementTree.iterparse(BytesIO(xml)):  # noqa: S314
        tag = _local(element.tag)
        if tag == "row":
            element.clear()
        if tag != "c" or not (place := _CELL.fullmatch(element.get("r", ""))):
            continue
        parts = {_local(part.tag): part.text for part in element}
        row, column = int(place[2]), _number_of(place[1])
        if parts:
            found.reach(row, column)
        # A formula whose result is a text of no characters says so by its type.
        if "f" in parts and not parts.get("v") and element.get("t") != "str":
            found.faults[row - 1, column - 1] = UNCOMPUTED


def _scan_open_document(xml: bytes, sheet: str | None, found: SheetXml) -> None:
    row, here = 0, False
    for event, element in ElementTree.iterparse(BytesIO(xml), ["start", "end"]):  # noqa: S314
        tag = _local(element.tag)
        if tag == "table" and event == "start":
            row, here = 0, sheet in (None, _attributes(element).get("name"))
        elif tag == "table-row" and event == "end":
            repeated = _repeated(element, "rows")
            if here:
                _scan_row(element, row, repeated, found)
            row += repeated
            element.clear()


def _scan_row(cells: Iterable[ElementTree.Element], row: int, rows: int, found: SheetXml) -> None:
    column = 0
    for cell in cells:
        repeated = _repeated(cell, "columns")
        about = _attributes(cell)
        if "value-type" in about or "formula" in about:
            found.reach(row + rows, column + repeated)
            if about.get("value-type") == "error":
                found.faults[row, column] = f"the error {''.join(cell.itertext()).strip()[:12]}"
            elif "value-type" not in about:
                found.faults[row, column] = UNCOMPUTED
        column += repeated


def _repeated(element: ElementTree.Element, what: str) -> int:
    number = _attributes(element).get(f"number-{what}-repeated", "1")
    return int(number) if number.isdecimal() else 1


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    # Of the two types of a value, the one that knows errors comes last.
    named = sorted(element.items(), key=lambda item: "calcext" in item[0])
    return {_local(name): value for name, value in named}


def _local(name: str) -> str:
    """Give a name without its namespace."""
    return name.rpartition("}")[2]


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
