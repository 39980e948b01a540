"""How large a module, a room and a function may grow, and how someone new finds the room."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.linters import ROOT, ruff

LINES = 450
MODULES = 20
"""In a room of the library. `cli` has a module for each command and is not counted."""

SOURCES = ("lakehouse", "cli", "sql", "docs", "benchmarks", "tests")


def long_files(root: Path) -> Iterator[str]:
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*.*")):
            if path.suffix in {".py", ".sql"}:
                lines = path.read_text(encoding="utf-8").count("\n")
                if lines > LINES:
                    yield f"{path.relative_to(root)} has {lines} lines: split it"


def rooms(root: Path) -> list[Path]:
    return sorted(init.parent for init in (root / "lakehouse").rglob("__init__.py"))


def crowded_rooms(root: Path) -> Iterator[str]:
    for room in rooms(root):
        modules = [path for path in room.glob("*.py") if path.name != "__init__.py"]
        if len(modules) > MODULES:
            yield f"{room.relative_to(root)} has {len(modules)} modules: make two rooms of it"


def rooms_without_purpose(root: Path) -> Iterator[str]:
    for folder in (*rooms(root), root / "cli", root / "sql"):
        tree = ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))
        if len((ast.get_docstring(tree) or "").split()) < 4:
            yield f"{folder.relative_to(root)}/__init__.py does not say what the room is for"


def rooms_nobody_finds(root: Path) -> Iterator[str]:
    page = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = [line for line in page.splitlines() if line.startswith("|")]
    for room in rooms(root):
        led_to = any(f"`lakehouse/{room.name}/" in line for line in table)
        if room.parent == root / "lakehouse" and not led_to:
            yield f"no line of CONTRIBUTING's table leads to lakehouse/{room.name}/"


def layers_not_as_described(root: Path) -> Iterator[str]:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    page = (root / "docs" / "design.md").read_text(encoding="utf-8").split("## Rooms")[1]
    described = re.findall(r"^    (.*)$", page, re.MULTILINE)
    held = [layer.replace(" | ", ", ") for layer in reversed(layers)]
    if described != held:
        yield "docs/design.md should list the rooms so:\n" + "\n".join(held)


RULES = [
    long_files,
    crowded_rooms,
    rooms_without_purpose,
    rooms_nobody_finds,
    layers_not_as_described,
]


@pytest.mark.parametrize("rule", RULES)
def test_the_house_keeps_its_rules(rule):
    assert list(rule(ROOT)) == []


@pytest.fixture
def small_house(tmp_path) -> Path:
    for folder in ("lakehouse/lake", "cli", "sql", "docs"):
        (tmp_path / folder).mkdir(parents=True)
    for folder in ("lakehouse", "lakehouse/lake", "cli", "sql"):
        (tmp_path / folder / "__init__.py").write_text('"""What this room is for."""\n')
    (tmp_path / "CONTRIBUTING.md").write_text("| Parquet | `lakehouse/lake/` |\n")
    (tmp_path / "pyproject.toml").write_text(
        "[[tool.importlinter.contracts]]\n"
        'type = "layers"\n'
        'layers = ["warehouse", "steps | lake", "errors"]\n'
    )
    (tmp_path / "docs" / "design.md").write_text(
        "    photos → lake\n\n## Rooms\n\n    errors\n    steps, lake\n    warehouse\n"
    )
    return tmp_path


@pytest.mark.parametrize("rule", RULES)
def test_a_small_house_keeps_them_too(small_house, rule):
    assert list(rule(small_house)) == []


def test_a_file_may_grow_to_its_bound_and_no_further(small_house):
    (small_house / "sql" / "masks.sql").write_text("select\n" * LINES)
    (small_house / "tests").mkdir()
    (small_house / "tests" / "test_masks.py").write_text("\n" * (LINES + 1))

    assert list(long_files(small_house)) == [f"tests/test_masks.py has {LINES + 1} lines: split it"]


def test_a_room_may_fill_to_its_bound_and_no_further(small_house):
    lake = small_house / "lakehouse" / "lake"
    for number in range(MODULES):
        (lake / f"module_{number}.py").touch()
    assert list(crowded_rooms(small_house)) == []

    (lake / "one_more.py").touch()

    assert list(crowded_rooms(small_house)) == [
        f"lakehouse/lake has {MODULES + 1} modules: make two rooms of it"
    ]


def test_a_new_room_says_what_it_is_for_and_is_found(small_house):
    attic = small_house / "lakehouse" / "attic"
    attic.mkdir()
    (attic / "__init__.py").write_text('"""Attic."""\n')

    found = [complaint for rule in RULES for complaint in rule(small_house)]

    assert found == [
        "lakehouse/attic/__init__.py does not say what the room is for",
        "no line of CONTRIBUTING's table leads to lakehouse/attic/",
    ]


def test_the_page_lists_the_layers_that_are_held(small_house):
    settings = small_house / "pyproject.toml"
    settings.write_text(settings.read_text().replace('"steps | lake"', '"steps", "lake"'))

    [complaint] = layers_not_as_described(small_house)

    assert complaint.endswith("errors\nlake\nsteps\nwarehouse")


@pytest.mark.parametrize("name", ["lakehouse/lake/new.py", "cli/new.py", "tests/new.py"])
def test_a_function_may_branch_eight_times_and_no_more(name):
    def refused(branches: int) -> bool:
        body = "".join(f"    if number == {n}:\n        print({n})\n" for n in range(branches))
        return "C901" in {one["code"] for one in ruff(name, f"def branch(number):\n{body}")}

    assert not refused(8)
    assert refused(9)
