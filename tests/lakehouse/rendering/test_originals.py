import hashlib

import pytest

from lakehouse.rendering.originals import RefusedPhotographError, read_original


def test_a_still_of_a_video_is_not_called_a_photograph_that_changed(tmp_path):
    (tmp_path / "a.mp4").write_bytes(b"a video")
    still = {"path": "a.mp4", "bytes": None, "sha256": None, "status": "ok"}
    with pytest.raises(RefusedPhotographError, match=r"a\.mp4: is a video.*render frame-strip"):
        read_original(tmp_path, still)
    with pytest.raises(RefusedPhotographError, match="has changed"):
        read_original(tmp_path, still | {"status": "unreadable"})
    known = still | {"bytes": 7, "sha256": hashlib.sha256(b"a video").hexdigest()}
    with pytest.raises(RefusedPhotographError, match="cannot be decoded"):
        read_original(tmp_path, known)
