"""Alignment: the numbers of its figures, looked up again."""

from collections.abc import Iterator
from typing import Any

import pytest

from lakehouse.paths import WarehousePaths
from lakehouse.report.page.blocks import block_view, lacks
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.alignment import ALIGNMENT
from lakehouse.report.tables.tables import Tables, open_tables
from lakehouse.warehouse.connection import open_read_only
from tests.sql.support import CELLS

BLOCKS: dict[str, Any] = {block.name: block for block in ALIGNMENT.blocks}
METHODS = ("paper", "neutral_scale", "procrustes")
PLACES = 146
"""Of an outline."""


@pytest.fixture(scope="module")
def tables(small_warehouse: WarehousePaths) -> Iterator[Tables]:
    with open_tables(small_warehouse, Privacy()) as opened:
        yield opened


def numbers(name: str, tables: Tables) -> dict[str, str]:
    figure = BLOCKS[name]
    frames = {table: tables.table(table) for table in figure.tables}
    return dict(figure.numbers(frames, tables.words("en")))


def test_the_mask_in_which_the_face_shrinks_most_is_named(
    tables: Tables, small_warehouse: WarehousePaths
) -> None:
    with open_read_only(small_warehouse) as connection:
        expression, supervised, size, ratio, people = connection.execute(
            "select expression, supervised, upper_face_size, upper_to_lower, participants "
            "from alignment_comparison where method = 'paper' order by upper_face_size limit 1"
        ).fetchall()[0]
        drops = dict(
            connection.execute(
                "select method, chin_drop from alignment_comparison "
                "where expression = ? and supervised = ?",
                [expression, supervised],
            ).fetchall()
        )

    said = numbers("alignment", tables)

    assert said["mask"] == f"{expression}, {'with' if supervised else 'without'} cue"
    assert said["size"] == f"{size:.3f}"
    assert said["ratio"] == f"{ratio:.2f}"
    assert said["drop_scale"].replace("−", "-") == f"{drops['neutral_scale']:.0f}"
    assert said["drop_procrustes"].replace("−", "-") == f"{drops['procrustes']:.0f}"
    assert (said["method"], said["n"]) == ("paper", str(people))


def test_outlines_are_the_mean_faces(tables: Tables, small_warehouse: WarehousePaths) -> None:
    table = tables.table("alignment_outlines")

    assert len(table) == len(METHODS) * len(CELLS)
    assert table.filter("is_reference")["method"].to_list() == list(METHODS)
    # Whichever is chosen is drawn over the neutral one.
    assert table["is_reference"].to_list() == [True, False, False, False] * len(METHODS)
    with open_read_only(small_warehouse) as connection:
        places = connection.execute(
            "select point, round(x), round(y) from alignment_masks "
            "where method = 'procrustes' and mask = '07-01'"
        ).fetchall()
    rounded = {point: [x, y] for point, x, y in places}
    [geo] = table.filter(method="procrustes", expression="surprise")["geo"]
    lines = geo["coordinates"]
    assert sum(map(len, lines)) == PLACES
    assert lines[0][0] == lines[0][-1] == rounded[10]
    assert rounded[152] in lines[0]
    assert lines[1][0] == rounded[263]
    assert numbers("alignment_outlines", tables) == {"masks": str(len(CELLS) - 1)}


def test_the_controls_start_with_a_face_that_is_there(tables: Tables) -> None:
    figure = BLOCKS["alignment_outlines"]

    assert figure.controls == ("expression", "supervised")
    assert set(figure.controls) <= set(tables.table("alignment_outlines").columns)


def test_nobody_included_is_said(empty_warehouse: WarehousePaths) -> None:
    with open_tables(empty_warehouse, Privacy()) as tables:
        languages = {"en": tables.words("en")}
        for block in ALIGNMENT.blocks:
            assert lacks(block, tables)  # type: ignore[arg-type]
            assert "nobody" in str(block_view(block, tables, languages)["lacking"]) or (
                "no participant" in str(block_view(block, tables, languages)["lacking"])
            )


def test_means_of_few_people_are_not_in_an_aggregated_report(
    small_warehouse: WarehousePaths,
) -> None:
    with open_tables(small_warehouse, Privacy(aggregate=True)) as tables:
        assert all(lacks(block, tables) for block in ALIGNMENT.blocks)  # type: ignore[arg-type]
