"""What columns of a table say which photograph, which size and which point it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lakehouse.ids import canonical
from lakehouse.importing.pictured import NAMES
from lakehouse.importing.refused import RefusedError

_SIZES: Final = ("width", "height")
_POINTS: Final = ("point", "index")
_AXES: Final = ("x", "y", "z")


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Columns of a table, by what they say.

    Attributes
    ----------
    ids : mapping of str to str
        By name of `lakehouse.importing.pictured.NAMES`, the column as the file writes it.
    sizes : tuple of str
        Width and height, or none.
    point : tuple of str
        Of a long table: the point's number; or none.
    axes : tuple of str
        Of a long table: x, y and perhaps z; or none.
    """

    ids: Mapping[str, str]
    sizes: tuple[str, ...]
    point: tuple[str, ...]
    axes: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Whether each row is a point."""
        return bool(self.point) and len(self.axes) >= len(_AXES) - 1


def find_columns(columns: Sequence[str]) -> TableColumns:
    """Find columns by their names, in whatever case.

    Raises
    ------
    RefusedError
        If there is a width without a height, or the other way round.
    """
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(canonical(column).lower(), column)
    sizes = tuple(by_name[name] for name in _SIZES if name in by_name)
    if len(sizes) == 1:
        raise RefusedError(f"has a column {sizes[0]} alone, not width and height")
    return TableColumns(
        ids={name: by_name[name] for name in NAMES if name in by_name},
        sizes=sizes,
        point=tuple(by_name[name] for name in _POINTS if name in by_name)[:1],
        axes=tuple(by_name[name] for name in _AXES if name in by_name),
    )
