"""The photographs of a lake as somebody else would have dumped them, in every form."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.spatial.transform import Rotation

from lakehouse.lake.parts import part_names, read_part
from lakehouse.lake.records import PhotoRecord
from lakehouse.paths import WarehousePaths

AXES = "xyz"


@dataclass
class Dumped:
    """Photographs, and in which unit their landmarks are written.

    Attributes
    ----------
    records : list of PhotoRecord
        With a face, or without one.
    shares : bool
        Whether as shares of the picture, as MediaPipe itself gives them.
    """

    records: Sequence[PhotoRecord]
    shares: bool = True
    _none: npt.NDArray[np.float64] = field(default_factory=lambda: np.full((478, 3), np.nan))

    def points(self, record: PhotoRecord) -> npt.NDArray[np.float64]:
        """Give a photograph's points, NaN where it shows no face."""
        if record.landmarks is None:
            return self._none
        width, height = record.row.width or 0, record.row.height or 0
        scale = (width, height, width) if self.shares else (1, 1, 1)
        return record.landmarks.astype(np.float64) / scale

    def ids(self, *, as_path: bool) -> pl.DataFrame:
        """Give who and what is on each photograph."""
        rows = [record.row for record in self.records]
        sizes = {"width": [row.width for row in rows], "height": [row.height for row in rows]}
        if as_path:
            return pl.DataFrame({"path": [row.path for row in rows], **sizes})
        names = ("participant", "expression", "supervised", "photo")
        return pl.DataFrame({name: [getattr(r, name) for r in rows] for name in names} | sizes)


def records_of(paths: WarehousePaths) -> list[PhotoRecord]:
    """Read what a lake holds of photographs that could be decoded."""
    records = [record for name in part_names(paths) for record in read_part(paths, name)]
    return [record for record in records if record.row.status in ("ok", "no_face")]


def wide(dumped: Dumped, *, as_path: bool = False, name: str = "{axis}_{point}") -> pl.DataFrame:
    """Lay photographs out with a column for each coordinate."""
    points = np.stack([dumped.points(record) for record in dumped.records])
    columns = {
        name.format(axis=axis, point=point): points[:, point, place]
        for point in range(points.shape[1])
        for place, axis in enumerate(AXES)
    }
    frame = pl.DataFrame(columns).fill_nan(None)
    return pl.concat([dumped.ids(as_path=as_path), frame], how="horizontal")


def long(dumped: Dumped, *, as_path: bool = False) -> pl.DataFrame:
    """Lay photographs out with a row for each point."""
    ids = dumped.ids(as_path=as_path)
    frames = []
    for row, record in enumerate(dumped.records):
        points = dumped.points(record)
        axes = dict(zip(AXES, points.T, strict=True))
        numbered = pl.DataFrame({"point": np.arange(len(points)), **axes})
        frames.append(ids[row].join(numbered, how="cross"))
    return pl.concat(frames).fill_nan(None)


def python_result(dumped: Dumped, record: PhotoRecord) -> dict[str, Any]:
    """Give a result as `dataclasses.asdict` makes it of the Tasks API's."""
    if record.landmarks is None:
        return {
            "face_landmarks": [],
            "face_blendshapes": [],
            "facial_transformation_matrixes": [],
        }
    points = [
        {"x": x, "y": y, "z": z, "visibility": 0.0, "presence": 0.0, "name": None}
        for x, y, z in dumped.points(record).tolist()
    ]
    assert record.blendshapes is not None
    categories = [
        {"index": index, "score": score, "display_name": "", "category_name": name}
        for index, (name, score) in enumerate(
            zip(record.blendshape_names, record.blendshapes.tolist(), strict=True)
        )
    ]
    return {
        "face_landmarks": [points],
        "face_blendshapes": [categories],
        "facial_transformation_matrixes": [matrix(record).tolist()],
    }


