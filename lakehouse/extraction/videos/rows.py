"""The row of a video in the lake's `videos`, once all its frames are known."""

from typing import Any, Final

import numpy as np

from lakehouse.dataset.listing import VideoFile
from lakehouse.extraction.videos.jobs import Told
from lakehouse.ingest.lake_record import encodable, now
from lakehouse.ingest.videos.result import Chunk, Probed, Problem

OK: Final = "ok"
NO_FACE: Final = "no_face"
CORRUPT: Final = "corrupt"


def video_row(
    file: VideoFile,
    probed: Probed,
    told: Told,
    end: Chunk | Problem | None,
    made_by: dict[str, str],
) -> dict[str, Any]:
    """Put together what `videos` holds of a video.

    Parameters
    ----------
    told : Told
        Of all its frames.
    end : Chunk or Problem or None
        How it ended: the last stretch, or why there is none; None where it could not be opened.
    made_by : dict of str to str
        The columns extractor and model_sha256.
    """
    facts = probed.facts
    status, error = _outcome(probed, told, end)
    decoded = end.decoded if isinstance(end, Chunk) else None
    steps = np.diff(told.times)
    low, middle, high = (
        (float(steps.min()), float(np.median(steps)), float(steps.max()))
        if len(steps)
        else (None, None, None)
    )
    return {
        "participant": file.participant,
        "expression": file.expression,
        "supervised": file.supervised,
        "video": file.video,
        "path": file.path,
        "sha256": probed.sha256,
        "codec": facts.codec,
        "pixel_format": facts.pixel_format,
        "width": facts.width,
        "height": facts.height,
        "rotation": facts.rotation,
        "mirrored": facts.mirrored,
        "interlaced": facts.interlaced,
        "start_s": facts.start_s,
        "duration_s": facts.lasts_s(told.times),
        "header_frames": facts.header_frames,
        "decoded_frames": decoded,
        "corrupt_frames": told.statuses.count(CORRUPT) if told.times else None,
        "face_frames": told.statuses.count(OK) if told.times else None,
        "min_step_s": low,
        "median_step_s": middle,
        "max_step_s": high,
        "status": status,
        "error": encodable(error),
        **made_by,
        "extracted_at": now(),
    }


def _outcome(probed: Probed, told: Told, end: Chunk | Problem | None) -> Problem | tuple[str, None]:
    """Say what became of a video, and why if not all went well."""
    problem = probed.problem or (end if isinstance(end, Problem) else None)
    if problem is not None:
        return problem
    problem = end.problem if isinstance(end, Chunk) else None
    if problem is not None and problem.status != OK:
        return problem
    if OK not in told.statuses:
        return Problem(NO_FACE, "no face was found in any frame")
    return (OK, None) if problem is None else problem
