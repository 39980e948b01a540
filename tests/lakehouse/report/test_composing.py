"""Charts that are composed swiftly are the same."""

import altair as alt
import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.report.composing import swiftly
from lakehouse.report.controls import starting
from lakehouse.report.figure import drawn
from lakehouse.report.page.blocks import lacks
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.order import figures
from lakehouse.report.tables.tables import open_tables


@pytest.mark.slow
@pytest.mark.parametrize(("language", "width"), [("en", 1080), ("pt", 348)])
def test_every_figure_is_the_same_as_altair_s_own(
    small_warehouse: WarehousePaths, language: str, width: int
) -> None:
    with open_tables(small_warehouse, Privacy()) as tables:
        words = tables.words(language)
        shown = [figure for figure in figures().values() if not lacks(figure, tables)]
        assert len(shown) > 30
        for figure in shown:
            frames = {name: tables.table(name) for name in figure.tables}
            chosen = starting(tables, figure.controls)
            usual = drawn(figure, frames, words, width, chosen)
            with swiftly():
                assert drawn(figure, frames, words, width, chosen) == usual, figure.name


def test_parts_are_not_copied_only_as_long_as_it_lasts() -> None:
    def part_of(chart: alt.Chart) -> bool:
        return chart.copy().mark is chart.mark

    chart = alt.Chart(mark=alt.MarkDef("bar"))

    with swiftly():
        assert part_of(chart)
    assert not part_of(chart)


def test_altair_is_itself_again_after_an_error() -> None:
    usual = alt.Chart.copy

    with pytest.raises(RuntimeError), swiftly():
        raise RuntimeError
    assert alt.Chart.copy is usual
