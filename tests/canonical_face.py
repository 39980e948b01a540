"""MediaPipe's canonical face, read from the Face Landmarker's bundle."""

import struct
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import numpy.typing as npt

_METADATA = "geometry_pipeline_metadata_landmarks.binarypb"
# Numbers of the fields in MediaPipe's geometry_pipeline_metadata.proto and mesh_3d.proto.
_CANONICAL_MESH, _VERTEX_BUFFER = 1, 3
_FLOATS_PER_VERTEX = 5


def canonical_face(model: Path) -> npt.NDArray[np.float64]:
    """Read x (to the participant's left), y (up), z (to the front) in cm, shape (468, 3)."""
    with ZipFile(model) as bundle:
        metadata = bundle.read(_METADATA)
    [mesh] = [value for number, value in _fields(metadata) if number == _CANONICAL_MESH]
    packed = b"".join(value for number, value in _fields(mesh) if number == _VERTEX_BUFFER)
    vertices = np.frombuffer(packed, "<f4").reshape(-1, _FLOATS_PER_VERTEX)
    return vertices[:, :3].astype(np.float64)


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Go through the fields of a protobuf message: their numbers and their bytes."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, wire = key >> 3, key & 7
        if wire == 2:
            length, at = _varint(message, at)
        elif wire == 0:
            value, at = _varint(message, at)
            yield number, struct.pack("<Q", value)
            continue
        else:
            length = {1: 8, 5: 4}[wire]
        yield number, message[at : at + length]
        at += length


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
