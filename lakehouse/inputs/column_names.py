"""What columns of people's tables are called, in the languages that researchers use."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from lakehouse.errors import InputError
from lakehouse.ids import canonical, folded
from lakehouse.inputs.shown import short_name
from lakehouse.inputs.text_tables import Column, TextTable

COLUMN_NAMES: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "path": (
        ("path",),
        (
            *("file", "file name", "file path", "image", "image path", "image file", "image name"),
            *("img", "img path", "img name", "photo path", "photo file", "picture"),
            *("picture path", "picture file", "arquivo", "nome do arquivo", "caminho", "imagem"),
            *("archivo", "nombre del archivo", "ruta", "fichero", "imagen"),
            *("Datei", "Dateiname", "Dateipfad", "Pfad", "Bild", "Bilddatei"),
            *("fichier", "nom du fichier", "chemin"),
            *("nome del file", "percorso", "immagine"),
        ),
        ("photo", "photograph", "foto", "fotografia", "photographie"),
    ),
    "participant": (
        ("participant",),
        (
            *("participant id", "id participant", "participant code", "participant number"),
            *("user", "user id", "id user", "subject", "subject id", "id subject", "face id"),
            *("person", "person id", "identity", "ppt", "pid"),
            *("participante", "id participante", "participante id", "código do participante"),
            *("sujeito", "id sujeito", "voluntário", "código del participante"),
            *("sujeto", "id sujeto"),
            *("Teilnehmer", "Teilnehmerin", "Teilnehmer ID", "Teilnehmernummer"),
            *("Versuchsperson", "Versuchspersonnummer", "Versuchspersonennummer", "Proband"),
            *("Probanden ID", "VP", "VP Nr", "VP Nummer", "VP Code", "VP ID"),
            *("sujet", "id sujet", "code du participant"),
            *("partecipante", "id partecipante", "soggetto", "id soggetto"),
        ),
        ("id", "code", "código", "codice", "Kennung"),
    ),
    "expression": (
        ("expression",),
        (
            *("emotion", "facial expression", "expression label", "expression name"),
            *("expression code", "emotion label", "emotion name", "emotion code"),
            *("expressão", "expressão facial", "emoção", "expresión", "expresión facial"),
            *("emoción", "Ausdruck", "Gesichtsausdruck", "Emotionslabel"),
            *("expression faciale", "espressione", "espressione facciale", "emozione"),
        ),
        ("label", "class", "rótulo", "etiqueta", "étiquette", "etichetta"),
    ),
    "supervised": (
        ("supervised",),
        (
            *("cue", "cued", "with cue", "supervisionado", "supervisionada", "com pista"),
            *("supervisado", "supervisada", "con pista", "mit Hinweis", "supervisé", "supervisée"),
            *("avec indice", "supervisionato", "supervisionata", "con indizio"),
        ),
    ),
    "photo": (
        ("photo",),
        ("photo id", "id photo", "foto", "foto id", "id foto", "foto nr"),
    ),
    "video": (("video",), ("video id", "id video")),
}
"""Names of each field's column, in ranks: the better known first. Case, accents, blanks, dots and
underscores make no difference."""

SIZE_NAMES: Final = (
    ("width", "height"),
    *((f"{of} width", f"{of} height") for of in ("image", "img", "photo", "picture", "frame")),
    *(("image w", "image h"), ("img w", "img h")),
    *(("largura", "altura"), ("ancho", "alto"), ("Breite", "Höhe")),
    *(("largeur", "hauteur"), ("larghezza", "altezza")),
)
"""Names of the two columns that hold the size of a picture."""

_WELL_KNOWN: Final = 2
"""Ranks: the field's own name, and those that mean nothing else."""

Keys = Mapping[str, tuple[tuple[str, ...], ...]]
"""Names of fields' columns in ranks, as they are compared."""


def keys_of(names: Keys) -> Keys:
    """Fold names of columns as they are compared.

    Parameters
    ----------
    names : mapping of str
        As `COLUMN_NAMES` has them.
    """
    return {
        field: tuple(tuple(map(folded, each)) for each in ranks) for field, ranks in names.items()
    }


_KEYS: Final = keys_of(COLUMN_NAMES)
_SIZE_KEYS: Final = tuple((folded(width), folded(height)) for width, height in SIZE_NAMES)


