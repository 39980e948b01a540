import subprocess
import sys

import pytest

from lakehouse.system import packages
from lakehouse.system.packages import installing_packages, missing_packages


def test_none_is_missing_and_none_is_loaded_for_that() -> None:
    script = (
        "import sys; from lakehouse.system.packages import missing_packages; "
        "print(missing_packages(), {'cv2', 'mediapipe'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "() set()\n"


def test_what_is_loaded_is_there() -> None:
    import cv2

    assert cv2.__name__ == "cv2"
    assert missing_packages() == ()


def test_what_is_missing_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(packages._MODULES, "mediapipe", "no_such_module")
    assert missing_packages() == ("mediapipe",)
    assert missing_packages(("opencv-contrib-python",)) == ()
    assert installing_packages(("mediapipe", "opencv-contrib-python")) == (
        "pip install mediapipe opencv-contrib-python"
    )
