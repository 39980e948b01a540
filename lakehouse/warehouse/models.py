"""The SQL models: finding them, reading their headers, putting them in order."""

import tomllib
from enum import StrEnum
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from typing import Annotated, Literal, TypeVar

import duckdb
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from lakehouse.errors import BuildError
from lakehouse.warehouse.columns import Described, Text, with_shared

SOURCE_PREFIX = "source_"
"""Relations so named are what a build reads from outside: the lake and the settings."""

OTHER_COLUMNS = "*"
"""In a header: every column that is not named, where a pivot makes the names."""

INTERNAL = "internal"
"""The schema of relations whose header says `internal`; all others are in `main`.

A file that is attached under another name shows only views that find what they read: those of
`main` read both schemas, the others' names with their schema; those of `internal` read `internal`
alone.
"""

_OTHERS = frozenset({"checks", "macros"})
"""Folders whose files make no relations."""

NonEmpty = Annotated[str, Field(min_length=1)]
AnyHeader = TypeVar("AnyHeader", bound="Header")


class Extra(StrEnum):
    """Relations that a build makes only where it is asked for them."""

    PAIRS = "pairs"
    STATISTICS = "statistics"

    @property
    def command(self) -> str:
        """What makes it."""
        return f"lakehouse build --{self}"


class Header(BaseModel):
    """What a file's first comment says of it, in TOML."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Pivot(Header):
    """Columns that hold names and values, to be spread into one column per name."""

    name: NonEmpty
    value: NonEmpty
    text: NonEmpty
    """Holds the values that are texts; a name with any is a column of texts."""
    place: NonEmpty
    """Columns stand in its order, and those of one place in that of their names."""
    label: NonEmpty
    """What a column holds, the same in all rows of a name."""
    unit: NonEmpty
    """Its unit, likewise."""


class Batch(Header):
    """How to build a model in batches when its input exceeds memory."""

    relation: NonEmpty
    """The table or view that the query reads in batches, with its schema if the query has it."""
    column: NonEmpty
    """Its column of whole numbers by which rows are put into batches; the query must never combine
    rows that differ in it."""
    size: Annotated[int, Field(ge=1)]
    """How many consecutive numbers are one batch."""
    numbers: NonEmpty | None = None
    """A table that holds the smallest and greatest number of the column, where the relation is a
    view that is slow to ask."""


class ModelHeader(Header):
    """What a model's header says of its relation."""

    row: Text
    """What a row is: the end of the sentence "A row is …"."""
    key: Annotated[list[NonEmpty], Field(min_length=1)]
    """The columns that identify a row; `lakehouse check` tests that they do."""
    materialized: Literal["table", "view", "ephemeral"]
    """Whether rows are stored, computed when asked for, or only the query is used, by others."""
    columns: Annotated[dict[str, Described], BeforeValidator(with_shared)]
    """Every column with its unit and meaning, in the relation's order."""
    source: Text | None = None
    """Where in the paper it stands."""
    note: Text | None = None
    """What else a reader should know, in sentences."""
    step: NonEmpty | None = None
    """The Python step that turns the query's result into the relation."""
    pivot: Pivot | None = None
    """Names and values to spread into columns."""
    batch: Batch | None = None
    """How it is made a part at a time."""
    extra: Extra | None = None
    """The extra it belongs to; without one, every build makes it."""
    videos: bool = False
    """Whether it has rows only where the lake has videos. Where it has none, its query is not
    run."""
    internal: bool = False
    """Whether it serves other relations and is seldom asked: integer keys, similarities,
    numbering. Its schema is then `internal`, and so it is written in queries: `internal.cells`."""
    export: Annotated[int, Field(ge=1)] | None = None
    """Its place among the relations that `lakehouse export` writes where none is named; without
    one, it is written only where it is named."""

    @model_validator(mode="after")
    def _exported_or_internal(self) -> "ModelHeader":
        if self.internal and self.export is not None:
            raise ValueError("what is internal is not exported unless it is named")
        return self


