"""The report's queries: a file each, whose first lines say in TOML what it is."""

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field


class Header(BaseModel):
    """What a file's first comment says of its query."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    description: str = Field(min_length=1)
    personal: bool = False
    """A row is of one person."""
    people: tuple[str, ...] = ()
    """Columns that count people: rows with fewer than five are left out of an aggregated report."""
    rests: tuple[tuple[str, str], ...] = ()
    """Pairs of columns whose difference counts people too: it tells of few as a count does."""
    besides: tuple[str, ...] = ()
    """Columns that count people whom a row is not of: without such a count the row stays."""
    relations: tuple[str, ...] = ()
    """What a pivot reads, of which the engine cannot tell."""


class ReportQuery(BaseModel):
    """A query of the report.

    Parameters
    ----------
    name : str
        Of the file and of the table that it gives.
    sql : str
        As an analyst can ask it.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    header: Header
    sql: str


@cache
def report_query(name: str) -> ReportQuery:
    """Read one of the report's queries.

    Raises
    ------
    FileNotFoundError
        If there is none of that name.
    """
    text = files(__package__).joinpath("queries", f"{name}.sql").read_text(encoding="utf-8")
    head, _, sql = text.partition("\n\n")
    lines = (line.removeprefix("--").strip() for line in head.splitlines())
    header = Header.model_validate(tomllib.loads("\n".join(lines)))
    return ReportQuery(name=name, header=header, sql=sql.strip())
