"""What people read can be read once: sentences, lines, links and paths of the pages.

The pages written by hand, the commands' help and the docstrings of commands and benchmarks are
held to it. Pages made from the program are only asked whether their links and paths exist.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from lakehouse.cli.main import app

import lakehouse
from tests.cli.test_commands import COMMANDS

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
MADE = "<!-- made by "
SCRIPTS = sorted([*ROOT.glob("cli/*.py"), *ROOT.glob("benchmarks/**/*.py")])

MOST_WORDS = 45
MOST_CHARACTERS = 100

RIDDLES = [
    r"\bcannot go\b",
    r"\bsays? beside\b",
    r"\bbeside what\b",
    r"\bsurvives correction for the number\b",
    r"\bof which \w+ a \w+ takes\b",
    r"\bwould not hold\b",
    r"\banew\b",
    r"\bwhat (?:is|was|has been) \w+ (?:is|was)\b",
    r"\b(?:held|holds?|hold it) against\b",
    r"\bby way of\b",
    r"\bin hand\b",
    r"\bpassed over\b",
    r"\bis no (?:part|proper)\b",
]
"""Wordings that made readers stop, as they stood or of their kind."""

CODE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
ITEM = re.compile(r"\s*(?:[-*]|\d\d?\.)\s+")
SENTENCE_END = re.compile(r"(?<=[.!?])[)*”\"]*\s+(?=[\w`*(“\"…])")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FOLDERS = "benchmarks|cli|docs|lakehouse|sql|tests"
PATH = re.compile(rf"(?<![\w/.-])(?:{FOLDERS})/[\w./<>*-]*[\w/>*]")
MODULE = re.compile(r"(?<![\w/.-])lakehouse\.(?!toml\b|duckdb\b|xlsx\b)([a-z_]+(?:\.[a-z_]+)*)")


def paragraphs(text: str) -> Iterator[str]:
    """Give the paragraphs, list items, headings and table cells of a page, code left out."""
    block: list[str] = []
    for line in [*CODE.sub("", text).splitlines(), ""]:
        is_block = line.strip() and not line.startswith(("    ", "|", "#", "![", "<!--"))
        if block and (not is_block or ITEM.match(line)):
            yield " ".join(block)
            block = []
        if is_block:
            block.append(ITEM.sub("", line, count=1).strip())
        elif line.startswith("|"):
            yield from (cell.strip() for cell in line.strip("|").split("|"))
        elif line.startswith("#"):
            yield line.lstrip("# ")


def sentences(text: str) -> Iterator[str]:
    for paragraph in paragraphs(text):
        yield from SENTENCE_END.split(paragraph)


def words(sentence: str) -> int:
    """Count words; code in a sentence is one."""
    return len(re.findall(r"\w[\w’'-]*", re.sub(r"`[^`]*`", "code", sentence)))


def unreadable(text: str) -> list[str]:
    """Name the sentences of a text that are too long or riddles."""
    found = [f"{words(each)} words: {each}" for each in sentences(text) if words(each) > MOST_WORDS]
    for riddle in RIDDLES:
        found += [
            f"riddle {riddle}: {each}"
            for each in paragraphs(text)
            if re.search(riddle, each, re.IGNORECASE)
        ]
    return found


def long_lines(text: str) -> list[str]:
    """Give the lines of paragraphs that are too long; tables, code and pictures may be."""
    return [
        line
        for line in CODE.sub("", text).splitlines()
        if len(line) > MOST_CHARACTERS and not line.startswith(("    ", "|", "!["))
    ]


def anchors(text: str) -> set[str]:
    """Give the names by which links reach the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", CODE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_links(text: str, page: Path) -> list[str]:
    """Give the links of a page to files or headings that do not exist."""
    dead = []
    for target in LINK.findall(CODE.sub("", text)):
        name, _, heading = target.partition("#")
        if "://" in target:
            continue
        file = page.parent / name if name else page
        there = file.exists() and (
            not heading or heading in anchors(text if file == page else file.read_text("utf-8"))
        )
        dead += [] if there else [target]
    return dead


