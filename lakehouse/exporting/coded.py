"""What files of SPSS and Stata have in common: numbers with labels stand for levels and flags."""

import polars as pl

from lakehouse.exporting.file_format import ExportedFile, InR
from lakehouse.exporting.r_text import r_string
from lakehouse.exporting.variables import Variable


def coded(frame: pl.DataFrame, variables: tuple[Variable, ...]) -> pl.DataFrame:
    """Replace values that have levels by their codes; flags become 0 and 1.

    Parameters
    ----------
    frame : polars.DataFrame
        As `plain_frame` gives it.
    variables : tuple of Variable
    """
    return frame.with_columns(
        pl.col(each.name).replace_strict(
            {level.value: level.code for level in each.levels}, return_dtype=pl.Int32
        )
        for each in variables
        if each.levels
    ).with_columns(pl.col(pl.Boolean).cast(pl.Int32))


def value_labels(variables: tuple[Variable, ...]) -> dict[str, dict[int | float, str]]:
    """Tell what the numbers stand for.

    Parameters
    ----------
    variables : tuple of Variable

    Returns
    -------
    dict of str to dict of int to str
        Labels by variable and number.
    """
    labels: dict[str, dict[int | float, str]] = {}
    for each in variables:
        if each.levels:
            labels[each.name] = {level.code: level.label for level in each.levels}
        elif each.type == "BOOLEAN":
            labels[each.name] = {0: "no", 1: "yes"}
    return labels


def label_within(label: str, size: int, encoding: str) -> str:
    """Shorten a label to what a format takes, and show that it goes on.

    Parameters
    ----------
    size : int
        Of the label, in units of `encoding`.
    encoding : str
        "utf-8" where bytes count; "utf-32-le" for characters, four bytes each.
    """
    if len(label.encode(encoding)) <= size:
        return label
    mark = "…"
    room = size - len(mark.encode(encoding))
    return label.encode(encoding)[:room].decode(encoding, "ignore").rstrip() + mark


def coded_in_r(reader: str) -> InR:
    """Tell how R reads such files.

    Parameters
    ----------
    reader : str
        The function of the R package haven.
    """

    def read(exported: ExportedFile) -> str:
        return f"as.data.frame(zap_formats({reader}({r_string(exported.file)})))"

    return InR(read, package="haven", has_codes=True)
