"""What columns of a table say which photograph, which size and which point it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lakehouse.ids import canonical
from lakehouse.importing.refused import RefusedError
from lakehouse.inputs.column_names import size_names
from lakehouse.settings.manifest_columns import ManifestField

_POINTS: Final = ("point", "index")
_AXES: Final = ("x", "y", "z")


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Columns of a table, by what they say.

    Attributes
    ----------
    ids : mapping of str to str
        Those that say which photograph it is, by what they say; as the file writes them.
    sizes : tuple of str
        Width and height, or none.
    point : tuple of str
        Of a long table: the point's number; or none.
    axes : tuple of str
        Of a long table: x, y and perhaps z; or none.
    """

    sizes: tuple[str, ...]
    point: tuple[str, ...]
    axes: tuple[str, ...]
    ids: Mapping[ManifestField, str] = field(default_factory=dict)

    @property
    def is_long(self) -> bool:
        """Whether each row is a point."""
        return bool(self.point) and len(self.axes) >= len(_AXES) - 1


def find_columns(columns: Sequence[str]) -> TableColumns:
    """Find columns by their names, in whatever case, but for those of ids.

    Raises
    ------
    RefusedError
        If there is a width without a height, or the other way round.
    """
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(canonical(column).lower(), column)
    sizes = size_names(columns)
    if len(sizes) == 1:
        raise RefusedError(f"has a column {sizes[0]} alone, not width and height")
    return TableColumns(
        sizes=sizes,
        point=tuple(by_name[name] for name in _POINTS if name in by_name)[:1],
        axes=tuple(by_name[name] for name in _AXES if name in by_name),
    )