def dead_paths(text: str) -> list[str]:
    """Give the files, folders and modules that a text names and that do not exist."""
    dead = [
        path
        for path in PATH.findall(text)
        if not any(ROOT.glob(re.sub(r"<\w+>", "*", path.rstrip("/"))))
    ]
    for module in MODULE.findall(text):
        path = module.replace(".", "/")
        # The last name may be that of something in the module.
        if not any(
            (ROOT / "lakehouse" / place).exists()
            for place in (path, f"{path}.py", f"{path.rpartition('/')[0]}.py")
        ) and module not in dir(lakehouse):
            dead.append(f"lakehouse.{module}")
    return dead


def texts_of_commands() -> Iterator[tuple[str, str]]:
    for name, command in {"": typer.main.get_command(app), **COMMANDS}.items():
        yield f"lakehouse {name}", (command.help or "").partition("Example:")[0]
        for parameter in command.params:
            yield f"lakehouse {name} {parameter.name}", getattr(parameter, "help", None) or ""


def docstrings(script: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            # Up to the first section, such as Parameters.
            yield re.split(r"\n\w+\n-+\n", ast.get_docstring(node) or "")[0]


def is_made(page: Path) -> bool:
    return page.read_text(encoding="utf-8").startswith(MADE)


def by_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", [page for page in PAGES if not is_made(page)], ids=by_name)
def test_a_page_is_read_once(page):
    text = page.read_text(encoding="utf-8")

    assert unreadable(text) == []
    assert long_lines(text) == []


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_what_a_page_names_exists(page):
    text = page.read_text(encoding="utf-8")

    assert dead_links(text, page) == []
    assert dead_paths(text) == []


def test_the_help_of_commands_is_read_once():
    found = {name: unreadable(text) for name, text in texts_of_commands()}

    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize("script", SCRIPTS, ids=by_name)
def test_docstrings_are_read_once(script):
    assert [problem for text in docstrings(script) for problem in unreadable(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Below 1 / (permutations + 1) it cannot go.",
        "It computes much, and says beside every\ncorrelation how much there is.",
        "- Each command prints it, beside what it is compared with.",
        "| `p` | how much of it survives correction for the number of tests |",
        "Of which relation a model takes how much at a time, where memory is short.",
        "## The database is made anew",
        "It ends with what was planted is found.",
        "One sentence. " + "word " * (MOST_WORDS + 1) + "end. Another one.",
    ],
)
def test_what_cannot_be_read_once_is_found(text):
    assert len(unreadable(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The smallest possible value is 1 / (`permutations` + 1).",
        "```sh\nlakehouse anew " + "word " * MOST_WORDS + "\n```",
        "    indented anew " + "word " * MOST_WORDS,
        "- one item\n- " + "word " * (MOST_WORDS - 1) + "end",
        "A first sentence of a few words. " * 20,
    ],
)
def test_plain_text_and_code_pass(text):
    assert unreadable(text) == []


def test_only_long_lines_of_paragraphs_are_found():
    line = "a" * (MOST_CHARACTERS + 1)

    assert long_lines(f"{line}\n- {line}\n") == [line, f"- {line}"]
    assert long_lines(f"| {line} |\n    {line}\n![{line}](x.png)\n```\n{line}\n```\n") == []


@pytest.mark.parametrize(
    "target", ["nothing.md", "docs/nothing.png", "README.md#no-such-heading", "#none"]
)
def test_a_dead_link_is_found(target):
    page = ROOT / "README.md"

    assert dead_links(f"# Some\n[a]({target})", page) == [target]
    assert dead_links("# `Some` heading\n[a](#some-heading) [b](docs/r.md#from-r)", page) == []


@pytest.mark.parametrize(
    "path",
    ["lakehouse/no_such_room/", "sql/results/*.sql", "docs/no_such_page.md", "lakehouse.lost.name"],
)
def test_a_path_that_does_not_exist_is_found(path):
    assert dead_paths(f"see `{path}` for more") == [path]


@pytest.mark.parametrize(
    "path",
    ["lakehouse/steps/<subject>/", "sql/*/masks.sql", "lakehouse.files.replace", "lakehouse.toml"],
)
def test_a_path_that_exists_passes(path):
    assert dead_paths(f"see `{path}`, or warehouse/lakehouse.duckdb.") == []
