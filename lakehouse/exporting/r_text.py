"""Spelling in R."""

from lakehouse.exporting.variables import LARGE, REAL, WHOLE, Variable


def r_string(text: str) -> str:
    """Spell a text as R reads it.

    Returns
    -------
    str
        In double quotes.
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def r_class(variable: Variable) -> str:
    """Name the class of R's vectors that holds a variable.

    Returns
    -------
    str
        integer, numeric, logical or character.
    """
    if variable.type in WHOLE:
        return "integer"
    if variable.type in LARGE | REAL or variable.type.startswith("DECIMAL"):
        return "numeric"
    return "logical" if variable.type == "BOOLEAN" else "character"