@dataclass(frozen=True, eq=False)
class Choice:
    """The column that was taken for a field.

    Attributes
    ----------
    rivals : tuple of Column
        Less well-known names that say something else, and were passed over.
    """

    field: str
    column: Column
    rivals: tuple[Column, ...] = ()

    @property
    def by_own_name(self) -> bool:
        """Whether the column is called as the field is."""
        return self.column.key == self.field

    def told(self, taken: Collection[Column] = ()) -> tuple[str, ...]:
        """Say that another column might have been meant.

        Parameters
        ----------
        taken : collection of Column
            Those that another field was read from.
        """
        passed = [short_name(each.name) for each in self.rivals if each not in taken]
        if not passed:
            return ()
        chosen = short_name(self.column.name)
        return (f"{self.field} is read from {chosen}, and not from {', '.join(passed)}",)


def is_name_of(field: str, name: str) -> bool:
    """Tell whether a column's name is one of a field's."""
    return any(folded(name) in keys for keys in _KEYS[field])


def fields_well_known_as(name: str) -> tuple[str, ...]:
    """Give the fields of which a name is one, but for those it has only if there is no other."""
    key = folded(name)
    return tuple(
        field for field, ranks in _KEYS.items() if any(key in keys for keys in ranks[:_WELL_KNOWN])
    )


def size_names(names: Iterable[str]) -> tuple[str, ...]:
    """Find the columns that hold the width and the height of a picture.

    Returns
    -------
    tuple of str
        Both, or none; one alone if it is called width or height, so that its other is missing.
    """
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(folded(name), name)
    for pair in _SIZE_KEYS:
        if by_key.keys() >= {*pair}:
            return by_key[pair[0]], by_key[pair[1]]
    return tuple(by_key[key] for key in _SIZE_KEYS[0] if key in by_key)


def recognised(
    table: TextTable,
    field: str,
    option: str,
    taken: Collection[Column] = (),
    *,
    well_known: bool = False,
    keys: Keys = _KEYS,
) -> Choice | None:
    """Find the column of a field by its name.

    Parameters
    ----------
    field : str
        Of `COLUMN_NAMES`, or of those that the keys are of.
    option : str
        How a user names the column, for the message.
    taken : collection of Column
        Columns that are another field's.
    well_known : bool
        Take no name that counts only if there is no other.
    keys : mapping of str
        Names that `keys_of` has folded.

    Returns
    -------
    Choice or None
        Of the best-known name there is; a column without any value only if there is no other.

    Raises
    ------
    InputError
        If two columns of equally well-known names hold different things.
    """
    found = [
        sorted(
            (each for each in table.columns if each not in taken and folded(each.name) in rank),
            key=lambda column: rank.index(folded(column.name)),
        )
        for rank in keys[field][: _WELL_KNOWN if well_known else None]
    ]
    filled = [[each for each in rank if any(each.cells) or each.faults] for rank in found]
    ranks = [rank for rank in filled if rank] or [rank for rank in found if rank][:1]
    if not ranks:
        return None
    first, *others = ranks[0]
    table.find([first.name])
    if differing := _differing(first, others):
        raise InputError(
            f"has two columns that may be the {field}, {short_name(first.name)}{first.place} and "
            f"{short_name(differing[0].name)}{differing[0].place}",
            where=table.name,
            fix=f"say which with {option}",
        )
    later = [each for rank in ranks[1:] for each in rank]
    return Choice(field, first, tuple(_differing(first, later)))


def _differing(one: Column, others: Sequence[Column]) -> list[Column]:
    return [other for other in others if other.values != one.values]


def named(table: TextTable, name: str) -> Column | None:
    """Find a column that a user names.

    Returns
    -------
    Column or None
        The one of the name in whatever case; else the only one whose name differs in accents,
        blanks or punctuation.

    Raises
    ------
    InputError
        If two columns have the name.
    """
    if (found := table.find([name])) is not None:
        return found
    alike = [each for each in table.columns if folded(each.name) == folded(canonical(name))]
    return alike[0] if len(alike) == 1 and folded(name) else None


def asked_for(table: TextTable, field: str, name: str, by: str) -> Column:
    """Find the column that a user names for a field.

    Parameters
    ----------
    by : str
        What names it, such as an option.

    Raises
    ------
    InputError
        If there is none, or two columns have the name.
    """
    if (found := named(table, name)) is not None:
        return found
    there = [column.name for column in table.columns]
    close = get_close_matches(name, there, n=1)
    raise InputError(
        f"has no column {short_name(name)}, which {by} names for {field}",
        where=table.name,
        fix=(f"is it {short_name(close[0])}? " if close else "") + table.columns_there,
    )
