"""Why a video gives no frames, or not all."""

from enum import StrEnum

from lakehouse.video.facts import Facts


class VideoStatus(StrEnum):
    """What became of a video while it was decoded."""

    OK = "ok"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    NO_VIDEO_STREAM = "no_video_stream"
    NO_TIMESTAMPS = "no_timestamps"
    UNSUPPORTED = "unsupported"


class VideoProblemError(Exception):
    """A video gives no frames.

    Parameters
    ----------
    reason : str
        One line of words.
    facts : Facts, optional
        What is known of it all the same.
    """

    def __init__(self, status: VideoStatus, reason: str, facts: Facts | None = None) -> None:
        super().__init__(status, reason, facts)
        self.status = status
        self.reason = one_line(reason)
        self.facts = facts

    def __str__(self) -> str:
        return self.reason


def one_line(text: str) -> str:
    """Bring a text into one line."""
    return " ".join(text.split())


def words_of(error: BaseException) -> str:
    """Say in words what a library or the system reported, without the file's name."""
    return one_line(getattr(error, "strerror", None) or str(error)) or type(error).__name__
