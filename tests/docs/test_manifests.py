"""The page on manifests lists every name and word that the program knows."""

import re
import tomllib
from pathlib import Path

import pytest

from lakehouse.dataset.expression_words import EXPRESSION_WORDS, WORDS_OF_TWO_MEANINGS
from lakehouse.dataset.manifest_words import TRUTH_WORDS
from lakehouse.inputs.column_names import COLUMN_NAMES
from lakehouse.settings import Settings
from lakehouse.settings.manifest_columns import MANIFEST_FIELDS

PAGE = (Path(__file__).parents[2] / "docs" / "manifests.md").read_text(encoding="utf-8")


def rows(header: str) -> dict[str, tuple[str, ...]]:
    """Give the rows of the table with this header by their first cells."""
    table = PAGE.split(f"| {header} |\n")[1].split("\n\n")[0].splitlines()[1:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return {row[0]: tuple(row[1:]) for row in cells}


def test_the_names_of_columns_are_all_there() -> None:
    assert rows("field | also called | if there is no other") == {
        field: tuple(f"`{', '.join(rank)}`" if rank else "" for rank in (*ranks[1:], ())[:2])
        for field, ranks in COLUMN_NAMES.items()
    }
    assert all(ranks[0] == (field,) for field, ranks in COLUMN_NAMES.items())
    assert (*COLUMN_NAMES,) == MANIFEST_FIELDS == (*rows("field | says | needed"),)


def test_the_words_for_expressions_are_all_there() -> None:
    assert rows("expression | words") == {
        name: (", ".join(words),) for name, words in EXPRESSION_WORDS.items()
    }
    assert rows("word | may mean") == {
        word: (" or ".join(names),) for word, names in WORDS_OF_TWO_MEANINGS.items()
    }


def test_the_words_for_a_cue_are_all_there() -> None:
    assert rows("supervised | words, beside the codes of `dataset.supervised`") == {
        "yes" if cue else "no": (", ".join(words),) for cue, words in TRUTH_WORDS.items()
    }


@pytest.mark.parametrize("text", re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))
def test_the_settings_of_the_page_work(text: str) -> None:
    Settings.model_validate(tomllib.loads(text))