def javascript_result(dumped: Dumped, record: PhotoRecord) -> dict[str, Any]:
    """Give a result as `JSON.stringify` writes it in JavaScript."""
    result = python_result(dumped, record)
    return {
        "faceLandmarks": [
            [{axis: point[axis] for axis in AXES} for point in face]
            for face in result["face_landmarks"]
        ],
        "faceBlendshapes": [
            {
                "categories": [
                    {
                        "index": each["index"],
                        "score": each["score"],
                        "categoryName": each["category_name"],
                        "displayName": "",
                    }
                    for each in categories
                ],
                "headIndex": -1,
                "headName": "",
            }
            for categories in result["face_blendshapes"]
        ],
        "facialTransformationMatrixes": [
            # By columns, as in OpenGL.
            {"rows": 4, "columns": 4, "data": np.array(each).T.ravel().tolist()}
            for each in result["facial_transformation_matrixes"]
        ],
    }


def legacy_result(dumped: Dumped, record: PhotoRecord) -> dict[str, Any]:
    """Give a result as `MessageToDict` makes it of the older solution's."""
    faces = python_result(dumped, record)["face_landmarks"]
    if not faces:
        return {"multi_face_landmarks": None}
    points = [{axis: point[axis] for axis in AXES} for point in faces[0]]
    return {"multi_face_landmarks": [{"landmark": points}]}


def bare_result(dumped: Dumped, record: PhotoRecord) -> dict[str, Any]:
    """Give the points alone, as lists of three numbers."""
    if record.landmarks is None:
        return {"face_landmarks": []}
    return {"face_landmarks": [dumped.points(record).tolist()]}


def matrix(record: PhotoRecord) -> npt.NDArray[np.float64]:
    """Make the transformation matrix of a photograph's pose."""
    row = record.row
    turn = Rotation.from_euler("YXZ", [row.yaw, -(row.pitch or 0), -(row.roll or 0)], degrees=True)
    whole = np.eye(4)
    whole[:3, :3] = 1.02 * turn.as_matrix()
    whole[:3, 3] = (1.5, -2.5, -40.0)
    return whole


def with_size(result: dict[str, Any], record: PhotoRecord) -> dict[str, Any]:
    """Add the picture's size to a result."""
    return {**result, "width": record.row.width, "height": record.row.height}


Result = Callable[[Dumped, PhotoRecord], dict[str, Any]]


def write_json_tree(dumped: Dumped, root: Path, result: Result) -> Path:
    """Write a file for each photograph."""
    for record in dumped.records:
        file = root / f"{record.row.path}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(with_size(result(dumped, record), record)))
    return root


def write_json_by_path(dumped: Dumped, file: Path, result: Result) -> Path:
    """Write one file with results by path."""
    entries = {r.row.path: with_size(result(dumped, r), r) for r in dumped.records}
    file.write_text(json.dumps(entries, indent=1))
    return file


def write_json_lines(dumped: Dumped, file: Path, result: Result) -> Path:
    """Write one file with a result on each line, and its ids beside it."""
    lines = [
        json.dumps({"path": r.row.path, **with_size(result(dumped, r), r)}) for r in dumped.records
    ]
    file.write_text("\n".join([*lines, ""]))
    return file


def write_archive(dumped: Dumped, file: Path, *, as_path: bool = False) -> Path:
    """Write an archive of NumPy's with all that MediaPipe gives."""
    ids = dumped.ids(as_path=as_path)
    arrays: dict[str, Any] = {name: ids[name].to_numpy() for name in ids.columns}
    for name, values in arrays.items():
        if values.dtype == object:
            arrays[name] = values.astype(str)
    first = next(record for record in dumped.records if record.blendshapes is not None)
    none = np.full(len(first.blendshape_names), np.nan)
    np.savez(
        file,
        landmarks=np.stack([dumped.points(record) for record in dumped.records]),
        blendshapes=np.stack(
            [none if r.blendshapes is None else r.blendshapes for r in dumped.records]
        ),
        blendshape_names=np.array(first.blendshape_names),
        facial_transformation_matrixes=np.stack(
            [np.eye(4) if r.landmarks is None else matrix(r) for r in dumped.records]
        ),
        **arrays,
    )
    return file


def write_arrays_tree(dumped: Dumped, root: Path) -> Path:
    """Write an array for each photograph, which says nothing of its picture's size."""
    for record in dumped.records:
        file = root / record.row.path
        file.parent.mkdir(parents=True, exist_ok=True)
        np.save(file.with_suffix(".npy"), dumped.points(record))
    return root
