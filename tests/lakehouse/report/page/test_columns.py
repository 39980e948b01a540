import polars as pl

from lakehouse.report.page.columns import columns
from tests.lakehouse.report.read import expanded


def test_what_comes_in_rows_of_the_same_is_there_once():
    frame = pl.DataFrame(
        {
            "expression": ["fear"] * 4 + [None] * 2 + ["anger"] * 3,
            "supervised": [False] * 5 + [True] * 4,
            "point": [0, 1, 2, 0, 1, 2, 0, 1, 2],
            "distance": [1.5, 1.5, float("nan"), 2.0, 2.0, 3.0, 3.25, 4.0, 4.0],
        }
    )
    laid = columns(frame)
    flags = {"words": [False, True], "values": [0, 1], "runs": [5, 4]}
    assert laid["columns"]["supervised"] == flags
    assert laid["columns"]["point"] == {"values": [0, 1, 2], "times": 3}
    shown = {name: expanded(column) for name, column in laid["columns"].items()}
    assert shown["expression"] == frame["expression"].to_list()
    assert shown["supervised"] == frame["supervised"].to_list()
    assert shown["point"] == frame["point"].to_list()
    assert shown["distance"] == [1.5, 1.5, None, 2, 2, 3, 3.25, 4, 4]


def test_an_empty_table_has_its_columns():
    assert columns(pl.DataFrame(schema={"point": pl.Int16}))["columns"] == {"point": {"values": []}}


def test_only_what_comes_again_as_a_whole_is_shortened():
    for values in ([0, 1, 0, 2], [0, 1, 2, 0, 1], [0, 1, 0, 1, 0], [3, 1, 2]):
        assert columns(pl.DataFrame({"a": values}))["columns"]["a"] == {"values": values}


def test_measured_numbers_have_five_digits_and_sums_of_counts_all():
    laid = columns(pl.DataFrame({"a": [123.4567, 1234567.0, 0.000123456, float("inf")]}))
    assert laid["columns"]["a"]["values"] == [123.46, 1234567, 0.00012346, None]
