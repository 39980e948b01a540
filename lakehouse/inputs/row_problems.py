"""What is wrong with the rows of a file, collected to refuse them all at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from lakehouse.errors import InputError

_SHOWN: Final = 5


def place_of(row: int, line: int) -> str:
    """Say where a row is.

    Parameters
    ----------
    row : int
        Its number in a spreadsheet.
    line : int
        That of the line of text on which it begins; another one below cells of several lines.
    """
    return f"row {row}" if line == row else f"row {row} (line {line})"


@dataclass
class RowProblems:
    """Collects what is wrong with the rows of one file, to refuse them all at once.

    Attributes
    ----------
    file : str
        The file's name.
    lines : dict of int to int
        Of rows of text whose line has another number, that line.
    """

    file: str
    lines: Mapping[int, int] = field(default_factory=dict)
    _problems: list[tuple[int, str]] = field(default_factory=list)

    def add(self, row: int, problem: str) -> None:
        """Note a problem.

        Parameters
        ----------
        row : int
            The row's number in a spreadsheet, which is 1 for the topmost.
        problem : str
            In words, with 40 characters of what the file holds at most.
        """
        self._problems.append((row, problem))

    def extend(self, others: "RowProblems", remark: str) -> None:
        """Take over what was noted elsewhere.

        Parameters
        ----------
        remark : str
            Put behind each.
        """
        self._problems += [(row, problem + remark) for row, problem in others._problems]

    def add_duplicates(self, keys: Iterable[tuple[int, object]], name: str) -> None:
        """Note every row whose key an earlier row has too.

        Parameters
        ----------
        keys : iterable of (int, object)
            Row number and its key, which is None where the row has none.
        name : str
            What the key is, for the message.
        """
        first: dict[object, int] = {}
        for row, key in keys:
            if key is None:
                continue
            if key in first:
                self.add(row, f"{name} is also in {self._place(first[key])}")
            else:
                first[key] = row

    def _place(self, row: int) -> str:
        return place_of(row, self.lines.get(row, row))

    @property
    def rows(self) -> frozenset[int]:
        """The rows with which anything is wrong so far."""
        return frozenset(row for row, _ in self._problems)

    def refuse(self, fix: str) -> None:
        """Raise if anything was noted.

        Parameters
        ----------
        fix : str
            What to do about it.

        Raises
        ------
        InputError
            Naming the first few rows and how many there are.
        """
        if not self._problems:
            return
        rows = sorted(self._problems)
        shown = "; ".join(f"{self._place(row)}: {problem}" for row, problem in rows[:_SHOWN])
        more = f"; and {len(rows) - _SHOWN:,} more" if len(rows) > _SHOWN else ""
        raise InputError(f"refused, {shown}{more}", where=self.file, fix=fix)
