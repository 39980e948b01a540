import pickle

import pytest

from lakehouse import errors
from lakehouse.errors import LakehouseError

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, LakehouseError)
]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_says_where_what_and_what_to_do(kind: type[LakehouseError]) -> None:
    error = kind("row 3 is blank", where="scores.csv", fix="fill it in")

    assert str(error) == "scores.csv: row 3 is blank; fill it in"


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (LakehouseError("what"), "what"),
        (LakehouseError("what", where="where"), "where: what"),
        (LakehouseError("what", fix="fix"), "what; fix"),
        (
            LakehouseError("two\nlines\r\n\tand more ", where="a\nb", fix="c\n"),
            "a b: two lines and more ; c",
        ),
    ],
)
def test_an_error_is_one_line(error: LakehouseError, text: str) -> None:
    assert str(error) == text


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_comes_whole_out_of_another_process(kind: type[LakehouseError]) -> None:
    error = kind("what", where="where", fix="fix")

    copy = pickle.loads(pickle.dumps(error))

    assert type(copy) is kind
    assert (copy.what, copy.where, copy.fix, str(copy)) == ("what", "where", "fix", str(error))


@pytest.mark.parametrize("kind", KINDS)
def test_only_wrong_usage_leaves_with_code_two(kind: type[LakehouseError]) -> None:
    assert kind.exit_code == (2 if issubclass(kind, errors.UsageError) else 1)


def test_wrong_settings_are_wrong_usage() -> None:
    assert errors.SettingsError.exit_code == 2
