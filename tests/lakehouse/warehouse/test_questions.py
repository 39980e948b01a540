"""Old names of features, which are arithmetic, are told from all else that looks like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.errors import QueryError
from lakehouse.warehouse.questions import require_new_names


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("select corr(05-00_5, asrsb) from features_wide", "m05_00_5"),
        ("select 05-00_5", "m05_00_5"),
        ("select wide.07-01_12 from features_wide as wide", "m07_01_12"),
        ("select 'ß', 00-01_0", "m00_01_0"),
        ("select -- 01-00_1\n  02-00_2", "m02_00_2"),
        ("select '01-00_1', \"01-00_1\", /* 01-00_1 */ 02-00_2", "m02_00_2"),
        ("select(05-00_5)", "m05_00_5"),
        ("select 05-00_5::double", "m05_00_5"),
    ],
)
def test_an_old_name_without_quotes_is_refused_with_the_right_one(query: str, name: str) -> None:
    with pytest.raises(QueryError) as refused:
        require_new_names(query)

    assert str(refused.value).endswith(f"write {name}")
    assert "arithmetic" in str(refused.value)


@pytest.mark.parametrize(
    "query",
    [
        "select m05_00_5 from features_wide",
        "select '05-00_5'",
        "select E'05-00_5', $$05-00_5$$, $a$ 05-00_5 $a$",
        'select "05-00_5" from mine',
        "select 1 -- 05-00_5",
        "/* 05-00_5 */ select 1",
        "select 50-10_000",
        "select 105-00_5",
        "select 5-00_5",
        "select 05 - 00_5",
        "select 1.05-00_5",
        "select a05-00_5 from t",
        "select '05-00' || '_5'",
        "select date '2026-05-00'",
        "select 05-00",
        "select '",
    ],
)
def test_what_only_looks_like_one_is_left_alone(query: str) -> None:
    require_new_names(query)


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    require_new_names(f"select $tag${text.replace('$', '')} 05-00_5 $tag$")
