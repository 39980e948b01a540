"""What all sections of the settings have in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

NAME = StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
TEXT = StringConstraints(max_length=1000)

ExpressionName = Annotated[str, NAME]
InstrumentName = Annotated[str, NAME]
CovariateName = Annotated[str, NAME]

Seed = Annotated[int, Field(ge=0, le=2**32 - 1)]
"""A random state, as large as those who draw random numbers take it."""


class Section(BaseModel):
    """A table of `lakehouse.toml`; its keys are explained by their docstrings."""

    # Strict: a quoted number or a bare "yes" is more likely a slip than a wish.
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )
