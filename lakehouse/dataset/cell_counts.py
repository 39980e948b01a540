"""How many photographs the cells of a dataset hold."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lakehouse.dataset.listing import PhotoFile

Cell = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class CellCounts:
    """Photographs by participant, expression and condition.

    Attributes
    ----------
    usual : int
        Photographs that most cells have; of several such numbers the largest; 0 without cells.
    unusual : tuple of (cell, int)
        Cells with another number of photographs, in the dataset's order.
    missing : tuple of cell
        Cells that a participant lacks and another has, in the order of participants and of what
        comes first in the dataset.
    with_neutral : int
        Participants with a neutral photograph without cue.
    """

    usual: int
    unusual: tuple[tuple[Cell, int], ...]
    missing: tuple[Cell, ...]
    participants: int
    with_neutral: int

    @property
    def complete(self) -> bool:
        """Whether all participants have the same masks."""
        return not self.missing

    @classmethod
    def of(cls, photos: Iterable[PhotoFile], neutral: str) -> "CellCounts":
        """Count photographs.

        Parameters
        ----------
        photos : iterable of PhotoFile
        neutral : str
            The expression that all others are compared with.
        """
        counts = Counter(photo.cell for photo in photos)
        numbers = Counter(counts.values())
        usual = max(numbers, key=lambda number: (numbers[number], number), default=0)
        people = list(dict.fromkeys(cell[0] for cell in counts))
        masks = list(dict.fromkeys(cell[1:] for cell in counts))
        missing = ((who, *mask) for who in people for mask in masks)
        return cls(
            usual,
            tuple((cell, count) for cell, count in counts.items() if count != usual),
            tuple(cell for cell in missing if cell not in counts),
            len(people),
            sum((who, neutral, False) in counts for who in people),
        )
