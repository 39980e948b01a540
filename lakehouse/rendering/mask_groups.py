"""Groups of masks: their means, their ghosts and the comparison of conditions."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from lakehouse.figures.canvas import Indices, Pixels, Points
from lakehouse.figures.mesh import draw_ghost, draw_mask
from lakehouse.figures.panels import Column, captioned, compare, halved
from lakehouse.files.safe_names import safe_name
from lakehouse.rendering.selection import Selection, condition, tag

Job = tuple[Path, partial[Pixels]]
"""Where a picture goes and how it is drawn."""


@dataclass(frozen=True, eq=False)
class MaskGroups:
    """Masks, by what they have in common.

    Parameters
    ----------
    cells : polars.DataFrame
        Columns participant, expression, supervised, mask, code; a row per mask.
    points : ndarray, shape (masks, 468, 2)
        Aligned pixels.
    edges : ndarray of int, shape (edges, 2)
    selection : Selection
        What the masks were chosen by: pictures of a part of a group get names of their own.
    """

    cells: pl.DataFrame
    points: Points
    edges: Indices
    selection: Selection

    @property
    def means(self) -> int:
        """How many pictures `mean_jobs` gives."""
        return self.cells["mask"].n_unique() + self.cells["expression"].n_unique()

    @property
    def ghosts(self) -> int:
        """How many pictures `ghost_jobs` gives."""
        return self.means + self.cells["participant"].n_unique()

    def expressions_by_conditions(self) -> tuple[list[str], list[str]]:
        """Tell expressions with masks of both conditions from those of one.

        Returns
        -------
        comparable, alone : list of str
            In the study's order.
        """
        conditions = self.cells.group_by("expression", maintain_order=True).agg(
            both=pl.col("supervised").n_unique() == 2
        )
        comparable = conditions.filter("both")["expression"].to_list()
        return comparable, conditions.filter(~pl.col("both"))["expression"].to_list()

    def mean_jobs(self, folder: Path) -> Iterator[Job]:
        """Draw the mean of each mask, and of each expression over its conditions."""
        for rows in self._split("mask"):
            caption = f"{self._about(rows)}: mean of {self._people(rows)}"
            path = folder / "mask" / self._file(rows["mask"][0])
            yield path, partial(self._drawn_mean, rows, caption)
        for rows in self._split("expression"):
            caption = f"{self._about(rows)}: mean of {self._people(rows)}"
            path = folder / "expression" / self._file(_coded(rows))
            yield path, partial(self._drawn_mean, rows, caption)

    def ghost_jobs(self, folder: Path) -> Iterator[Job]:
        """Draw all masks of each participant, mask and expression over each other."""
        by_participant = tag(self.selection.expressions)
        for rows in self._split("participant"):
            participant = rows["participant"][0]
            path = folder / "participant" / f"{safe_name(participant)}{by_participant}.png"
            yield path, partial(self._drawn_ghost, rows, f"participant {participant}")
        for rows in self._split("mask"):
            path = folder / "mask" / self._file(rows["mask"][0])
            yield path, partial(self._drawn_ghost, rows, self._about(rows))
        for rows in self._split("expression"):
            path = folder / "expression" / self._file(_coded(rows))
            yield path, partial(self._drawn_ghost, rows, self._about(rows))

    def comparison_jobs(self, folder: Path) -> Iterator[Job]:
        """Draw unsupervised beside supervised, for each expression that has both."""
        for expression in self.expressions_by_conditions()[0]:
            rows = self.cells.with_row_index("row").filter(pl.col("expression") == expression)
            yield folder / self._file(_coded(rows)), partial(self._compared, rows)

    def mean_points(self, rows: pl.DataFrame) -> Points:
        """Average masks over participants, then over conditions, as the relations do.

        Parameters
        ----------
        rows : polars.DataFrame
            With columns row (of the points) and mask.

        Returns
        -------
        ndarray, shape (468, 2)
            Aligned pixels.
        """
        masks = [self._of(part).mean(axis=0) for part in rows.partition_by("mask")]
        return np.asarray(np.mean(masks, axis=0))

    def _split(self, column: str) -> list[pl.DataFrame]:
        return self.cells.with_row_index("row").partition_by(column, maintain_order=True)

    def _of(self, rows: pl.DataFrame) -> Points:
        return np.asarray(self.points[rows["row"].to_numpy()])

    def _file(self, name: str) -> str:
        return f"{safe_name(name)}{tag(self.selection.participants)}.png"

    def _people(self, rows: pl.DataFrame) -> str:
        number = rows["participant"].n_unique()
        chosen = " chosen" if self.selection.participants else ""
        return f"{number:,}{chosen} participant{'' if number == 1 else 's'}"

    @staticmethod
    def _about(rows: pl.DataFrame) -> str:
        """Name the mask that the rows share, or the expression."""
        row = rows.row(0, named=True)
        conditions = rows["supervised"].unique()
        if len(conditions) == 1:
            return f"{row['mask']} {row['expression']}, {condition(row['supervised'])}"
        return f"{row['code']} {row['expression']}, both conditions"

    def _drawn_mean(self, rows: pl.DataFrame, caption: str) -> Pixels:
        return captioned(draw_mask(self.mean_points(rows), self.edges), caption)

    def _drawn_ghost(self, rows: pl.DataFrame, about: str) -> Pixels:
        number = f"{len(rows):,} mask{'' if len(rows) == 1 else 's'}"
        return captioned(
            draw_ghost(self._of(rows), self.edges), f"{about}: {number} over each other"
        )

    def _compared(self, rows: pl.DataFrame) -> Pixels:
        columns = [
            Column(
                f"{part['mask'][0]} {condition(part['supervised'][0])}: {self._people(part)}",
                (
                    halved(draw_ghost(self._of(part), self.edges)),
                    halved(draw_mask(self.mean_points(part), self.edges)),
                ),
            )
            for part in rows.sort("supervised").partition_by("supervised", maintain_order=True)
        ]
        note = "Above, a place is the darker the more masks have a line there."
        row = rows.row(0, named=True)
        labels = ("all masks over each other", "mean mask")
        return compare(f"{row['code']} {row['expression']}", columns, labels, note)


def _coded(rows: pl.DataFrame) -> str:
    row = rows.row(0, named=True)
    return f"{row['code']}-{row['expression']}"