class CheckHeader(Header):
    """What a check's header says of its rule."""

    rule: Text
    """The rule, in words; the query gives the rows that break it."""
    violations: list[Text] = Field(default_factory=list)
    """Statements that break the rule in the small warehouse of the tests, one by one."""


class Model(BaseModel):
    """A SQL file that makes a relation."""

    model_config = ConfigDict(frozen=True)

    name: str
    folder: str
    header: ModelHeader
    query: str
    rests_on: frozenset[str] = frozenset()
    """Every model whose rows it is computed from, through others too."""

    @property
    def relation(self) -> str:
        """Its name as queries have it: that of a model which is internal begins with its schema."""
        return f"{INTERNAL}.{self.name}" if self.header.internal else self.name

    @property
    def comment(self) -> str:
        """What the catalogue says of the relation."""
        header = self.header
        parts = [
            f"A row is {header.row}.",
            f"Key: {', '.join(header.key)}.",
            header.note or "",
            f"Source: {header.source}." if header.source else "",
            f"Made by `{header.extra.command}`." if header.extra else "",
        ]
        return " ".join(part for part in parts if part)

    def column_comment(self, column: str, aside: str = "") -> str:
        """Say what a column holds, its unit in brackets.

        Parameters
        ----------
        aside : str
            What else is so in this build; a phrase.

        Raises
        ------
        BuildError
            If the header does not describe the column.
        """
        columns = self.header.columns
        described = columns.get(column) or columns.get(OTHER_COLUMNS)
        if described is None:
            raise BuildError(
                f"column {column} is not described in the header", where=f"{self.name}.sql"
            )
        unit, meaning = described
        return f"{meaning}{f'; {aside}' if aside else ''} [{unit}]"


class Check(BaseModel):
    """A SQL file that finds the rows breaking a rule."""

    model_config = ConfigDict(frozen=True)

    name: str
    rule: str
    query: str
    violations: tuple[str, ...] = ()


@cache
def load_models() -> tuple[Model, ...]:
    """Read all models, in the order in which they can be made.

    Returns
    -------
    tuple of Model
        Without the ephemeral ones: each is written into the queries that read it, as a common
        table expression.

    Raises
    ------
    BuildError
        If a header is wrong, two files share a name, or models read each other in a circle.
    """
    models: dict[str, Model] = {}
    for folder, file in sql_files():
        if folder in _OTHERS:
            continue
        name, header, query = parsed(file, ModelHeader)
        if name in models:
            raise BuildError("two models have this name", where=f"{name}.sql")
        models[name] = Model(name=name, folder=folder, header=header, query=query)
    reads = _reads(models)
    ordered: list[Model] = []
    for name in _order(models, reads):
        models[name] = models[name].model_copy(update={"rests_on": _below(models, reads[name])})
        ordered.append(models[name])
    return _without_ephemeral(ordered, reads)


@cache
def load_checks() -> tuple[Check, ...]:
    """Read all checks, by name.

    Raises
    ------
    BuildError
        If a header is wrong.
    """
    checks = []
    for folder, file in sql_files():
        if folder == "checks":
            name, header, query = parsed(file, CheckHeader)
            violations = tuple(header.violations)
            checks.append(Check(name=name, rule=header.rule, query=query, violations=violations))
    return tuple(checks)


def sql_files() -> list[tuple[str, Traversable]]:
    """Find the SQL files.

    Returns
    -------
    list of tuple
        Name of the folder, and the file; by both names.
    """
    folders = [entry for entry in files("lakehouse.sql").iterdir() if entry.is_dir()]
    return sorted(
        (
            (folder.name, file)
            for folder in folders
            for file in folder.iterdir()
            if file.name.endswith(".sql")
        ),
        key=lambda found: (found[0], found[1].name),
    )


