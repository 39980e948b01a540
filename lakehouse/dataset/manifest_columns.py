"""Finding out which column of a manifest says what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lakehouse.dataset.manifest_file import ManifestFile
from lakehouse.errors import InputError
from lakehouse.inputs.column_names import Choice, asked_for, recognised
from lakehouse.inputs.shown import short_name
from lakehouse.inputs.text_tables import Column, TextTable
from lakehouse.settings.dataset import Dataset
from lakehouse.settings.manifest_columns import MANIFEST_FIELDS, OPTIONAL_FIELDS, ManifestField

_SETTING: Final = "dataset.columns"


@dataclass(frozen=True, eq=False)
class FieldColumns:
    """The columns of a manifest by what they say.

    Attributes
    ----------
    columns : dict of str to Column
        Those that are read, in the order of the fields.
    not_read : tuple of str
        Names of the others.
    told : tuple of str
        What a user should know of the choice.
    """

    columns: dict[ManifestField, Column]
    not_read: tuple[str, ...]
    told: tuple[str, ...]


def field_columns(table: TextTable, manifest: ManifestFile, dataset: Dataset) -> FieldColumns:
    """Find the columns that a manifest is read from.

    Raises
    ------
    InputError
        If a column that is named is not there, one that is needed is not recognised, or two may
        be meant.
    """
    found = chosen_columns(table, manifest.columns, dataset)
    _require_all(table, found.columns, dataset)
    return found


def chosen_columns(
    table: TextTable,
    mapped: Mapping[ManifestField, str],
    dataset: Dataset,
    *,
    well_known: bool = False,
    fields: Sequence[ManifestField] = MANIFEST_FIELDS,
) -> FieldColumns:
    """Find the columns that say something of photographs or videos, whichever there are.

    What the user names goes first, then what the settings name, then names that are recognised.

    Parameters
    ----------
    mapped : mapping of str to str
        Field = name of its column, as the user gives it.
    well_known : bool
        Recognise no name that may as well mean something else, such as label.
    fields : sequence of str
        Those that may be there.

    Raises
    ------
    InputError
        If a column that is named is not there, or two may be meant.
    """
    asked = {**dataset.columns, **mapped}
    columns: dict[ManifestField, Column] = {}
    for field, name in asked.items():
        if name and field in fields and _is_wanted(field, dataset):
            by = "--map" if field in mapped else _SETTING
            columns[field] = asked_for(table, field, name, by)
    choices: list[Choice] = []
    for field in fields:
        if field in asked or not _is_wanted(field, dataset):
            continue
        taken = [*columns.values()]
        option = f"--map {field}=COLUMN"
        if choice := recognised(table, field, option, taken, well_known=well_known):
            columns[field] = choice.column
            choices.append(choice)
    ordered = {field: columns[field] for field in fields if field in columns}
    taken = [*columns.values()]
    not_read = tuple(each.name for each in table.columns if each not in taken)
    told = [
        *_words_on_override(mapped, dataset),
        *_words_on_no_participant(asked, dataset),
        *(remark for choice in choices for remark in choice.told(taken)),
    ]
    return FieldColumns(ordered, not_read, tuple(told))


def _is_wanted(field: ManifestField, dataset: Dataset) -> bool:
    return field != "participant" or dataset.identity == "participant"


def _require_all(table: TextTable, columns: dict[ManifestField, Column], dataset: Dataset) -> None:
    missing = [
        field
        for field in MANIFEST_FIELDS
        if field not in columns
        and field not in OPTIONAL_FIELDS
        and _is_wanted(field, dataset)
        # What a video of a session shows, its events say.
        and not (field == "expression" and "video" in columns)
    ]
    if missing:
        example = ",".join(f"{field}=COLUMN" for field in missing)
        nobody = "; where nobody is known, set dataset.identity to photo"
        raise InputError(
            f"has no column that is known to be the {' or the '.join(missing)}",
            where=table.name,
            fix=f"name it with --map {example}{nobody if 'participant' in missing else ''}; "
            f"{table.columns_there}",
        )


def _words_on_override(mapped: Mapping[ManifestField, str], dataset: Dataset) -> list[str]:
    return [
        f"{field} is read from {short_name(name) or 'no column'}, as --map says, and not from "
        f"{short_name(dataset.columns[field]) or 'no column'}, as {_SETTING} says"
        for field, name in mapped.items()
        if field in dataset.columns and dataset.columns[field] != name
    ]


def _words_on_no_participant(asked: dict[ManifestField, str], dataset: Dataset) -> list[str]:
    if not asked.get("participant") or _is_wanted("participant", dataset):
        return []
    column = short_name(asked["participant"])
    return [
        f'participant is not read from {column}: with dataset.identity = "photo", each '
        "photograph is one"
    ]
