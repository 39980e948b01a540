"""What people choose from when they have pictures drawn."""

from collections.abc import Collection
from enum import StrEnum


class MaskPicture(StrEnum):
    """Kinds of pictures of masks; ALL stands for all the others."""

    PHOTO = "photo"
    MASK = "mask"
    MEAN = "mean"
    GHOST = "ghost"
    COMPARISON = "comparison"
    ALL = "all"

    @staticmethod
    def kinds(named: Collection["MaskPicture"]) -> list["MaskPicture"]:
        """List the kinds that are asked for.

        Parameters
        ----------
        named : collection of MaskPicture

        Returns
        -------
        list of MaskPicture
            Each once, in the order of their definition; never ALL.
        """
        wanted = set(MaskPicture if MaskPicture.ALL in named else named) - {MaskPicture.ALL}
        return [kind for kind in MaskPicture if kind in wanted]


class SheetOrder(StrEnum):
    """Which photographs of a contact sheet come first."""

    WORST = "worst"
    STUDY = "study"


class AxisOrder(StrEnum):
    """How points follow each other on the axes of a picture of pairs."""

    MUSCLES = "muscles"
    POINTS = "points"
