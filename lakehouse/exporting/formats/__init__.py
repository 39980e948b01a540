"""The kinds of files that tables are exported to: a module for each, named as it is chosen.

A module's `FORMAT` tells the rest of the export all that it must know of the kind.
"""

from importlib import import_module

from lakehouse.errors import UsageError
from lakehouse.exporting.choices import DecimalMark, ExportFormat
from lakehouse.exporting.file_format import FileFormat


def format_of(choice: ExportFormat, decimal: DecimalMark = DecimalMark.DOT) -> FileFormat:
    """Give what is known of the chosen kind of files.

    Raises
    ------
    UsageError
        If the decimal mark of such files cannot be chosen.
    """
    chosen = _known(choice)
    if decimal is DecimalMark.DOT:
        return chosen
    if chosen.with_decimal_comma is None:
        able = [each.upper() for each in ExportFormat if _known(each).with_decimal_comma]
        raise UsageError(f"--decimal is for {', '.join(able)}", fix=f"leave it out for {choice}")
    return chosen.with_decimal_comma


def _known(choice: ExportFormat) -> FileFormat:
    # Only now, because some modules import much.
    known: FileFormat = import_module(f"{__name__}.{choice}").FORMAT
    return known
