"""Numbers as spreadsheets of different countries write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.errors import InputError
from lakehouse.inputs.numbers import Written, numbers
from lakehouse.inputs.row_problems import RowProblems
from lakehouse.inputs.text_tables import Column


def read(texts: list[str], separator: str | None) -> list[float | None]:
    problems = RowProblems("scores.csv")
    values = [Written(row, text) for row, text in enumerate(texts, start=2)]
    found = numbers(values, Column("dbi", "B", tuple(texts)), separator, problems)
    problems.refuse("correct it")
    return found


DECIMALS = st.decimals(-1000, 1000, places=1, allow_nan=False)


@given(st.lists(DECIMALS, min_size=1), st.sampled_from(";\t"))
def test_a_column_with_commas_is_the_column_with_points(values: list, separator: str) -> None:
    texts = [str(value) for value in values]
    commas = [text.replace(".", ",") for text in texts]
    assert read(commas, separator) == read(texts, separator) == [float(text) for text in texts]


@pytest.mark.parametrize("separator", [",", None])
def test_commas_are_refused_where_commas_separate_or_nothing_does(separator: str | None) -> None:
    with pytest.raises(InputError, match="row 2: dbi is '1,5', not a number, write a decimal poi"):
        read(["1,5"], separator)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1,234", "2,5"], [1.234, 2.5]),
        (["0,234", "0,125"], [0.234, 0.125]),
        (["1234,567"], [1234.567]),
        (["1,5", "7", "-2,25"], [1.5, 7.0, -2.25]),
    ],
)
def test_a_column_that_can_mean_one_thing_only_is_read(texts: list[str], expected: list) -> None:
    assert read(texts, ";") == expected


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["1,234"], "row 2: dbi is '1,234', thousands or a decimal comma"),
        (["1,234", "17", "12,345"], "row 4: dbi is '12,345', thousands or a decimal comma"),
        (["1,5", "2.5"], "row 2: dbi is '1,5', with a comma, where others have a decimal point"),
        (["1.234,5"], "row 2: dbi is '1.234,5', not a number"),
        (["1,2,3"], "row 2: dbi is '1,2,3', not a number"),
        (["1,5", "x"], "row 3: dbi is 'x', not a number"),
    ],
)
def test_a_column_that_can_mean_two_things_is_refused(texts: list[str], said: str) -> None:
    with pytest.raises(InputError) as refused:
        read(texts, ";")
    assert said in str(refused.value)