def relations_read(connection: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    """Name the relations that a model's query reads, with the schemas that it gives them."""
    # The engine adds the names that the query calls them by.
    named = connection.get_table_names(query, qualified=True)
    return {relation.partition(" AS ")[0] for relation in named}


def parsed(file: Traversable, kind: type[AnyHeader]) -> tuple[str, AnyHeader, str]:
    """Split a file into its name, its header (TOML in the first comment) and its query.

    Parameters
    ----------
    kind : type
        Of the header.

    Returns
    -------
    name : str
    header : Header
    query : str

    Raises
    ------
    BuildError
        If there is no header, or it is wrong.
    """
    text = file.read_text(encoding="utf-8")
    opening, _, rest = text.partition("/*\n")
    comment, closing, query = rest.partition("*/\n")
    if opening or not closing:
        raise BuildError("does not begin with a header comment", where=file.name)
    try:
        header = kind.model_validate(tomllib.loads(comment))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise BuildError(f"has a wrong header: {error}", where=file.name) from error
    return file.name.removesuffix(".sql"), header, query.strip()


def _reads(models: dict[str, Model]) -> dict[str, set[str]]:
    """Find which models each model reads, and refuse what a build may not find."""
    # One connection asks about all: to open it takes forty times as long as to ask.
    with duckdb.connect() as connection:
        tables = {name: relations_read(connection, model.query) for name, model in models.items()}
    named = {model.relation: name for name, model in models.items()}
    reads: dict[str, set[str]] = {}
    for name, model in models.items():
        read = tables[name]
        unknown = {
            table for table in read if table not in named and not table.startswith(SOURCE_PREFIX)
        }
        if unknown:
            raise BuildError(f"reads unknown {', '.join(sorted(unknown))}", where=f"{name}.sql")
        reads[name] = {named[table] for table in read if table in named}
        optional = {table: models[table].header.extra for table in sorted(reads[name])}
        for table, extra in optional.items():
            if extra not in (None, model.header.extra):
                raise BuildError(
                    f"reads {table}, which may not be there: only models of the extra {extra} may",
                    where=f"{name}.sql",
                )
    return reads


def _order(models: dict[str, Model], reads: dict[str, set[str]]) -> list[str]:
    """Put models after those that they read."""
    try:
        # In one order, whatever order a process goes through sets in.
        sorter = TopologicalSorter({name: sorted(read) for name, read in reads.items()})
        return list(sorter.static_order())
    except CycleError as error:
        raise BuildError(f"models read each other: {' → '.join(error.args[1])}") from error


def _below(models: dict[str, Model], read: set[str]) -> frozenset[str]:
    """Give what a model rests on, if what it reads is known to that already."""
    return frozenset(read).union(*(models[name].rests_on for name in read))


def _without_ephemeral(models: list[Model], reads: dict[str, set[str]]) -> tuple[Model, ...]:
    """Write the ephemeral among ordered models into the queries that read them."""
    ephemeral: dict[str, str] = {}
    # Which of them a model needs, in order: those that it reads, each after those that it needs.
    needs: dict[str, list[str]] = {}
    kept = []
    for model in models:
        read = [name for name in ephemeral if name in reads[model.name]]
        needs[model.name] = list(dict.fromkeys(chain(*((*needs[name], name) for name in read))))
        if model.header.materialized == "ephemeral":
            ephemeral[model.name] = model.query
        else:
            before = {name: ephemeral[name] for name in needs[model.name]}
            kept.append(model.model_copy(update={"query": _after(before, model.query)}))
    return tuple(kept)


def _after(expressions: dict[str, str], query: str) -> str:
    """Begin a query with common table expressions."""
    if not expressions:
        return query
    first = ",\n\n".join(f"{name} as (\n{text}\n)" for name, text in expressions.items())
    own = query.removeprefix("with ")
    return f"with {first}\n\n{own}" if own == query else f"with {first},\n\n{own}"
