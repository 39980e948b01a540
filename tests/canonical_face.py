"""MediaPipe's canonical face and Procrustes basis, read from the face model's own bytes."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

_FILE = "geometry_pipeline_metadata_landmarks.binarypb"
_MESH, _BASIS = 1, 2  # of GeometryPipelineMetadata
_VERTEX_BUFFER = 3  # of Mesh3d: x, y, z, u, v of each vertex
_LANDMARK, _WEIGHT = 1, 2  # of WeightedLandmarkRef


def read_canonical_face(model: Path) -> tuple[dict[int, np.float32], np.ndarray]:
    """Read the weights of the basis by point, and all vertices, shape (468, 3).

    The model is a zip file; in it the message mediapipe.face_geometry.GeometryPipelineMetadata
    lies in Protocol Buffers' wire format.
    """
    with zipfile.ZipFile(model) as bundle:
        content = bundle.read(_FILE)
    weights, floats = {}, b""
    for field, value in _fields(content):
        if field == _BASIS:
            entry = dict(_fields(value))
            weights[entry[_LANDMARK]] = np.frombuffer(entry[_WEIGHT], "<f4")[0]
        elif field == _MESH:
            floats += b"".join(part for name, part in _fields(value) if name == _VERTEX_BUFFER)
    vertices = np.frombuffer(floats, "<f4").astype(np.float64).reshape(468, 5)[:, :3]
    return weights, vertices


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Go through a message's fields: whole numbers as such, everything else as its bytes."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        kind = key & 7
        if kind == 0:
            value, at = _varint(message, at)
            yield key >> 3, value
            continue
        length, at = _varint(message, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
        yield key >> 3, message[at : at + length]
        at += length


def _varint(message: bytes, at: int) -> tuple[int, int]:
    number, shift = 0, 0
    while True:
        byte = message[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at
