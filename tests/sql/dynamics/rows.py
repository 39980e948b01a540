"""Rows of internal relations, for the tests of movement through time."""

from collections.abc import Sequence

from tests.sql.support import Row, table


def chunk(frames: Sequence[int], video: int = 1) -> list[Row]:
    """Frames aligned by leaving them as they are."""
    return table(
        "frame_index video_index chunk_index "
        "scaled_cos scaled_sin offset_x offset_y scale offset_z",
        *((frame, video, 0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0) for frame in frames),
    )


def shown(times: Sequence[float], neutral_until: float = 0.0, trial: int = 1) -> list[Row]:
    """Frames of a trial, numbered from 1, of which those before a time are neutral."""
    return table(
        "trial_index frame_index time_s in_trial in_view in_neutral",
        *(
            (trial, frame, time, time >= 0, True, time < neutral_until)
            for frame, time in enumerate(times, start=1)
        ),
    )
