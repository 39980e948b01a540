"""Which columns of a table, keys of JSON or arrays say which photograph something is of."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from lakehouse.dataset.listing import words_on_renamed
from lakehouse.dataset.manifest_columns import chosen_columns
from lakehouse.errors import InputError
from lakehouse.ids import canonical, folded
from lakehouse.importing.refused import RefusedError
from lakehouse.inputs.column_names import fields_well_known_as
from lakehouse.inputs.text_tables import Column, TextTable
from lakehouse.settings.dataset import Dataset
from lakehouse.settings.manifest_columns import MANIFEST_FIELDS, ManifestField

Texts = Mapping[str, Sequence[str | None]]
"""Columns as text, by the names that the file has for them."""

_FIELDS: Final = tuple(field for field in MANIFEST_FIELDS if field != "video")
"""What is imported is of photographs."""

_SIDES: Final = ("width", "height")


@dataclass(frozen=True, slots=True)
class Named:
    """What a file calls something.

    Attributes
    ----------
    name : str
        As the file writes it.
    letters : str
        What a spreadsheet calls its place; empty in what is no table.
    """

    name: str
    letters: str = ""


@dataclass(frozen=True, slots=True)
class IdColumns:
    """Columns that say which photograph it is.

    Attributes
    ----------
    names : mapping of str to str
        By what they say, as the file writes them.
    told : tuple of str
        What a user should know of the choice.
    """

    names: Mapping[ManifestField, str]
    told: tuple[str, ...] = ()


class IdNames:
    """Finds such columns as manifests have them found, but for names that mean other things here.

    Of a point, a face or a row may be what is called label, class, id or code.

    Parameters
    ----------
    dataset : Dataset
        With names of columns from the settings.
    mapped : mapping of str to str
        Field = name of its column, as the user gives it.

    Attributes
    ----------
    used : bool
        Whether any file was asked for such columns.
    """

    def __init__(self, dataset: Dataset, mapped: Mapping[ManifestField, str]) -> None:
        self._dataset = dataset
        self._mapped = mapped
        self._asked = {**dataset.columns, **mapped}
        self._known: dict[tuple[str, ...], IdColumns] = {}
        self.used = False

    def candidates(self, names: Iterable[str]) -> list[str]:
        """Give those of some names that may say which photograph it is."""
        asked = [*filter(None, self._asked.values())]
        spelled = {*chain.from_iterable((name.lower(), folded(name)) for name in asked)} - {""}
        return [
            name
            for name in names
            if fields_well_known_as(name) or not spelled.isdisjoint(_spellings(name))
        ]

    def is_meant(self, field: ManifestField, name: str) -> bool:
        """Tell whether a column is the one of a field by its own name, or because a user says so.

        Other names are but understood.
        """
        return field in self._asked or canonical(name).lower() == field

    def find(
        self,
        names: Sequence[Named],
        texts: Callable[[Sequence[str]], Texts],
        sizes: Sequence[str] = (),
    ) -> IdColumns:
        """Find the columns of a file.

        Parameters
        ----------
        names : sequence of Named
            What the file has, but for what holds landmarks.
        texts : callable
            Gives columns as text; is asked only for those that may be meant alike.
        sizes : sequence of str
            The columns of width and height.

        Raises
        ------
        RefusedError
            If a column that is named is not there, or two may be meant.
        """
        self.used = True
        written = tuple(each.name for each in names)
        rivals = self._rivals(written)
        if not rivals and written in self._known:
            return self._known[written]
        cells = {name: tuple(values) for name, values in texts(rivals).items()} if rivals else {}
        columns = {
            Column(canonical(each.name), each.letters, cells.get(each.name, ())): each.name
            for each in names
        }
        # A separator, because no sheet of a workbook can be meant.
        table = TextTable("", tuple(columns), (), separator=",")
        try:
            found = chosen_columns(
                table, self._mapped, self._dataset, well_known=True, fields=_FIELDS
            )
        except InputError as error:
            raise RefusedError(f"{error.what}; {error.fix}") from error
        chosen = {field: columns[column] for field, column in found.columns.items()}
        read = chain(chosen.items(), zip(_SIDES, sizes, strict=False))
        result = IdColumns(chosen, (*words_on_renamed(read), *found.told))
        if not rivals:
            self._known[written] = result
        return result

    def _rivals(self, names: Iterable[str]) -> list[str]:
        """Give the names of fields that have several, one of which has to be chosen."""
        fields = {name: fields_well_known_as(name) for name in names}
        counts = Counter(chain.from_iterable(fields.values()))
        return [
            name
            for name, known in fields.items()
            if any(counts[field] > 1 and field not in self._asked for field in known)
        ]


def _spellings(name: str) -> set[str]:
    return {canonical(name).lower(), folded(name)}
