"""When all of the lake was last verified."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from lakehouse.errors import LakeError
from lakehouse.files.replace import write_json
from lakehouse.lake.inspection import Inspection
from lakehouse.paths import WarehousePaths


@dataclass(frozen=True, slots=True)
class Verification:
    """A look at every file of the lake.

    Attributes
    ----------
    at : str
        Of the universal day, to the second.
    files : int
        That were read.
    damaged : int
        Of them.
    """

    at: str
    files: int
    damaged: int


def record_verification(paths: WarehousePaths, inspection: Inspection) -> None:
    """Remember that all of the lake was verified just now, if the warehouse can be written."""
    if not inspection.files:
        return
    now = datetime.now(UTC).isoformat(timespec="seconds")
    value = {"at": now, "files": inspection.files, "damaged": len(inspection.damaged)}
    # Whoever may only read may verify too.
    with suppress(LakeError):
        write_json(paths.verification, value)


def last_verification(paths: WarehousePaths) -> Verification | None:
    """Recall when all of the lake was last verified.

    Returns
    -------
    Verification or None
        None where nothing is known.
    """
    try:
        value = json.loads(paths.verification.read_text())
        return Verification(str(value["at"]), int(value["files"]), int(value["damaged"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
