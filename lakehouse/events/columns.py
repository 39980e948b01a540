"""Which column of a table of events says what."""

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Final, Literal, get_args

from lakehouse.inputs.column_map import parsed_columns
from lakehouse.inputs.column_names import COLUMN_NAMES, asked_for, keys_of, recognised
from lakehouse.inputs.shown import listed
from lakehouse.inputs.text_tables import Column, TextTable

EventField = Literal[
    "participant",
    "video",
    "event",
    "onset",
    "duration",
    "end",
    "expression",
    "supervised",
    "kind",
]
"""What a table says of an event."""

EVENT_FIELDS: Final[tuple[EventField, ...]] = get_args(EventField)

_UNITS: Final = ("", " s", " sec", " seconds", " ms", " msec", " milliseconds", " time")


def _times(*names: str) -> tuple[str, ...]:
    return tuple(name + unit for name, unit in product(names, _UNITS))


EVENT_COLUMN_NAMES: Final[Mapping[EventField, tuple[tuple[str, ...], ...]]] = {
    "participant": COLUMN_NAMES["participant"][:2],
    "video": (
        ("video",),
        (
            *("video id", "id video", "video file", "video name", "video path"),
            *("file", "file name", "file path", "path", "media", "media file", "media file name"),
            *(
                "media file path",
                "clip",
                "recording",
                "movie",
                "arquivo",
                "arquivo de vídeo",
            ),
            *("nome do arquivo", "caminho", "gravação", "archivo", "nombre del archivo", "ruta"),
            *("grabación", "Datei", "Dateiname", "Videodatei", "Aufnahme", "fichier"),
            *("nom du fichier", "enregistrement", "nome del file", "registrazione"),
        ),
    ),
    "event": (
        ("event",),
        (
            *("event id", "id event", "event number", "trial", "trial id", "trial number"),
            *("evento", "id evento", "ensaio", "tentativa", "ensayo", "Ereignis", "Durchgang"),
            *("événement", "essai", "prova"),
        ),
    ),
    "onset": (
        ("onset", *_times("onset")[1:]),
        _times(
            *("start", "begin", "begins", "from", "event onset", "stimulus onset", "trial onset"),
            *("início", "começo", "inicio", "comienzo", "Beginn", "Anfang", "début", "inizio"),
        ),
        ("time", "t", "tempo", "tiempo", "Zeit", "temps"),
    ),
    "duration": (
        ("duration", *_times("duration")[1:]),
        _times("dur", "length", "duração", "duración", "Dauer", "durée", "durata"),
    ),
    "end": (
        ("end", *_times("end")[1:]),
        _times(
            *("offset", "stop", "ends", "to", "until", "fim", "término", "fin", "Ende", "fine"),
        ),
    ),
    "expression": (
        *COLUMN_NAMES["expression"][:2],
        ("trial type", "stimulus", "condition", "behavior", "annotation", "estímulo", "Reiz"),
        *COLUMN_NAMES["expression"][2:],
    ),
    "supervised": COLUMN_NAMES["supervised"],
    "kind": (
        ("kind",),
        ("event type", "event kind", "kind of event", "tipo de evento", "tipo do evento"),
        ("type", "tipo", "Art"),
    ),
}
"""Names of each field's column, in ranks: the better known first."""

_KEYS: Final = keys_of(dict(EVENT_COLUMN_NAMES.items()))


def parsed_event_columns(options: Iterable[str]) -> dict[EventField, str]:
    """Read what was given with `--map`; see `lakehouse.inputs.column_map`.

    Raises
    ------
    UsageError
        If a field is unknown, or there twice.
    """
    return parsed_columns(options, EVENT_FIELDS, EVENT_FIELDS)


def event_columns(
    table: TextTable, mapped: Mapping[EventField, str]
) -> tuple[dict[EventField, Column], tuple[str, ...]]:
    """Find the columns that say something of events, whichever there are.

    Parameters
    ----------
    mapped : mapping of str to str
        Field = name of its column, as the user gives it; an empty name leaves the field unread.

    Returns
    -------
    columns : dict of str to Column
    told : tuple of str
        What a user should know of the choice.

    Raises
    ------
    InputError
        If a column that is named is not there, or two may be meant.
    """
    columns: dict[EventField, Column] = {
        field: asked_for(table, field, name, "--map") for field, name in mapped.items() if name
    }
    choices = []
    for field in EVENT_FIELDS:
        if field in mapped:
            continue
        option = f"--map {field}=COLUMN"
        if choice := recognised(table, field, option, [*columns.values()], keys=_KEYS):
            columns[field] = choice.column
            choices.append(choice)
    taken = [*columns.values()]
    told = [remark for choice in choices for remark in choice.told(taken)]
    ignored = [each.name for each in table.columns if each not in taken]
    if ignored:
        told.append(f"columns ignored: {listed(ignored)}")
    return columns, tuple(told)
