"""What charts of points share: ends of scales, names of points, columns of a language."""

import polars as pl
import pytest

from lakehouse.charts.drawing import greatest
from lakehouse.charts.words import Labels, Words


@pytest.mark.parametrize(
    ("one", "other", "most"),
    [([1.0, 7.5], [2.0, 3.0], 7.5), ([0.0, None], [0.0, 0.0], 1.0), ([None], [None], 1.0)],
)
def test_a_scale_ends_at_the_greatest_number(
    one: list[float | None], other: list[float | None], most: float
) -> None:
    frame = pl.DataFrame({"one": one, "other": other}, schema_overrides={"one": pl.Float64})

    assert greatest(frame, "one", "other") == most


def test_a_point_has_its_number_and_its_place() -> None:
    words = Words("en", {}, Labels(points={61: "right corner of the mouth"}))

    assert [words.point(61), words.point(62)] == ["61: right corner of the mouth", "62"]


@pytest.mark.parametrize(("language", "column"), [("en", "name_en"), ("pt-BR", "name_pt")])
def test_each_language_has_its_column(language: str, column: str) -> None:
    assert Words(language, {}).column("name") == column
