"""Questionnaires go by several names."""

import pytest

from lakehouse.settings.instrument_names import (
    INSTRUMENT_ALIASES,
    instrument_of,
    similar_instrument,
)
from lakehouse.settings.instruments import STUDY_INSTRUMENTS

KNOWN = STUDY_INSTRUMENTS


def test_every_instrument_of_the_study_has_other_names_and_no_two_share_one() -> None:
    assert INSTRUMENT_ALIASES.keys() == KNOWN.keys()
    names = [name for aliases in INSTRUMENT_ALIASES.values() for name in aliases]
    assert len(set(names)) == len(names)
    assert not set(names) & KNOWN.keys()


@pytest.mark.parametrize(
    ("name", "instrument"),
    [
        ("dbi", "dbi"),
        ("DBI_score", "dbi"),
        ("BDI", "dbi"),
        ("bdi_score", "dbi"),
        ("BDI-II", "dbi"),
        ("Beck", "dbi"),
        ("Inventário de Depressão de Beck", "dbi"),
        ("Beck Anxiety Inventory", "bai"),
        ("ASRS A", "asrsa"),
        ("asrs-b_score", "asrsb"),
        ("OCI-R", "oci"),
        ("SRQ-20", "srq"),
        ("phq_score", "phq"),
        ("phq", None),
        ("age", None),
        ("_score", None),
        ("", None),
    ],
)
def test_a_column_is_known_by_any_name_of_its_instrument(name: str, instrument: str | None) -> None:
    assert instrument_of(name, KNOWN) == instrument


def test_an_instrument_of_the_settings_is_never_an_alias() -> None:
    assert instrument_of("bdi", {**KNOWN, "bdi": None}) == "bdi"


@pytest.mark.parametrize(
    ("name", "instrument"),
    [
        ("dib", "dbi"),
        ("DBI total", "dbi"),
        ("total_bdi", "dbi"),
        ("ocii", "oci"),
        ("beck depresion", "dbi"),
        ("Escore SRQ", "srq"),
        ("age", None),
        ("bmi", None),
        ("sex", None),
        ("bai_1", None),
        ("bdi_item_21", None),
        ("", None),
    ],
)
def test_a_name_that_is_nearly_one_is_told(name: str, instrument: str | None) -> None:
    assert similar_instrument(name, KNOWN) == instrument
