"""A table as it lies in a file: cells in rows and columns, not yet understood."""

from dataclasses import dataclass, field

Cell = str | None


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells of a file.

    Attributes
    ----------
    rows : list of list of str or None
        Row 0 is what a spreadsheet numbers 1; all of one length. Blanks around text are gone, and
        what was only blanks is None.
    separator : str or None
        Between the columns of text; None for a spreadsheet.
    faults : dict of (int, int) to str
        Row and column, both from 0, of cells whose value is not known, and why.
    told : tuple of str
        What a user should know of how the file was read.
    lines : dict of int to int
        Of each row of text, the number of the line on which it begins, from 1.
    """

    rows: list[list[Cell]]
    separator: str | None = None
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    lines: dict[int, int] = field(default_factory=dict)
