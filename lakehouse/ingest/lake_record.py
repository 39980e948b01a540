"""From a worker's answer to the lake's rows."""

from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from lakehouse.dataset.listing import PhotoFile
from lakehouse.ingest.result import Outcome, Status
from lakehouse.lake.records import PhotoRecord, PhotoRow
from lakehouse.vocabulary import CHIN, FOREHEAD


def to_record(
    file: PhotoFile, outcome: Outcome, *, extractor: str, model_sha256: str
) -> PhotoRecord:
    """Lay a worker's answer out as the lake holds it.

    Parameters
    ----------
    file : PhotoFile
        The photograph.
    outcome : Outcome
        What the worker found.
    extractor : str
        Name and version of what found it.
    model_sha256 : str
        Hash of the face model it ran.

    Returns
    -------
    PhotoRecord
        Extracted now.
    """
    face = outcome.face
    row = PhotoRow(
        participant=file.participant,
        expression=file.expression,
        supervised=file.supervised,
        photo=file.photo,
        path=file.path,
        sha256=outcome.sha256,
        bytes=outcome.bytes,
        width=outcome.width,
        height=outcome.height,
        orientation=outcome.orientation,
        status=outcome.status,
        error=encodable(outcome.error),
        faces=_faces(outcome),
        face_height=face_height(face.landmarks) if face else None,
        yaw=face.yaw if face else None,
        pitch=face.pitch if face else None,
        roll=face.roll if face else None,
        retry=face.retry if face else None,
        extractor=extractor,
        model_sha256=model_sha256,
        extracted_at=now(),
    )
    if face is None:
        return PhotoRecord(row)
    return PhotoRecord(row, face.landmarks, face.blendshape_names, face.blendshapes)


def face_height(landmarks: npt.NDArray[np.float32]) -> float:
    """Measure a face from forehead to chin.

    Parameters
    ----------
    landmarks : ndarray of float32, shape (points, 3)
        x, y, z.

    Returns
    -------
    float
        In the unit of x and y.
    """
    return float(np.hypot(*(landmarks[FOREHEAD, :2] - landmarks[CHIN, :2])))


def now() -> str:
    """Tell the time as the lake writes it down.

    Returns
    -------
    str
        Of the universal day, to the second.
    """
    return datetime.now(UTC).isoformat(timespec="seconds")


def encodable(text: str | None) -> str | None:
    """Replace what UTF-8 cannot hold, such as the odd bytes of a file name in a message."""
    return None if text is None else text.encode("utf-8", "replace").decode()


def _faces(outcome: Outcome) -> int | None:
    if outcome.face:
        return outcome.face.faces
    return 0 if outcome.status is Status.NO_FACE else None
