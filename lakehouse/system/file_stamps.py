"""What the system says of a file that changes when its content does."""

from pathlib import Path
from typing import Final, NamedTuple

_UNCERTAIN_NS: Final = 2 * 10**9
"""Clocks of file systems go in steps, of up to two seconds: after one change in a step, another
leaves no trace."""

_BITS: Final = 2**64 - 1


class FileStamp(NamedTuple):
    """Size, times and number of a file; while they stay, so does its content.

    The time of modification alone can be set back, as by a copy that keeps it. The time of change
    cannot, and another file of that name has another number. Where the system has no such thing,
    it gives what only changes more often, or never.

    Attributes
    ----------
    mtime_ns, ctime_ns : int
        Of modification and of change, in nanoseconds since 1970.
    inode : int
        At most 64 bits of it.
    """

    bytes: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    def holds_since(self, moment_ns: int) -> bool:
        """Tell whether any change from a moment on would have shown, however soon it came."""
        earliest, latest = sorted((self.mtime_ns, self.ctime_ns))
        return earliest >= 0 and latest + _UNCERTAIN_NS < moment_ns


def file_stamp(path: Path) -> FileStamp:
    """Ask the system for a file's stamp.

    Parameters
    ----------
    path : Path
        Links are followed.

    Raises
    ------
    OSError
        If it cannot be asked for.
    """
    status = path.stat()
    return FileStamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino & _BITS)
