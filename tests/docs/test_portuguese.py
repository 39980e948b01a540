"""The Portuguese pages say what the English ones do: headings, commands, numbers, links."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
TRANSLATED = {
    "README.md": "docs/pt/README.md",
    "docs/tutorial.md": "docs/pt/tutorial.md",
    "docs/glossary.md": "docs/pt/glossario.md",
}
TEXTS = {
    page: (ROOT / page).read_text(encoding="utf-8") for pair in TRANSLATED.items() for page in pair
}

FENCED = re.compile(r"^```\w*\n.*?^```$", re.DOTALL | re.MULTILINE)
INDENTED = re.compile(r"(?:^ {4}.*\n)+", re.MULTILINE)
COMMENT = re.compile(r" +# .*$", re.MULTILINE)
INLINE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)")
HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)


class Section(NamedTuple):
    """What two languages have in common between a heading and the next."""

    level: int
    code: list[str]
    inline: list[str]
    numbers: list[str]
    links: list[str]
    rows: int
    items: int


def slug(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def split(text: str) -> list[tuple[int, str, str]]:
    """Give level, heading and text of every section; no line of code is a heading."""
    hidden = FENCED.sub(lambda code: re.sub("^#", "\0", code[0], flags=re.MULTILINE), text)
    parts = HEADING.split(hidden)[1:]
    return [
        (len(parts[at]), parts[at + 1], parts[at + 2].replace("\0", "#"))
        for at in range(0, len(parts), 3)
    ]


def destination(target: str, page: str) -> str:
    """Give what a link leads to, an English page for its translation and headings by number."""
    name, _, heading = target.partition("#")
    if "://" in target:
        return target
    place = (ROOT / page).parent / name if name else ROOT / page
    file = place.resolve().relative_to(ROOT).as_posix()
    place_of_heading = ""
    if heading:
        text = TEXTS.get(file) or (ROOT / file).read_text(encoding="utf-8")
        place_of_heading = f"#{[slug(each) for _, each, _ in split(text)].index(heading)}"
    english = {there: here for here, there in TRANSLATED.items()}
    return english.get(file, file) + place_of_heading


def numbers(text: str, *, comma: bool) -> list[str]:
    """List numbers as English writes them, without separators of thousands."""
    thousands = r"\.(?=\d{3}\b)" if comma else r",(?=\d{3}\b)"
    found = [re.sub(thousands, "", number) for number in NUMBER.findall(text)]
    return sorted(number.replace(",", ".") for number in found)


def sections(text: str, page: str) -> list[Section]:
    found = []
    for level, heading, body in split(text):
        code = [COMMENT.sub("", each) for each in FENCED.findall(body)]
        left = FENCED.sub("", body)
        code += [COMMENT.sub("", each) for each in INDENTED.findall(left)]
        left = INDENTED.sub("", left)
        # A translation's first link leads to its original, and the other way round.
        other = {f"[{word}]" for word in ("Em português", "In English")}
        left = "\n".join(line for line in left.splitlines() if not line.startswith((*other,)))
        prose = LINK.sub("", INLINE.sub("", left))
        found.append(
            Section(
                level,
                code,
                sorted(" ".join(each.split()) for each in INLINE.findall(left)),
                numbers(f"{heading}\n{prose}", comma=page in TRANSLATED.values()),
                sorted(destination(target, page) for target in LINK.findall(left)),
                len(re.findall(r"^\|", left, re.MULTILINE)),
                len(re.findall(r"^- ", left, re.MULTILINE)),
            )
        )
    return found


def differences(english: str, portuguese: str, page: str) -> list[str]:
    """Say in which sections the two differ, and in what."""
    ours, theirs = sections(english, page), sections(portuguese, TRANSLATED[page])
    if len(ours) != len(theirs):
        return [f"{len(ours)} and {len(theirs)} sections"]
    return [
        f"{heading}: {kind}: {here} and {there}"
        for (_, heading, _), one, two in zip(split(english), ours, theirs, strict=True)
        for kind, here, there in zip(Section._fields, one, two, strict=True)
        if here != there
    ]


@pytest.mark.parametrize("page", TRANSLATED)
def test_both_languages_say_the_same(page: str) -> None:
    assert differences(TEXTS[page], TEXTS[TRANSLATED[page]], page) == []


@pytest.mark.parametrize("page", TRANSLATED)
def test_each_language_leads_to_the_other(page: str) -> None:
    first = [TEXTS[each].split("\n\n")[1] for each in (page, TRANSLATED[page])]

    places = zip((page, TRANSLATED[page]), first, strict=True)
    assert [destination(LINK.findall(text)[0], here) for here, text in places] == [page, page]
    assert first[0].startswith("[Em português]")
    assert first[1].startswith("[In English]")


@pytest.mark.parametrize(
    ("page", "before", "after", "kind"),
    [
        ("docs/tutorial.md", "## 7. Ir adiante", "### 7. Ir adiante", "level"),
        ("docs/tutorial.md", "lakehouse check\n", "", "code"),
        ("docs/tutorial.md", "--pages 2", "--pages 3", "code"),
        ("docs/tutorial.md", "`0870_happy_1.jpg`", "`0870_alegre_1.jpg`", "inline"),
        ("docs/tutorial.md", "tem 1500 deles", "tem 1600 deles", "numbers"),
        ("docs/tutorial.md", "](../python.md)", "](../r.md)", "links"),
        ("docs/glossary.md", "| célula", "célula", "rows"),
        ("README.md", "r = 0,22", "r = 0,23", "numbers"),
        ("README.md", "(#windows-e-macos)", "(#limites)", "links"),
        ("README.md", "- Correlação", "Correlação", "items"),
    ],
)
def test_what_differs_is_found(page: str, before: str, after: str, kind: str) -> None:
    text = TEXTS[TRANSLATED[page]]
    assert before in text

    found = differences(TEXTS[page], text.replace(before, after), page)

    assert [each.split(": ")[1] for each in found] == [kind]


def test_comments_and_marks_of_decimals_may_differ() -> None:
    english = "# A\n\n1,000 of 0.5.\n\n    make  # all\n"
    portuguese = "# B\n\n1.000 de 0,5.\n\n    make      # tudo\n"

    assert differences(english, portuguese, "README.md") == []
