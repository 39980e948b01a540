"""Which video the lake holds some chunks of, and not yet all."""

import json
from dataclasses import asdict, dataclass

from lakehouse.files.replace import write_json
from lakehouse.files.sweep import remove
from lakehouse.paths import WarehousePaths
from lakehouse.system.regular_files import SETTINGS_BYTES, read_regular


@dataclass(frozen=True, slots=True)
class BegunVideo:
    """A video of which chunks are in the lake, and what they were made from.

    Attributes
    ----------
    participant, video : str
        Its key.
    sha256 : str
        Of its content.
    model_sha256 : str
        Of the face model.
    confidences : tuple of float
        Of detection and presence.
    every : int
        Every how many-th frame is looked at.
    """

    participant: str
    video: str
    sha256: str
    model_sha256: str
    confidences: tuple[float, ...]
    every: int


def record_begun(paths: WarehousePaths, begun: BegunVideo) -> None:
    """Remember it, before its first chunk is committed.

    Raises
    ------
    LakeError
        If it cannot be written.
    """
    write_json(paths.begun_video, asdict(begun))


def forget_begun(paths: WarehousePaths) -> None:
    """Forget it: it is complete, or gone."""
    remove(paths.begun_video)


def read_begun(paths: WarehousePaths) -> BegunVideo | None:
    """Recall it; None where there is none, or nothing certain is known."""
    try:
        found = json.loads(read_regular(paths.begun_video, at_most=SETTINGS_BYTES))
        return BegunVideo(**{**found, "confidences": tuple(found["confidences"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None
