"""Errors that a user can do something about.

Each is one line: what went wrong, where, and what to do. The commands print it on stderr and
leave with its exit code; anything else that escapes is a defect of this program.
"""

from typing import ClassVar


class LakehouseError(Exception):
    """Base of all errors meant for the user.

    Parameters
    ----------
    what : str
        What went wrong, in plain words.
    where : str, optional
        The file, table or row it happened at.
    fix : str, optional
        What the user can do about it.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str | None = None, fix: str | None = None) -> None:
        self.what = what
        self.where = where
        self.fix = fix
        super().__init__(str(self))

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        if self.fix:
            text = f"{text}; {self.fix}"
        return " ".join(text.split())

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments: the default protocol could not rebuild it in another process.
        return (_rebuild, (type(self), self.what, self.where, self.fix))


def _rebuild(
    cls: type[LakehouseError], what: str, where: str | None, fix: str | None
) -> LakehouseError:
    return cls(what, where=where, fix=fix)


class UsageError(LakehouseError):
    """The command was called in a way that cannot mean anything."""

    exit_code: ClassVar[int] = 2


class SettingsError(UsageError):
    """`lakehouse.toml` holds an unknown key or a wrong value."""


class InputError(LakehouseError):
    """Some input was refused; nothing of it was taken over."""


class ModelError(LakehouseError):
    """The face model is missing or is not the one that was pinned."""


class LakeError(LakehouseError):
    """The lake cannot be read or written, or is in use."""


class DamagedError(LakeError):
    """A file of the lake is not what was written; only another copy or its source restores it."""


class BuildError(LakehouseError):
    """A SQL model or a step failed; the previous warehouse stays as it was."""


class EngineError(LakehouseError):
    """Spark is missing, cannot be reached or has failed; what was there before stays as it was."""


class QueryError(LakehouseError):
    """A query by the user cannot be answered."""
