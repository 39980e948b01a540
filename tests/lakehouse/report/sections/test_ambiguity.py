"""What is said of ambiguous expressions, counted again from the predictions."""

from itertools import product

import polars as pl
import pytest

from lakehouse.charts.words import Labels, Words
from lakehouse.paths import WarehousePaths
from lakehouse.report.figure import Figure
from lakehouse.report.page.blocks import lacks
from lakehouse.report.privacy import Privacy
from lakehouse.report.sections.ambiguity import AMBIGUITY
from lakehouse.report.tables.facts import Need
from lakehouse.report.tables.query import report_query
from lakehouse.report.tables.tables import open_tables
from lakehouse.report.texts.read import texts
from tests.lakehouse.report.sections.asked import answer

FIGURES = {block.name: block for block in AMBIGUITY.blocks if isinstance(block, Figure)}
WORDS = Words("en", texts("en"), Labels(expressions={"sad": "sad", "glad": "glad"}))
SAD, GLAD = "sad", "glad"

# Eight people, of whom three are taken for glad when sad, and nobody the other way.
PREDICTIONS = pl.DataFrame(
    [
        {
            "classifier": "nearest_centroid",
            "condition": condition,
            "participant": str(person),
            "expression": shown,
            "predicted": GLAD if person < 3 else shown,
        }
        for person, shown, condition in product(
            range(8), (SAD, GLAD), ("unsupervised", "supervised", "both")
        )
    ]
)
KEYS = ["classifier", "condition", "expression", "predicted"]
# A warehouse has both of a participant's masks where both conditions are learnt from.
CONFUSION = pl.DataFrame(
    [
        {
            "classifier": "nearest_centroid",
            "condition": condition,
            "expression": shown,
            "predicted": taken,
            "masks": masks,
            "share": masks / 8,
        }
        for condition, (shown, taken, masks) in product(
            ("unsupervised", "supervised", "both"),
            ((SAD, SAD, 5), (SAD, GLAD, 3), (GLAD, SAD, 0), (GLAD, GLAD, 8)),
        )
    ]
)
ACCURACY = pl.DataFrame(
    [
        {
            "classifier": "nearest_centroid",
            "condition": condition,
            "expression": expression,
            "participants": 8,
            "masks": 16 if expression == "all expressions" else 8,
            "accuracy": accuracy,
            "accuracy_low": accuracy - 0.1,
            "accuracy_high": min(accuracy + 0.1, 1.0),
            "balanced_accuracy": balanced,
            "balanced_low": None if balanced is None else balanced - 0.4,
            "balanced_high": None if balanced is None else balanced + 0.1,
            "chance": 0.5,
            "majority": 0.5 if expression == "all expressions" else None,
            "named": named,
            "entropy": 0.5,
            "mistaken_for": GLAD if expression == SAD else None,
            "mistaken_share": 3 / 8 if expression == SAD else None,
        }
        for condition, (expression, accuracy, balanced, named) in product(
            ("unsupervised", "supervised", "both"),
            (
                ("all expressions", 13 / 16, 13 / 16, None),
                (SAD, 5 / 8, None, 5 / 16),
                (GLAD, 1.0, None, 11 / 16),
            ),
        )
    ]
)
CONFUSED = pl.DataFrame(
    [
        {
            "classifier": "nearest_centroid",
            "condition": condition,
            "rank": 1,
            "expression_a": GLAD,
            "expression_b": SAD,
        }
        for condition in ("unsupervised", "supervised", "both")
    ]
)


@pytest.fixture(scope="module")
def frames() -> dict[str, pl.DataFrame]:
    given = {
        "expression_predictions": PREDICTIONS,
        "expression_confusion": CONFUSION,
        "expression_accuracy": ACCURACY,
        "confused_pairs": CONFUSED,
    }
    names = {name for figure in FIGURES.values() for name in figure.tables} - {"regularity"}
    return {name: answer(name, **given) for name in names}


def test_cells_count_masks_and_people(frames: dict[str, pl.DataFrame]) -> None:
    counted = PREDICTIONS.filter(pl.col("condition") != "both").group_by(KEYS).len()
    people = {tuple(row[:4]): row[4] for row in counted.rows()}

    cells = frames["confusion"]

    assert len(cells) == 2 * 4
    assert {tuple(row[:4]): row[4] for row in cells.select(*KEYS, "participants").rows()} == {
        key: people.get(key, 0) for key in cells.select(KEYS).rows()
    }
    assert cells["masks"].sum() == 2 * 16


