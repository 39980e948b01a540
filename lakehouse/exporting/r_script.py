"""The R script that loads an export with the right types."""

from typing import Final

from lakehouse.exporting.file_format import ExportedFile, InR
from lakehouse.exporting.r_text import r_string
from lakehouse.exporting.variables import Variable

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


def r_script(exported: list[ExportedFile], in_r: InR) -> str:
    """Write the script.

    Parameters
    ----------
    exported : list of ExportedFile
    in_r : InR
        How R reads the files.
    """
    needs = f"library({in_r.package})\n" if in_r.package else ""
    parts = [_HEAD.format(needs=needs), in_r.helpers, "\ntables <- list()\n"]
    for each in exported:
        read = in_r.read(each)
        if not in_r.is_finished:
            levels, flags = _levels(each, in_r), _flags(each, in_r)
            read = f"finished({read},\n  {levels},\n  {_labels(each)}{flags})"
        parts.append(f"tables${each.table.name} <- {read}\n")
    return "".join(parts)


def _levels(exported: ExportedFile, in_r: InR) -> str:
    listed = []
    for each in exported.table.variables:
        if each.levels:
            values = ", ".join(r_string(value) for value in _spellings(each, in_r))
            labels = ", ".join(
                r_string(level.value if isinstance(level.value, str) else level.label)
                for level in each.levels
            )
            listed.append(f"{each.name} = list(values = c({values}), labels = c({labels}))")
    return f"list({', '.join(listed)})"


def _spellings(variable: Variable, in_r: InR) -> list[str]:
    """Spell levels as R sees them in the file, once made text."""
    if in_r.has_codes:
        return [str(level.code) for level in variable.levels]
    return [
        str(level.value).upper() if level.value in (True, False) else str(level.value)
        for level in variable.levels
    ]


def _labels(exported: ExportedFile) -> str:
    listed = (f"{each.name} = {r_string(each.label)}" for each in exported.table.variables)
    return f"list({', '.join(listed)})"


def _flags(exported: ExportedFile, in_r: InR) -> str:
    """Name the flags that the file holds as numbers."""
    flags = [each for each in exported.table.variables if each.type == "BOOLEAN"]
    named = ", ".join(r_string(each.name) for each in flags if not each.levels)
    return f",\n  c({named})" if named and in_r.has_codes else ""
