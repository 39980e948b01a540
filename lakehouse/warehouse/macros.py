"""The SQL macros: what analysts repeat, given a name in the database."""

from functools import cache
from typing import Annotated, Literal

import duckdb
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from lakehouse.warehouse.columns import Described, Text, with_shared
from lakehouse.warehouse.models import Header, NonEmpty, parsed, sql_files
from lakehouse.warehouse.sql_text import quoted, text_literal


class MacroHeader(Header):
    """What a macro's header says of it."""

    gives: Text
    """What it gives, in words."""
    example: NonEmpty
    """A query that uses it."""
    kind: Literal["scalar", "table"]
    """Whether it stands for a value or for a relation."""
    parameters: Annotated[dict[str, Described], BeforeValidator(with_shared)] = Field(
        default_factory=dict
    )
    """Every parameter with its unit and meaning, in order."""


class Macro(BaseModel):
    """A SQL file that makes a macro."""

    model_config = ConfigDict(frozen=True)

    name: str
    header: MacroHeader
    body: str

    @property
    def comment(self) -> str:
        """What the catalogue says of it."""
        parameters = "".join(
            f" {name}: {meaning} [{unit}]."
            for name, (unit, meaning) in self.header.parameters.items()
        )
        return f"Gives {self.header.gives}.{parameters} Example: {self.header.example}"


@cache
def load_macros() -> tuple[Macro, ...]:
    """Read all macros, by name.

    Raises
    ------
    BuildError
        If a header is wrong.
    """
    macros = []
    for folder, file in sql_files():
        if folder == "macros":
            name, header, body = parsed(file, MacroHeader)
            macros.append(Macro(name=name, header=header, body=body))
    return tuple(macros)


def make_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Make all macros, with their comments.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of the database that holds the relations they read.
    """
    for macro in load_macros():
        kind = "table" if macro.header.kind == "table" else ""
        body = macro.body if kind else f"({macro.body})"
        parameters = ", ".join(quoted(name) for name in macro.header.parameters)
        name = quoted(macro.name)
        connection.execute(f"create macro {name}({parameters}) as {kind} {body}")
        connection.execute(f"comment on macro {kind} {name} is {text_literal(macro.comment)}")
