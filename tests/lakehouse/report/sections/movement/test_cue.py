"""The cue: what is said of its effects, and of none."""

from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest

from lakehouse.charts.words import Labels, Words
from lakehouse.paths import WarehousePaths
from lakehouse.report.page.blocks import block_view
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.movement.cue import CUE
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.tables import Tables, open_tables
from lakehouse.report.texts.read import LANGUAGES, texts

BLOCKS: dict[str, Any] = {block.name: block for block in CUE.blocks}
WORDS = Words(
    "en",
    texts("en"),
    Labels(
        expressions={"neutral": "neutral", "fear": "fear", "sadness": "sadness"},
        parts={"mesh_0": "whole face", "eyes_0": "chin"},
    ),
)
EFFECTS = pl.DataFrame(
    {
        "expression": ["fear", "sadness", "fear", "sadness"],
        "part": ["mesh_0", "mesh_0", "eyes_0", "eyes_0"],
        "n": [12, 12, 12, 12],
        "mean_difference": [1.0, 2.0, -7.25, None],
        "difference_low": [0.5, 1.0, -9.0, None],
        "difference_high": [1.5, 3.0, -5.5, None],
        "over_noise": [None, None, -0.9, None],
        "cohen_dz": [0.1, 0.2, -0.75, None],
        "t_q": [0.05, 0.049, 0.001, None],
        "paper_t_q": [0.01, 0.01, 0.01, 0.2],
    }
)
POINTS = pl.DataFrame(
    {
        "expression": ["fear", "fear", "sadness", "sadness"],
        "point": [0, 1, 0, 1],
        "n": [12, 12, 12, 11],
        "mean_difference": [1.0, -3.0, 2.0, 2.5],
        "max_t_p": [0.01, 0.049, 0.05, None],
        "paper_max_t_p": [0.5, 0.5, 0.01, 0.5],
    }
)
EVIDENCE = pl.DataFrame(
    {
        "n": [12, 12, 11, 12, 12],
        "log10_bayes_factor": [1.0, 8.0, -0.5, 0.3, None],
        "sesoi_dz": [0.2] * 5,
        "equivalence_p": [0.9, 0.9, 0.01, 0.05, None],
        "detectable_dz": [1.1, 1.1, 1.4, 1.2, None],
    }
)


def said(name: str, frame: pl.DataFrame) -> str:
    """Fill the caption of a figure or listing whose table is this one."""
    folder = "listings" if name == "cue_evidence" else "figures"
    return WORDS(f"{folder}.{name}.caption", **BLOCKS[name].numbers({name: frame}, WORDS))


def test_effects_are_counted_by_their_q_and_the_largest_is_named() -> None:
    caption = said("cue_groups", EFFECTS)

    assert "marked are 2 of 3 differences, and the paper's way would mark 3" in caption
    assert "The largest is −7.2 px [−9.0, −5.5], dz −0.75: fear, chin." in caption
    assert "1 mean differences do not leave it" in caption
    assert BLOCKS["cue_groups"].numbers({"cue_groups": EFFECTS}, WORDS)["n"] == "12"


def test_points_that_survive_are_counted_for_each_expression() -> None:
    caption = said("cue_points", POINTS)

    assert "how many of its points survive: fear 2 and sadness 0." in caption
    assert "it would be fear 0 and sadness 1;" in caption
    assert "of a point is −3.0 px, in fear." in caption
    # No one n holds for all points.
    assert "n" not in BLOCKS["cue_points"].numbers({"cue_points": POINTS}, WORDS)


def test_where_no_point_was_tested_none_is_counted() -> None:
    caption = said("cue_points", POINTS.with_columns(max_t_p=pl.lit(None, pl.Float64)))

    assert "how many of its points survive: fear – and sadness –." in caption


def test_evidence_is_for_an_effect_or_against_it_or_neither() -> None:
    caption = said("cue_evidence", EVIDENCE)

    assert "Of 4 differences, a factor of at least 10: 2; of at most 1/3: 1; between" in caption
    assert "decides nothing: 1." in caption
    assert (
        "smaller in size than a dz of 0.20, the smallest that matters by the settings: 1."
        in caption
    )
    assert "With 12 participants, a dz of 1.20 is found in 80 of 100 samples" in caption


def test_without_a_smallest_effect_that_matters_equivalence_is_not_spoken_of() -> None:
    frame = EVIDENCE.with_columns(
        sesoi_dz=pl.lit(None, pl.Float64), equivalence_p=pl.lit(None, pl.Float64)
    )

    caption = said("cue_evidence", frame)

    assert "equivalence was not tested" in caption
    assert "smaller in size" not in caption


@pytest.fixture(scope="module")
def tables(small_warehouse: WarehousePaths) -> Iterator[Tables]:
    with open_tables(small_warehouse, Privacy()) as opened:
        yield opened


@pytest.mark.parametrize("name", BLOCKS)
def test_where_nobody_has_both_masks_the_page_says_that_there_is_nothing(
    name: str, tables: Tables
) -> None:
    languages = {language: tables.words(language) for language in LANGUAGES}

    view = block_view(BLOCKS[name], tables, languages)

    assert Need.CUE.is_met(tables.facts)
    for language in LANGUAGES:
        assert "effect" in view["lacking"][language]
