"""Eyes and mouth: lines, groups and residuals, computed again."""

import numpy as np
import polars as pl
import pytest

from lakehouse.charts.words import Words
from lakehouse.paths import WarehousePaths
from lakehouse.report.figure import Figure
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.smile import SMILE
from lakehouse.report.tables.tables import open_tables
from lakehouse.report.texts.read import texts
from lakehouse.steps.smile.coactivation import coactivation, coactivation_residuals
from tests.lakehouse.report.sections.asked import answer

PEOPLE = 45
FIGURES = {block.name: block for block in SMILE.blocks if isinstance(block, Figure)}


@pytest.fixture(scope="module")
def measures() -> pl.DataFrame:
    """Forty-five people, two of whom are not known well enough for the regression."""
    random = np.random.default_rng(3)
    rise, jaw = random.normal(40, 10, PEOPLE), random.normal(5, 2, PEOPLE)
    unknown = np.arange(PEOPLE) < 2
    return pl.DataFrame(
        {
            "participant": [f"{number:03}" for number in range(PEOPLE)],
            "condition": "unsupervised",
            "side": "mean",
            "corner_rise": rise,
            "eye_narrowing": 0.002 * rise - 0.003 * jaw + random.normal(0, 0.01, PEOPLE),
            "cheek_rise": rise / 3,
            "jaw_opening": np.where(unknown, np.nan, jaw),
            "yaw": np.zeros(PEOPLE),
            "pitch": np.zeros(PEOPLE),
        }
    ).with_columns(pl.col("jaw_opening").fill_nan(None))


@pytest.fixture(scope="module")
def frames(measures: pl.DataFrame) -> dict[str, pl.DataFrame]:
    given = {
        "smile_measures": measures,
        "smile_coactivation": coactivation(measures, fewest=10),
        "smile_residuals": coactivation_residuals(measures),
    }
    names = {name for figure in FIGURES.values() for name in figure.tables}
    return {name: answer(name, **given) for name in names}


def test_the_line_is_the_regressions_own(
    measures: pl.DataFrame, frames: dict[str, pl.DataFrame]
) -> None:
    known = measures.drop_nulls("jaw_opening")
    rise, jaw, eye = (known[name] for name in ("corner_rise", "jaw_opening", "eye_narrowing"))
    design = np.column_stack([np.ones(len(known)), rise, jaw])
    constant, slope, of_jaw = np.linalg.lstsq(design, eye.to_numpy(), rcond=None)[0]

    ends = frames["smile_lines"]

    expected = constant + slope * ends["corner_rise"].to_numpy() + of_jaw * jaw.to_numpy().mean()
    assert ends["eye_narrowing"].to_list() == pytest.approx(expected.tolist())
    middle = rise.to_numpy().mean()
    spread = rise.to_numpy().std(ddof=1)
    assert ends["corner_rise"].to_list() == pytest.approx(
        [middle - 2 * spread, middle + 2 * spread]
    )
    assert ends["participants"].to_list() == [PEOPLE - 2] * 2


def test_groups_are_of_equal_size_and_hold_everybody(
    measures: pl.DataFrame, frames: dict[str, pl.DataFrame]
) -> None:
    steps = frames["smile_steps"]

    ordered = measures.sort("corner_rise")
    parts = np.array_split(ordered["eye_narrowing"].to_numpy(), 4)
    assert sorted(steps["participants"]) == sorted(len(part) for part in parts)
    assert steps["corner_rise"].is_sorted()
    first = ordered.head(steps["participants"][0])["eye_narrowing"].to_numpy()
    assert steps["eye_narrowing"][0] == pytest.approx(first.mean())
    assert steps["quarter"][0] == pytest.approx(np.quantile(first, 0.25))


def test_bars_count_the_residuals(frames: dict[str, pl.DataFrame], measures: pl.DataFrame) -> None:
    residuals = coactivation_residuals(measures)["residual"].to_numpy()
    spread = coactivation(measures, fewest=10)["residual_sd"][0]
    counts, _ = np.histogram(residuals / spread, bins=np.arange(-5, 5.1, 0.5))

    rows = frames["smile_residuals"]

    assert rows["participants"].to_list() == [count for count in counts.tolist() if count]
    assert rows["normal"].sum() == pytest.approx(PEOPLE - 2, rel=0.1)


def test_captions_say_the_coefficients(frames: dict[str, pl.DataFrame]) -> None:
    row = frames["coactivation"].row(0, named=True)

    said = {
        name: figure.numbers(frames, Words("en", texts("en"))) for name, figure in FIGURES.items()
    }

    assert said["coactivation"]["ranks"].startswith(f"{row['spearman_r']:.2f} [")
    assert said["coactivation"]["slopes"].startswith(f"{100 * row['slope']:.3f}\N{NO-BREAK SPACE}%")
    assert said["coactivation"]["held"] == ", with the opening of the jaw held constant"
    assert said["smile"]["n"] == str(PEOPLE)
    assert said["smile"]["people"] == "Each point is a participant."
    assert f"of {PEOPLE - 2} without cue" in said["smile_residuals"]["far"]


def test_an_aggregated_report_has_nobodys_own_values(small_warehouse: WarehousePaths) -> None:
    with open_tables(small_warehouse, Privacy(aggregate=True)) as tables:
        assert tables.table("smile").is_empty()
        assert tables.table("smile_steps").is_empty()
    with open_tables(small_warehouse, Privacy()) as tables:
        assert len(tables.table("smile")) > 0
        assert "participant" not in tables.table("smile").columns
