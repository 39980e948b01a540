"""Whether a warehouse keeps to what was registered."""

import json
from dataclasses import asdict, dataclass

from lakehouse.errors import LakeError
from lakehouse.paths import WarehousePaths
from lakehouse.preregistration.flat import flat
from lakehouse.preregistration.reading import digest, read
from lakehouse.settings import Settings
from lakehouse.warehouse.provenance import current_provenance

_SHOWN = 60


@dataclass(frozen=True)
class Keeping:
    """How a warehouse stands to its registration.

    Attributes
    ----------
    registered_at, sha256 : str
        Empty where the registration cannot be read.
    before_scores : bool
        False where scores were in the lake when it was made.
    departures : tuple of str
        What is otherwise now, a phrase each; empty where all is kept.
    replaced : int
        Registrations before this one.
    """

    registered_at: str
    sha256: str
    before_scores: bool
    departures: tuple[str, ...]
    replaced: int = 0


def keeping(paths: WarehousePaths, settings: Settings, photographs_digest: str) -> Keeping | None:
    """Compare a warehouse with what was registered.

    Parameters
    ----------
    photographs_digest : str
        Of the lake as it is, as `Inspection` has it.

    Returns
    -------
    Keeping or None
        None where nothing was registered.
    """
    try:
        document = read(paths)
    except LakeError as error:
        return Keeping("", "", before_scores=False, departures=(str(error),))
    if document is None:
        return None
    departures = []
    if digest(document) != document["sha256"]:
        departures.append("preregistration.json was changed after it was written")
    if document["photographs_digest"] != photographs_digest:
        departures.append("the lake holds other photographs than those registered")
    departures += _settings(document["settings"], settings)
    code = asdict(current_provenance(paths, settings, ""))
    for name, said in (
        ("sql_digest", "the models and statistics are those of another version"),
        ("muscles_digest", "the file of muscles is another one"),
    ):
        if document["code"].get(name) != code[name]:
            departures.append(said)
    return Keeping(
        str(document["registered_at"]),
        str(document["sha256"]),
        before_scores=not document["scores"],
        departures=tuple(departures),
        replaced=len(document.get("earlier", [])),
    )


def _settings(registered: dict[str, object], settings: Settings) -> list[str]:
    then, now = flat(registered), flat(json.loads(settings.model_dump_json()))
    names = dict.fromkeys([*then, *now])
    return [
        f"{name} is {_short(now.get(name))}, was {_short(then.get(name))}"
        for name in names
        if then.get(name) != now.get(name)
    ]


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
