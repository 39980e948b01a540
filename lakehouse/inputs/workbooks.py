"""Reading one sheet of a spreadsheet (Excel, OpenDocument) into a grid."""

import re
from dataclasses import dataclass
from typing import Final

import fastexcel

from lakehouse.errors import InputError
from lakehouse.inputs.grid import Grid
from lakehouse.inputs.shown import cut, listed, short_name
from lakehouse.inputs.uncomputed import uncomputed_formulas, unpacked_bytes

_LARGEST: Final = 2**28
"""Bytes of a workbook once it is unpacked."""

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
    hidden: tuple[str, ...] = ()


def workbook_grid(content: bytes, name: str, sheet: str | None) -> Grid:
    """Read the cells of a sheet.

    Parameters
    ----------
    content : bytes
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
        chosen = _chosen(fastexcel.read_excel(content), name, sheet)
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
    for row, column in uncomputed_formulas(content, chosen.sheet.name):
        faults[row, column] = "a formula without a stored value; open and save it in Excel"
    return Grid(rows, faults=faults, told=_told(chosen))


def _chosen(book: fastexcel.ExcelReader, name: str, wanted: str | None) -> _Chosen:
    if wanted in book.sheet_names:
        return _Chosen(_loaded(book, wanted))
    number = int(wanted) if wanted and re.fullmatch("[0-9]{1,4}", wanted) else None
    hidden: list[str] = []
    shown: list[str] = []
    if wanted is None or number:
        for title in book.sheet_names:
            sheet = _loaded(book, title)
            if sheet.visible != "visible":
                hidden.append(title)
                continue
            shown.append(title)
            if len(shown) == (number or 1):
                return _Chosen(sheet, tuple(hidden))
    if wanted is None:
        raise InputError("has no sheet that is shown", where=name, fix="name one with --sheet")
    raise InputError(
        f"has no sheet {short_name(wanted)}",
        where=name,
        fix=f"its sheets are {listed(book.sheet_names)}",
    )


def _loaded(book: fastexcel.ExcelReader, title: str) -> fastexcel.ExcelSheet:
    # As text: a number is then spelled as the sheet shows it, 870 and not 870.0. No row is skipped,
    # so that rows have the numbers that a person sees.
    return book.load_sheet(title, header_row=None, skip_rows=0, dtypes="string")


def _name_of(detail: str) -> str:
    found = _ERROR.search(detail)
    return _ERRORS.get(found[1], found[1]) if found else "of a cell"


def _told(chosen: _Chosen) -> tuple[str, ...]:
    hidden = f"; hidden sheets passed over: {listed(chosen.hidden)}" if chosen.hidden else ""
    return (f"sheet read: {short_name(chosen.sheet.name)}{hidden}",)
