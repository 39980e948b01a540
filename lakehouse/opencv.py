"""OpenCV, loaded when it is first used: it takes a while, and libraries that a server may lack.

`from lakehouse.opencv import cv2` stands where `import cv2` would.
"""

import threading
from typing import TYPE_CHECKING, Any, Final

from lakehouse.errors import LakehouseError
from lakehouse.system.graphics import OPENCV, require_graphics

if TYPE_CHECKING:
    import cv2 as cv2
else:

    class _WhenUsed:
        """Stands for the module."""

        def __getattr__(self, name: str) -> Any:
            value = getattr(_loaded(), name)
            # From now on it is found at once.
            setattr(self, name, value)
            return value

    # While it loads, OpenCV takes itself out of the list of modules: one thread at a time.
    _lock: Final = threading.Lock()

    def _loaded() -> Any:
        require_graphics("drawing", OPENCV)
        with _lock:
            try:
                import cv2
            except ImportError as error:
                # Whatever else it lacks, in the words of the system's loader.
                raise LakehouseError(
                    f"OpenCV cannot be loaded ({error})", fix="install what it names"
                ) from error
        return cv2

    cv2 = _WhenUsed()
