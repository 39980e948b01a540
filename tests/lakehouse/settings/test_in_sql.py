"""Settings become columns of the relation `settings` by what the model says of them."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, create_model

from lakehouse.settings import Settings
from lakehouse.settings.in_sql import InSql, SqlSetting, sql_settings


class Head(BaseModel):
    model_config = ConfigDict(use_attribute_docstrings=True)

    turned: Annotated[float | Literal["any"], InSql("deg")] = "any"
    """Degrees of a turn, or "any"."""
    held: Annotated[Literal["up", "down"], InSql("text", "head_held")] = "up"
    """How it is held:
    up or down."""
    eyes: Annotated[Literal[1, 2], InSql("count")] = 2
    """Eyes."""
    seen: Annotated[bool, InSql("flag")] = True
    """Whether it is seen."""
    hat: Annotated[str | None, InSql("text")] = None
    """A hat."""
    beard: bool = False
    """Not for SQL."""


class Study(BaseModel):
    head: Head = Head()
    numbers: dict[str, int] = {}


def test_a_marked_setting_is_described_by_its_annotation_and_docstring() -> None:
    assert sql_settings(Study) == (
        SqlSetting(
            *("turned", "head.turned", float, "deg"),
            'degrees of a turn; null for "any" (setting head.turned)',
        ),
        SqlSetting(
            *("head_held", "head.held", str, "text"),
            "how it is held: up or down (setting head.held)",
        ),
        SqlSetting("eyes", "head.eyes", int, "count", "eyes (setting head.eyes)"),
        SqlSetting("seen", "head.seen", bool, "flag", "whether it is seen (setting head.seen)"),
        SqlSetting("hat", "head.hat", str, "text", "a hat (setting head.hat)"),
    )


def test_any_and_nothing_are_null_and_other_values_are_themselves() -> None:
    given = Study(head=Head(turned=12.5, held="down", eyes=1, seen=False, hat="bowler"))

    assert [each.value(Study()) for each in sql_settings(Study)] == [None, "up", 2, True, None]
    assert [each.value(given) for each in sql_settings(Study)] == [12.5, "down", 1, False, "bowler"]


def study_of(**fields: Any) -> type[BaseModel]:
    head = create_model("Head", **{name: (kind, ...) for name, kind in fields.items()})
    return create_model("Study", head=(head, ...))


@pytest.mark.parametrize("kind", [int | str, Literal[1, "two"], float | bool | None])
def test_values_of_several_types_are_refused(kind: Any) -> None:
    with pytest.raises(TypeError, match=r"head\.size takes values of several types"):
        sql_settings(study_of(size=Annotated[kind, InSql("1")]))


def test_two_settings_of_one_name_are_refused() -> None:
    with pytest.raises(TypeError, match=r"head\.b and head\.a are both size in SQL"):
        sql_settings(
            study_of(a=Annotated[int, InSql("1", "size")], b=Annotated[int, InSql("1", "size")])
        )


def test_the_studys_settings_keep_their_names_in_sql() -> None:
    assert {each.path: each.name for each in sql_settings(Settings)}.items() >= {
        "quality.photos_per_mask": "photos_per_mask",
        "quality.masks": "required_masks",
        "alignment.method": "alignment_method",
        "distance.dimensions": "distance_dimensions",
        "database.landmarks": "landmarks_kept",
    }.items()
