"""What people choose from is said once, where nothing heavy must load to know it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from lakehouse.rendering.choices import MaskPicture
from lakehouse.warehouse.choices import AnswerFormat

ROOT = Path(__file__).parent.parent.parent
CHOICES = sorted((ROOT / "lakehouse").glob("*/choices.py"))
HEAVY = ("cv2", "duckdb", "numpy", "polars", "pyarrow", "pydantic")


def own_choices(source: str) -> list[str]:
    """Name the enumerations and lists of words that a module defines for itself."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            found += [node.name for base in node.bases if ast.unparse(base).endswith("StrEnum")]
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
            found.append(ast.unparse(node))
    return found


@pytest.mark.parametrize("module", sorted((ROOT / "cli").glob("*.py")), ids=lambda path: path.name)
def test_commands_have_no_choices_of_their_own(module):
    assert own_choices(module.read_text(encoding="utf-8")) == []


def test_choices_of_a_commands_own_are_noticed():
    assert own_choices("class Format(StrEnum):\n    CSV = 'csv'\n") == ["Format"]
    assert own_choices("Format = Literal['csv', 'tsv']") == ["Literal['csv', 'tsv']"]


def test_choices_load_nothing_heavy():
    names = [f"lakehouse.{path.parent.name}.choices" for path in CHOICES]
    assert len(names) >= 4
    script = f"import sys, {', '.join(names)}; print([n for n in {HEAVY} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_an_ending_stands_for_one_format():
    endings = [suffix for each in AnswerFormat for suffix in each.suffixes]
    assert len(endings) == len(set(endings))
    assert all(AnswerFormat.of_file(Path(f"a{ending.upper()}")) for ending in endings)
    assert AnswerFormat.of_file(Path("a.xml")) is AnswerFormat.of_file(Path("a")) is None


def test_all_pictures_of_masks_are_the_others_in_their_order():
    every = MaskPicture.kinds([MaskPicture.ALL, MaskPicture.MEAN])
    assert [*every, MaskPicture.ALL] == list(MaskPicture)
    assert MaskPicture.kinds([MaskPicture.GHOST, MaskPicture.PHOTO]) == [
        MaskPicture.PHOTO,
        MaskPicture.GHOST,
    ]
