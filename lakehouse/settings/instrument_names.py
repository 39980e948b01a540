"""What else the study's questionnaires are called, and names that nearly are one of theirs."""

import re
import unicodedata
from collections.abc import Container, Iterable
from difflib import get_close_matches
from typing import Final

SCORE_SUFFIX: Final = "_score"
"""A column `dbi_score` holds the scores of the instrument `dbi`."""

INSTRUMENT_ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "dbi": (
        *("bdi", "bdi_i", "bdi_1", "bdi1", "bdi_ia", "bdi_ii", "bdi_2", "bdi2"),
        *("beck", "beck_depression", "beck_depression_inventory"),
        *("inventario_de_depressao_de_beck", "inventario_beck_de_depressao"),
    ),
    "bai": (
        *("beck_anxiety", "beck_anxiety_inventory"),
        *("inventario_de_ansiedade_de_beck", "inventario_beck_de_ansiedade"),
    ),
    "asrsa": (
        *("asrs_a", "asrs18a", "asrs_18a", "asrs_18_a", "asrs_parte_a", "asrs_part_a"),
        *("asrs_inattention", "asrs_desatencao", "asrs_inatencao"),
    ),
    "asrsb": (
        *("asrs_b", "asrs18b", "asrs_18b", "asrs_18_b", "asrs_parte_b", "asrs_part_b"),
        *("asrs_hyperactivity", "asrs_hiperatividade"),
    ),
    "oci": (
        *("ocir", "oci_r", "obsessive_compulsive_inventory"),
        "inventario_de_obsessoes_e_compulsoes",
    ),
    "srq": ("srq20", "srq_20", "self_reporting_questionnaire"),
}
"""Other names of each instrument, in lower-case ASCII with underscores."""

_OF_ALIAS: Final = {
    alias: instrument for instrument, aliases in INSTRUMENT_ALIASES.items() for alias in aliases
}
# What stands beside an instrument's name in the name of a column.
_AROUND: Final = re.compile(r"^(total|score|escore|soma|sum)_|_(total|score|escore|soma|sum)$")
_LONG: Final = 6
_CLOSE: Final = 0.85


def instrument_of(name: str, instruments: Container[str]) -> str | None:
    """Tell whose scores a column holds.

    Parameters
    ----------
    name : str
        The column's, in any case.
    instruments : container of str
        The instruments that the settings know. A name that is one of theirs is never an alias.

    Returns
    -------
    str or None
        The instrument; None for a column of no scores.
    """
    name = name.lower()
    bare = name.removesuffix(SCORE_SUFFIX)
    if bare in instruments:
        return bare
    if alias := _OF_ALIAS.get(_plain(bare)):
        return alias
    return bare if bare and bare != name else None


def similar_instrument(name: str, instruments: Iterable[str]) -> str | None:
    """Tell which instrument the name of a column that is none nearly is.

    Parameters
    ----------
    instruments : iterable of str
        The instruments that the settings know.

    Returns
    -------
    str or None
        The instrument whose letters it has in another order or with one doubled, which it names
        among other words, or which a long name is close to.
    """
    known = {each: each for each in instruments} | _OF_ALIAS
    plain = _AROUND.sub("", _plain(name))
    if plain[-1:].isdigit():
        # An item of a questionnaire, or a second visit.
        return None
    for part in (plain, *plain.split("_")):
        if part in known:
            return known[part]
    for each, instrument in known.items():
        if sorted(each) == sorted(plain) or _without_doubles(each) == _without_doubles(plain):
            return instrument
    if len(plain) >= _LONG:
        close = get_close_matches(plain, known, n=1, cutoff=_CLOSE)
        return known[close[0]] if close else None
    return None


def _plain(name: str) -> str:
    """Give a name in lower-case ASCII, with underscores for everything else."""
    text = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", text).strip("_")


def _without_doubles(name: str) -> str:
    return re.sub(r"(.)\1+", r"\1", name)
