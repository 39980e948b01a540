"""Results as arrays, beside MediaPipe's own objects of the same pictures."""

import json
import subprocess
import sys

import pytest

SCRIPT = """
import json
from contextlib import nullcontext

from lakehouse.extraction.network import close_network

close_network()
import numpy as np

from lakehouse.extraction import landmarker, results
from lakehouse.extraction.face_model import read_model
from mediapipe.tasks.python import vision
from tests.photographs import nobody, portrait, two_faces

pictures = {"one": portrait(), "two": two_faces(), "none": nobody()}
as_objects = vision.FaceLandmarkerResult.from_ctypes

def broken(*given):
    raise AttributeError("another layout")

def seen(pixels):
    return [
        [one.points.tolist(), list(one.blendshape_names), one.blendshapes.tolist(),
         one.rotation.tolist(), [str(part.dtype) for part in (one.points, one.blendshapes)]]
        for one in task.detect(pixels)
    ]

told = {}
with landmarker.FaceLandmarker(
    read_model(), min_detection_confidence=0.5, min_presence_confidence=0.5
) as task:
    for name, picture in pictures.items():
        pixels = np.ascontiguousarray(picture)
        ways = {}
        read = []
        results._in_memory, whole = lambda found: read.append(1) or whole(found), results._in_memory
        ways["arrays"] = seen(pixels)
        results._in_memory = broken
        ways["fallen back"] = seen(pixels)
        results._in_memory = whole
        landmarker.arrays, own = nullcontext, landmarker.arrays
        ways["objects"] = seen(pixels)
        landmarker.arrays = own
        told[name] = {
            "faces": len(ways["objects"]),
            "points": [len(face[0]) for face in ways["objects"]],
            "arrays were read": len(read),
            "same": ways["arrays"] == ways["objects"] == ways["fallen back"],
        }
told["restored"] = vision.FaceLandmarkerResult.from_ctypes == as_objects
print(json.dumps(told))
"""


@pytest.mark.slow
@pytest.mark.usefixtures("face_model_path")
def test_arrays_are_what_the_objects_say() -> None:
    # In a process of its own: MediaPipe's stay loaded, and other tests look at what is.
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=120
    )
    told = json.loads(done.stdout)

    assert told.pop("restored")
    assert [each["faces"] for each in told.values()] == [1, 2, 0]
    assert told["two"]["points"] == [478, 478]
    assert all(each["arrays were read"] == 1 and each["same"] for each in told.values())
