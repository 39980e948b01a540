import pytest
from pydantic import ValidationError

from lakehouse.settings import Settings


def settings_with(*hypotheses: str) -> Settings:
    return Settings.model_validate({"multiverse": {"hypotheses": list(hypotheses)}})


def test_blanks_do_not_matter() -> None:
    assert settings_with(" 05-01  10 dbi ").multiverse.hypotheses == ["05-01 10 dbi"]
    assert settings_with().multiverse.hypotheses == []


@pytest.mark.parametrize(
    "text",
    [
        *("", "05-00", "05-00 291", "05-00 291 asrsb more", "05-00 mouth asrsb"),
        *("05-00 468 asrsb", "05-00 -1 asrsb", "happiness 291 asrsb", "05_00 291 asrsb"),
        *("05-00 291 ASRS;drop", "05-02 291 asrsb", "05-00 ² asrsb"),
    ],
)
def test_what_is_no_hypothesis_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match=r"a mask, a point of the mesh and a questionnaire"):
        settings_with(text)


def test_a_hypothesis_is_there_once() -> None:
    with pytest.raises(ValidationError, match="twice"):
        settings_with("05-00 291 asrsb", "05-00  291 asrsb")
