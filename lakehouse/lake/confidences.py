"""With which confidences the faces of the lake's photographs were looked for.

The lake's rows do not say. It matters once the settings change, because photographs that are
there already are not looked at again.
"""

import json
from collections.abc import Iterable
from typing import NamedTuple

from lakehouse.files.replace import write_json
from lakehouse.paths import WarehousePaths
from lakehouse.settings.quality import Detection
from lakehouse.system.regular_files import SETTINGS_BYTES, read_regular


class Confidences(NamedTuple):
    """The settings of `[detection]`.

    Attributes
    ----------
    min_detection_confidence, min_presence_confidence : float
        0 to 1.
    """

    min_detection_confidence: float
    min_presence_confidence: float

    @classmethod
    def of(cls, detection: Detection) -> "Confidences":
        """Take them from the settings."""
        return cls(detection.min_detection_confidence, detection.min_presence_confidence)

    def __str__(self) -> str:
        return (
            f"min_detection_confidence {self.min_detection_confidence:g}, "
            f"min_presence_confidence {self.min_presence_confidence:g}"
        )


def read_confidences(paths: WarehousePaths) -> set[Confidences]:
    """Recall which confidences were used.

    Returns
    -------
    set of Confidences
        Empty where nothing is known.
    """
    try:
        return {
            Confidences(float(detection), float(presence))
            for detection, presence in json.loads(
                read_regular(paths.confidences, at_most=SETTINGS_BYTES)
            )
        }
    except (OSError, ValueError, TypeError):
        return set()


def record_confidences(paths: WarehousePaths, used: Iterable[Confidences]) -> None:
    """Remember which confidences were used.

    Parameters
    ----------
    used : iterable of Confidences
        All of which there may be rows.

    Raises
    ------
    LakeError
        If it cannot be written.
    """
    write_json(paths.confidences, sorted(used))


def words_on_other_confidences(others: Iterable[Confidences]) -> str:
    """Tell in a line that the settings have changed since photographs were looked at.

    Parameters
    ----------
    others : iterable of Confidences
        That were used and that the settings no longer ask for.
    """
    used = "; ".join(str(each) for each in sorted(others))
    return (
        f"photographs in the lake were extracted with other confidences than [detection] now sets "
        f"({used}); `extract --re-extract` extracts them again"
    )
