"""A version is written in several places, and is the same in all."""

import re
import tomllib
from datetime import date
from pathlib import Path

import lakehouse

ROOT = Path(__file__).parents[1]
RELEASE = re.compile(r"^## (?P<version>\d+\.\d+\.\d+) – (?P<date>\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def releases() -> list[tuple[str, date]]:
    found = RELEASE.finditer(text_of("CHANGELOG.md"))
    return [(one["version"], date.fromisoformat(one["date"])) for one in found]


def citation(key: str) -> str:
    found = re.search(rf"^{key}: (.*)$", text_of("CITATION.cff"), re.MULTILINE)
    assert found is not None
    return found[1]


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    version, day = releases()[0]

    assert project["version"] == version
    assert citation("version") == version
    assert citation("date-released") == day.isoformat()
    # The one that `build_info` records: run `make` where it is an older one.
    assert lakehouse.__version__ == version


def test_every_heading_of_the_changelog_is_a_release_or_at_the_top_what_is_none_yet():
    headings = re.findall(r"^## .*$", text_of("CHANGELOG.md"), re.MULTILINE)

    if headings[0] == "## Unreleased":
        headings = headings[1:]
    assert [heading for heading in headings if not RELEASE.fullmatch(heading)] == []


def test_releases_go_down_in_version_and_date():
    by_number = [(tuple(map(int, version.split("."))), day) for version, day in releases()]

    assert by_number == sorted(by_number, reverse=True)
    assert len({version for version, _ in by_number}) == len(by_number)
    assert [day for _, day in by_number] == sorted((day for _, day in by_number), reverse=True)
