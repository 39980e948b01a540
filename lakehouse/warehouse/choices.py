"""What people choose from when they ask the warehouse."""

from enum import StrEnum
from pathlib import PurePath
from typing import Self


class AnswerFormat(StrEnum):
    """How the answer to a query is given.

    Attributes
    ----------
    suffixes : tuple of str
        Endings of files' names that stand for the format; those of TABLE are none, because a
        table is drawn on the screen.
    for_terminal : bool
        Whether a terminal can show it.
    """

    suffixes: tuple[str, ...]
    for_terminal: bool

    TABLE = "table", ()
    CSV = "csv", (".csv",)
    TSV = "tsv", (".tsv",)
    JSON = "json", (".json",)
    JSONL = "jsonl", (".jsonl", ".ndjson")
    MARKDOWN = "markdown", (".md",)
    PARQUET = "parquet", (".parquet",), False
    ARROW = "arrow", (".arrow", ".feather"), False

    def __new__(cls, name: str, suffixes: tuple[str, ...], for_terminal: bool = True) -> Self:
        """Make a member of its name and facts."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.suffixes = suffixes
        member.for_terminal = for_terminal
        return member

    @classmethod
    def of_file(cls, path: PurePath) -> Self | None:
        """Tell which format the ending of a file's name stands for.

        Returns
        -------
        AnswerFormat or None
            None where no format has the ending.
        """
        suffix = path.suffix.lower()
        return next((each for each in cls if suffix in each.suffixes), None)
