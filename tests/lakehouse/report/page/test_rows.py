import polars as pl

from lakehouse.report.page.rows import rows
from tests.lakehouse.report.given import words


def test_muscles_have_their_names_in_the_language_of_the_chart() -> None:
    frame = pl.DataFrame(
        {"point": [0, 1, 2], "muscles": ["nasalis, orbicularis oris lower", None, "a b"]}
    )
    assert [row["muscles"] for row in rows(frame, words("pt"))] == [
        "nasal; orbicular da boca, parte inferior",
        None,
        "a b",
    ]
    assert rows(frame, words("en"))[0]["muscles"] == "nasalis; orbicularis oris, lower part"


def test_what_is_not_a_number_is_null() -> None:
    frame = pl.DataFrame({"number": [1.5, float("nan"), float("inf")], "code": ["a", "b", "c"]})
    assert rows(frame, words()) == [
        {"number": 1.5, "code": "a"},
        {"number": None, "code": "b"},
        {"number": None, "code": "c"},
    ]