def test_pairs_stand_once_for_each_way_with_their_people(frames: dict[str, pl.DataFrame]) -> None:
    rows = frames["confused_pairs"].filter(condition="supervised")

    assert rows.select("pair", "expression", "predicted", "participants").rows() == [
        ("glad sad", GLAD, SAD, 0),
        ("glad sad", SAD, GLAD, 3),
    ]


def test_the_most_frequent_mistake_has_its_people(frames: dict[str, pl.DataFrame]) -> None:
    rows = frames["mistakes"].select("expression", "mistaken_for", "participants", "mistaken_share")

    assert rows.unique().rows() == [(SAD, GLAD, 3, 0.375)]


def test_accuracy_is_balanced_over_all_and_plain_of_one(frames: dict[str, pl.DataFrame]) -> None:
    rows = frames["accuracy"].filter(condition="supervised")

    assert rows.select("expression", "value", "baseline").rows() == [
        ("all expressions", 13 / 16, None),
        (GLAD, 1.0, 11 / 16),
        (SAD, 5 / 8, 5 / 16),
    ]


def test_captions_have_the_numbers(frames: dict[str, pl.DataFrame]) -> None:
    names = ("confusion", "accuracy", "confused_pairs")
    said = {name: FIGURES[name].numbers(frames, WORDS) for name in names}

    space = "\N{NO-BREAK SPACE}"
    value = f"81.2{space}%"
    for name in ("confusion", "accuracy"):
        assert said[name]["accuracies"] == (
            f"nearest mean: {value} [41.2, 91.2] without cue, {value} [41.2, 91.2] with cue"
        )
        assert said[name]["chance"] == f"50{space}%"
    # The intervals hold chance in both conditions.
    assert (said["accuracy"]["above"], said["accuracy"]["all"]) == ("0", "2")
    assert said["accuracy"]["least"] == "sad, with cue"
    assert said["accuracy"]["least_value"] == f"62{space}%"
    assert value in said["accuracy"]["together"]
    assert said["confusion"]["left_out"] == ""
    assert said["confused_pairs"]["share"] == f"38{space}%"
    assert said["confused_pairs"]["masks"] == "3"
    assert all(numbers["n"] == "8" for numbers in said.values())


def test_cells_left_out_for_privacy_are_owned_to(frames: dict[str, pl.DataFrame]) -> None:
    fewer = frames | {"confusion": frames["confusion"].filter(pl.col("participants") >= 5)}

    said = FIGURES["confusion"].numbers(fewer, WORDS)

    assert "fewer than five people" in said["left_out"]


def test_every_table_counts_its_people() -> None:
    tables = {name for figure in FIGURES.values() for name in figure.tables}

    assert all(report_query(name).header.people == ("participants",) for name in tables)


def test_regularity_names_the_most_and_the_least_regular(small_warehouse: WarehousePaths) -> None:
    figure = FIGURES["regularity"]
    with open_tables(small_warehouse, Privacy()) as tables:
        rows = tables.table("regularity").sort("resultant_ratio")
        words = tables.words("en")
        said = figure.numbers({"regularity": rows}, words)

    least, most = rows.row(0, named=True), rows.row(-1, named=True)
    assert said["most"] == words.mask(most["expression"], most["supervised"])
    assert said["least"] == words.mask(least["expression"], least["supervised"])
    assert said["most_ratio"].startswith(f"{most['resultant_ratio']:.2f} [")


def test_four_people_are_too_few_for_an_aggregated_report(small_warehouse: WarehousePaths) -> None:
    with open_tables(small_warehouse, Privacy(aggregate=True)) as tables:
        assert all(lacks(figure, tables) for figure in FIGURES.values())
    with open_tables(small_warehouse, Privacy()) as tables:
        assert not lacks(FIGURES["regularity"], tables)


def test_what_is_needed_is_asked_for() -> None:
    assert Need.SEVERAL_EXPRESSIONS in FIGURES["confusion"].needs
    assert Need.SEVERAL_EXPRESSIONS not in FIGURES["regularity"].needs
    assert all(Need.STATISTICS in figure.needs for figure in FIGURES.values())
