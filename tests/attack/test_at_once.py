"""Two commands at once in one warehouse: both do their work, or the second is told to wait."""

import random
import zlib
from collections.abc import Iterator
from itertools import combinations_with_replacement
from pathlib import Path

import pytest

from tests.attack.attacked import AFTERWARDS, ATTACKED, Attacked
from tests.attack.judge import laid_out, readable_by_others, state, unsealed
from tests.attack.kills import Place
from tests.attack.prepared import Line, Moment, Ran

_WORDS = (
    ("extract", "photos", "--re-extract"),
    ("compact",),
    ("build",),
    ("status",),
    ("sql", "select count(*) from landmarks"),
)
_EXPORT = ("export", "scores", "photos", "--format", "csv", "--out", "new/out")
_SQL = ("sql", "-o", "points.parquet", "select * from landmarks")
_STUDY = (("build", "--force"), _EXPORT, _SQL, ("status",))
_PORTABLE = ((("compact",), ("build",)), (("build", "--force"), ("build", "--force")))


def test_a_pair_is_of_commands_that_are_attacked() -> None:
    words = {attacked.words for attacked in ATTACKED}
    assert set(_WORDS) | set(_STUDY) <= words


def pairs() -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    for template, words in (("extracted", _WORDS), ("study", _STUDY)):
        for one, other in combinations_with_replacement(words, 2):
            yield template, one, other


@pytest.mark.slow
@pytest.mark.parametrize(
    ("template", "one", "other"),
    [
        pytest.param(
            *pair,
            id=" and ".join(each[0] for each in pair[1:]),
            marks=pytest.mark.portable if pair[1:] in _PORTABLE else [],
        )
        for pair in pairs()
    ],
)
def test_of_two_commands_at_once_none_spoils_the_other(
    place: Place, template: str, one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    box = laid_out(Attacked(one, template), place.templates, place.box)
    rows = state(box).rows
    ran = place.prepared.run_at_once([Line(one, str(box)), Line(other, str(box))])
    for each, words in zip(ran, (one, other), strict=True):
        assert_told(each, words)
    assert 0 in {each.code for each in ran} or {one[0], other[0]} <= {"sql"}
    now = state(box)
    assert now.rows == rows
    assert not [name for name in now.files if name.endswith((".tmp", ".ready"))]
    assert list(unsealed(box)) == readable_by_others(box) == []


@pytest.mark.slow
@pytest.mark.parametrize("words", AFTERWARDS, ids=" ".join)
def test_what_a_living_command_works_with_is_not_cleared(
    place: Place, words: tuple[str, ...], tmp_path: Path
) -> None:
    """Other commands run while one that writes is under way, which then ends as if alone."""
    for attacked in ATTACKED:
        if attacked.words not in {
            ("build", "--force"),
            _EXPORT,
            ("extract", "photos", "--re-extract"),
            ("spark", "extract", "photos", "--per-task", "3"),
        }:
            continue
        box = laid_out(attacked, place.templates, place.box)
        line, meanwhile = Line(attacked.words, str(box)), Line(words, str(box))
        ran, *others = place.prepared.run_at_once([line, *[meanwhile] * 4])
        assert ran.code == 0, ran.said
        for each in others:
            assert_told(each, words)


@pytest.mark.slow
def test_a_kill_beside_a_living_command_costs_the_living_one_nothing(place: Place) -> None:
    chance = random.Random(zlib.crc32(b"beside"))
    [attacked] = [each for each in ATTACKED if each.words == _EXPORT]
    for _ in range(5):
        box = laid_out(attacked, place.templates, place.box)
        other = tuple("other" if word == "new/out" else word for word in _EXPORT)
        lines = [Line(_EXPORT, str(box)), Line(other, str(box)), Line(("status",), str(box))]
        killed = Moment(after_s=chance.uniform(0.05, 0.3))
        _, living, status = place.prepared.run_at_once(lines, [killed, Moment(), Moment()])
        assert (living.code, status.code) == (0, 0), living.said
        assert list(unsealed(box)) == []
        place.prepared.run(Line(("model", "path"), str(box)))
        assert not [name for name in state(box).files if name.endswith((".tmp", ".ready"))]


def assert_told(ran: Ran, words: tuple[str, ...]) -> None:
    """A command has worked, or says in a line what another is doing."""
    assert "Traceback" not in ran.said
    if ran.code:
        assert ran.code == 1, (words, ran)
        errors = [line for line in ran.said.splitlines() if line.startswith("error: ")]
        assert len(errors) == 1, (words, ran)
