import pytest

from lakehouse.errors import LakeError
from lakehouse.paths import WarehousePaths
from lakehouse.preregistration.reading import digest
from lakehouse.preregistration.store import Wish, register
from tests.lean import LEAN


@pytest.mark.parametrize("content", ["", "nonsense", "[]", '{"format": 1}', "[" * 100_000])
def test_what_is_no_registration_is_refused_and_kept(paths: WarehousePaths, content: str) -> None:
    paths.preregistration.write_text(content)

    with pytest.raises(LakeError, match="no registration that this version wrote"):
        register(paths, LEAN, Wish(why="anew"))

    assert paths.preregistration.read_text() == content


def test_a_digest_is_that_of_the_content_whatever_its_order() -> None:
    assert digest({"a": 1, "b": {"c": "é"}}) == digest({"b": {"c": "é"}, "a": 1, "sha256": "x"})
    assert digest({"a": 1}) != digest({"a": 2})
