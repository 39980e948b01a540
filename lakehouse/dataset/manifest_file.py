"""Which table lists the photographs, and what its columns are called."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from lakehouse.inputs.column_map import parsed_columns
from lakehouse.settings.manifest_columns import MANIFEST_FIELDS, OPTIONAL_FIELDS, ManifestField


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """A table that lists photographs, and how it is to be read.

    Attributes
    ----------
    file : Path
        Text with separators, or a workbook.
    columns : dict of str to str
        Field = name of its column, where it is not recognised; goes before the settings.
    sheet : str or None
        Of a workbook; see `lakehouse.inputs.text_tables.read_text_table`.
    """

    file: Path
    columns: dict[ManifestField, str] = field(default_factory=dict)
    sheet: str | None = None


def parsed_map(options: Iterable[str]) -> dict[ManifestField, str]:
    """Read what was given with `--map`; see `lakehouse.inputs.column_map`.

    Raises
    ------
    UsageError
        If a field is unknown, there twice, or without column though it is needed.
    """
    return parsed_columns(options, MANIFEST_FIELDS, OPTIONAL_FIELDS)
