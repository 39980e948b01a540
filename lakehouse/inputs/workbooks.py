"""Reading one sheet of a spreadsheet (Excel, OpenDocument) into a grid."""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import fastexcel

from lakehouse.errors import InputError
from lakehouse.ids import canonical
from lakehouse.inputs.grid import Grid
from lakehouse.inputs.sheet_xml import SheetXml, sheet_xml, unpacked_bytes
from lakehouse.inputs.shown import cut, listed, short_name

# What it has to say of a workbook is said here, where it matters.
logging.getLogger("calamine").addHandler(logging.NullHandler())

_LARGEST: Final = 2**28
"""Bytes of a workbook once it is unpacked."""

_MOST_CELLS: Final = 10_000_000
"""Between the first and the last: blank ones take memory as well."""

_NUMBER: Final = re.compile("[1-9][0-9]{0,3}")
_ERROR: Final = re.compile(r"Error\((\w+)\)")
_ERRORS: Final = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "GettingData": "#GETTING_DATA",
}


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A sheet, and the hidden ones that were passed over for it."""

    sheet: fastexcel.ExcelSheet
    xml: SheetXml
    hidden: tuple[str, ...] = ()


def workbook_grid(content: bytes, name: str, sheet: str | None) -> Grid:
    """Read the cells of a sheet.

    Parameters
    ----------
    content : bytes
        Of a file of Excel or OpenDocument.
    name : str
        The file's name.
    sheet : str or None
        Name of the sheet, or its number among those that are shown, from 1; by default the first
        that is shown.

    Returns
    -------
    Grid
        Its faults are cells with errors such as #DIV/0!, and formulas that no program has
        computed since they were written.

    Raises
    ------
    InputError
        If the workbook or the sheet cannot be read, or there is no such sheet.
    """
    if unpacked_bytes(content) > _LARGEST:
        raise InputError("is too large once it is unpacked", where=name)
    try:
        chosen = _Book(content, name).chosen(sheet)
        cells, errors = chosen.sheet.to_arrow_with_errors()
    except (fastexcel.FastExcelError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"cannot be read ({cut(reason, 120)})", where=name) from error
    offset = min((column.absolute_index for column in chosen.sheet.selected_columns), default=0)
    columns = [[None] * len(cells)] * offset + [column.to_pylist() for column in cells.columns]
    rows = [
        [(cell.strip() or None) if cell is not None else None for cell in row]
        for row in zip(*columns, strict=True)
    ]
    faults = {
        (row, column + offset): f"the error {_name_of(error.detail)}"
        for error in (errors.errors if errors else ())
        for row, column in [error.position]
    }
    faults |= chosen.xml.faults
    return Grid(rows, faults=faults, told=_told(chosen))


class _Book:
    def __init__(self, content: bytes, name: str) -> None:
        self._content = content
        self._name = name
        # OpenDocument is read whole when it is opened.
        self._require_room(sheet_xml(content, None), "a sheet")
        self._book = fastexcel.read_excel(content)

    def chosen(self, wanted: str | None) -> _Chosen:
        names = self._book.sheet_names
        titles = {canonical(title): title for title in reversed(names)}
        if wanted is not None and canonical(wanted) in titles:
            return self._loaded(titles[canonical(wanted)])
        if wanted is None or _NUMBER.fullmatch(wanted):
            found = self._shown(int(wanted or 1))
            if found is not None:
                return found
        if wanted is None:
            raise InputError(
                "has no sheet that is shown", where=self._name, fix="name one with --sheet"
            )
        raise InputError(
            f"has no sheet {short_name(wanted)}",
            where=self._name,
            fix=self._sheets(names),
        )

    def _sheets(self, names: Sequence[str]) -> str:
        """List the sheets by the numbers that they are chosen by, and those that are hidden."""
        hidden = [name for name in names if self._loaded(name).sheet.visible != "visible"]
        numbered = enumerate((name for name in names if name not in hidden), 1)
        shown = listed(f"{number} {short_name(name)}" for number, name in numbered)
        return f"its sheets are {shown}" + (f"; hidden: {listed(hidden)}" if hidden else "")

    def _shown(self, number: int) -> _Chosen | None:
        """Give a sheet by its number among those that are shown."""
        hidden: list[str] = []
        for title in self._book.sheet_names:
            found = self._loaded(title)
            if found.sheet.visible != "visible":
                hidden.append(title)
            elif number == 1:
                return replace(found, hidden=tuple(hidden))
            else:
                number -= 1
        return None

    def _loaded(self, title: str) -> _Chosen:
        xml = sheet_xml(self._content, title)
        self._require_room(xml, f"sheet {short_name(title)}")
        # As text: a number is then spelled as the sheet shows it, 870 and not 870.0. No row is
        # skipped, so that rows have the numbers that a person sees.
        sheet = self._book.load_sheet(title, header_row=None, skip_rows=0, dtypes="string")
        return _Chosen(sheet, xml)

    def _require_room(self, xml: SheetXml, what: str) -> None:
        if xml.rows * xml.columns > _MOST_CELLS:
            raise InputError(
                f"{what} reaches to row {xml.rows:,} and column {xml.columns:,}",
                where=self._name,
                fix="delete what stands far out, or save the table as CSV",
            )


def _name_of(detail: str) -> str:
    found = _ERROR.search(detail)
    return _ERRORS.get(found[1], found[1]) if found else "of a cell"


def _told(chosen: _Chosen) -> tuple[str, ...]:
    hidden = f"; hidden sheets skipped: {listed(chosen.hidden)}" if chosen.hidden else ""
    return (f"sheet read: {short_name(chosen.sheet.name)}{hidden}",)
