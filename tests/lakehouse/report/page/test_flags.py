"""Flags in the page: two words, of which each row has the place."""

import polars as pl

from lakehouse.report.page.columns import columns


def test_a_flag_is_a_place_among_two_words() -> None:
    laid = columns(pl.DataFrame({"above": [True, False, None]}))

    column = laid["columns"]["above"]
    assert column["values"] == [1, 0, None]
    assert [place if place is None else column["words"][place] for place in column["values"]] == [
        True,
        False,
        None,
    ]
