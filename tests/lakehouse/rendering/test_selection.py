import polars as pl
import pytest

from lakehouse.rendering.rendered import RenderError
from lakehouse.rendering.selection import Selection, tag

ROWS = pl.DataFrame(
    {
        "participant": ["1", "1", "2", "x' or 1=1 --"],
        "expression": ["neutral", "happiness", "neutral", "wink"],
        "code": ["00", "05", "00", None],
    }
)


@pytest.mark.parametrize(
    ("participants", "expressions", "kept"),
    [
        ((), (), [0, 1, 2, 3]),
        (("1",), (), [0, 1]),
        (("2", "1"), ("neutral",), [0, 2]),
        ((), ("05", "wink"), [1, 3]),
        (("x' or 1=1 --",), (), [3]),
    ],
)
def test_rows_are_chosen_by_id_and_by_word_or_code(participants, expressions, kept):
    rows = Selection(participants, expressions).of(ROWS.with_row_index("row"), "mask")
    assert rows["row"].to_list() == kept


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        (Selection(("1", "7")), "no mask of participant '7'"),
        (Selection((), ("sad",)), "no mask of expression 'sad'; choose one of happiness, neutral"),
        (Selection(("2",), ("happiness",)), "no mask of these expressions by these participants"),
    ],
)
def test_what_matches_nothing_is_named(selection, said):
    with pytest.raises(RenderError, match=said):
        selection.of(ROWS, "mask")


def test_nothing_at_all_is_said_as_such():
    with pytest.raises(RenderError, match="the warehouse has no mask; see `lakehouse status`"):
        Selection(("1",)).of(ROWS.clear(), "mask")


def test_a_choice_has_a_name_whatever_its_order():
    assert tag(()) == ""
    assert tag(("a", "b")) == tag(("b", "a", "a")) != tag(("a",))
    assert tag(("a,b",)) != tag(("a", "b"))
