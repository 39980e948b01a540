"""The R script that loads an export with the right types."""

from typing import Final

from lakehouse.exporting.codebook import ExportedFile
from lakehouse.exporting.plain import SEPARATORS, Decimal
from lakehouse.exporting.variables import LARGE, REAL, WHOLE, Variable

_HEAD: Final = """\
# Loads the exported tables into the list `tables`; tables$scores is one of them.
# Run it in the folder it lies in, or say where that is: source("load.R", chdir = TRUE)
# Ids stay text; expressions and conditions are factors in the study's order; labels are kept as
# the attribute "label".
{needs}
finished <- function(data, levels, labels, flags = character()) {{
  for (name in flags) data[[name]] <- as.logical(as.numeric(data[[name]]))
  for (name in names(levels)) {{
    known <- levels[[name]]
    data[[name]] <- factor(as.character(data[[name]]), levels = known$values, labels = known$labels)
  }}
  for (name in names(labels)) attr(data[[name]], "label") <- labels[[name]]
  data
}}
"""

_CSV: Final = """
# A text that a spreadsheet would run as a formula was written with an apostrophe in front.
unguarded <- function(data) {
  for (name in names(data)) if (is.character(data[[name]])) {
    data[[name]] <- sub("^'('*[=+@\\t\\r-])", "\\\\1", data[[name]])
  }
  data
}
"""

_NEEDS: Final = {
    "csv": "",
    "rds": "",
    "parquet": "library(arrow)\n",
    "arrow": "library(arrow)\n",
    "sav": "library(haven)\n",
    "dta": "library(haven)\n",
    "xlsx": "library(readxl)\n",
}


def r_script(exported: list[ExportedFile], file_format: str, decimal: Decimal) -> str:
    """Write the script.

    Parameters
    ----------
    exported : list of ExportedFile
    file_format : str
    decimal : {"dot", "comma"}
        Of CSV.

    Returns
    -------
    str
    """
    parts = [_HEAD.format(needs=_NEEDS[file_format]), _CSV if file_format == "csv" else ""]
    parts.append("\ntables <- list()\n")
    for each in exported:
        read = _read(each, file_format, decimal)
        if file_format != "rds":
            read = f"finished({read},\n  {_levels(each)},\n  {_labels(each)}{_flags(each)})"
        parts.append(f"tables${each.table.name} <- {read}\n")
    return "".join(parts)


def _read(exported: ExportedFile, file_format: str, decimal: Decimal) -> str:
    file = _text(exported.file)
    variables = exported.table.variables
    if file_format == "rds":
        return f"readRDS({file})"
    if file_format in {"parquet", "arrow"}:
        reader = "read_parquet" if file_format == "parquet" else "read_feather"
        return f"as.data.frame({reader}({file}))"
    if file_format in {"sav", "dta"}:
        return f"as.data.frame(zap_formats(read_{file_format}({file})))"
    if file_format == "xlsx":
        kinds = ", ".join(_text(_sheet_type(each)) for each in variables)
        return f"as.data.frame(read_excel({file}, col_types = c({kinds})))"
    kinds = ", ".join(_text(_class(each)) for each in variables)
    return (
        f"unguarded(read.table({file}, header = TRUE, sep = {_text(SEPARATORS[decimal])}, "
        f"dec = {_text(',' if decimal == 'comma' else '.')},\n"
        '  quote = "\\"", comment.char = "", na.strings = "", encoding = "UTF-8",\n'
        f"  colClasses = c({kinds})))"
    )


def _levels(exported: ExportedFile) -> str:
    listed = []
    for each in exported.table.variables:
        if each.levels:
            values = ", ".join(_text(value) for value in _spellings(each, exported.file))
            labels = ", ".join(
                _text(level.value if isinstance(level.value, str) else level.label)
                for level in each.levels
            )
            listed.append(f"{each.name} = list(values = c({values}), labels = c({labels}))")
    return f"list({', '.join(listed)})"


def _spellings(variable: Variable, file: str) -> list[str]:
    """Spell levels as R sees them in the file, once made text."""
    if file.endswith((".sav", ".dta")):
        return [str(level.code) for level in variable.levels]
    return [
        str(level.value).upper() if level.value in (True, False) else str(level.value)
        for level in variable.levels
    ]


def _labels(exported: ExportedFile) -> str:
    listed = (f"{each.name} = {_text(each.label)}" for each in exported.table.variables)
    return f"list({', '.join(listed)})"


def _flags(exported: ExportedFile) -> str:
    """Name the flags that the file holds as numbers."""
    flags = [each for each in exported.table.variables if each.type == "BOOLEAN"]
    named = ", ".join(_text(each.name) for each in flags if not each.levels)
    return f",\n  c({named})" if named and exported.file.endswith((".sav", ".dta")) else ""


def _class(variable: Variable) -> str:
    if variable.type in WHOLE:
        return "integer"
    if variable.type in LARGE | REAL or variable.type.startswith("DECIMAL"):
        return "numeric"
    return "logical" if variable.type == "BOOLEAN" else "character"


def _sheet_type(variable: Variable) -> str:
    return {"integer": "numeric", "character": "text"}.get(_class(variable), _class(variable))


def _text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
