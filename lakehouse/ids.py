"""Ids and codes as text: one spelling of what looks the same, and pairs that nearly match."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final

_SHOWN: Final = 5
_LONGEST: Final = 20

_OTHER_SPACES: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
"""Spaces that look like the plain one; a no-break space among them."""

_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
"""Soft hyphen, zero-width characters, direction and variation marks, byte order mark, tags."""


def one_spelling(text: str) -> str:
    """Give text the spelling that all text of its look shares.

    Returns
    -------
    str
        In Unicode NFC, without invisible characters, with plain spaces only.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _OTHER_SPACES.sub(" ", _INVISIBLE.sub("", text)))


def canonical(text: str) -> str:
    """Give an id or a code as the lake holds it.

    Returns
    -------
    str
        Of `one_spelling`, without blanks at the ends. Empty where nothing visible is left.
    """
    return one_spelling(text).strip()


def folded(text: str, between: str = "") -> str:
    """Give a word as those compare it who do not mind how it is written.

    Parameters
    ----------
    between : str
        What stands for blanks, underscores and punctuation.

    Returns
    -------
    str
        Without letter case, accents and wide forms of characters, and with nothing at its ends.
    """
    letters = canonical(text)
    # Twice: what a wide form stands for may be a capital, whose small letter has a mark.
    for _ in range(2):
        decomposed = unicodedata.normalize("NFKD", letters.casefold())
        letters = "".join(each for each in decomposed if not unicodedata.combining(each))
    return between.join(re.findall(r"[^\W_]+", letters))


def holds_invisible(text: str) -> bool:
    """Tell whether `canonical` takes or changes characters that nobody sees."""
    if text.isascii():
        return False
    return bool(_INVISIBLE.search(text) or _OTHER_SPACES.search(text))


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two ids that do not match and probably should.

    Attributes
    ----------
    here, there : str
        The id on either side.
    differ_in : str
        What they differ in, in words.
    """

    here: str
    there: str
    differ_in: str


def look_alikes(here: Iterable[str], there: Iterable[str]) -> tuple[LookAlike, ...]:
    """Pair ids without a partner that would have one but for how they are written.

    Leading zeros, a fraction of zero (as in 870.0), letter case, spaces and punctuation, and wide
    forms of characters are what spreadsheets and people change.

    Parameters
    ----------
    here, there : iterable of str
        All ids of either side, or those that do not match. Ids of both sides are left out.

    Returns
    -------
    tuple of LookAlike
        By the id here; each once, with the first of several candidates.
    """
    ours, theirs = set(here), set(there)
    candidates: dict[str, str] = {}
    for name in sorted(theirs - ours, reverse=True):
        candidates[_skeleton(name)] = name
    pairs = []
    for name in sorted(ours - theirs):
        partner = candidates.get(_skeleton(name))
        # What has no letter and no digit is like nothing.
        if partner is not None and _skeleton(name):
            pairs.append(LookAlike(name, partner, _difference(name, partner)))
    return tuple(pairs)


def words_on_alike(ids: Iterable[str]) -> tuple[str, ...]:
    """Say which ids of one list are probably the same, such as 1 and 001.

    Returns
    -------
    tuple of str
        A line that names the first few, or nothing.
    """
    together: dict[str, list[str]] = {}
    for name in sorted(set(ids)):
        together.setdefault(_skeleton(name), []).append(name)
    alike = [names for skeleton, names in together.items() if skeleton and len(names) > 1]
    if not alike:
        return ()
    shown = ", ".join(" and ".join(map(_short, names[:3])) for names in alike[:_SHOWN])
    more = f", and {len(alike) - _SHOWN:,} more" if len(alike) > _SHOWN else ""
    return (f"ids that may mean the same participant: {shown}{more}",)


def words_on_look_alikes(pairs: Iterable[LookAlike], here: str, there: str) -> list[str]:
    """Say which ids would match but for how they are written.

    Parameters
    ----------
    here, there : str
        What the two sides are, such as "scores" and "photographs".

    Returns
    -------
    list of str
        A line for each kind of difference, naming the first few pairs.
    """
    by_difference: dict[str, list[LookAlike]] = {}
    for pair in pairs:
        by_difference.setdefault(pair.differ_in, []).append(pair)
    return [
        f"would match but for {difference}: {len(alike):,} ("
        + ", ".join(
            f"{_short(pair.here)} in {here} is {_short(pair.there)} in {there}"
            for pair in alike[:_SHOWN]
        )
        + (f", and {len(alike) - _SHOWN:,} more)" if len(alike) > _SHOWN else ")")
        for difference, alike in by_difference.items()
    ]


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _without_zeros(text: str) -> str:
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", text)


def _without_fraction(text: str) -> str:
    return re.sub(r"(?<=[0-9])[.,]0+$", "", text)


def _without_punctuation(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


# In the order in which they are taken away: a fraction is one while its point is there, and zeros
# lead a number while what stands before it is.
_DIFFERENCES: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("wide or other forms of characters", _narrow),
    ("a fraction of zero", _without_fraction),
    ("leading zeros", _without_zeros),
    ("letter case", str.casefold),
    ("spaces or punctuation", _without_punctuation),
)


def _skeleton(name: str) -> str:
    return _without(name, _DIFFERENCES)


def _without(name: str, differences: Iterable[tuple[str, Callable[[str], str]]]) -> str:
    for _, without in differences:
        name = without(name)
    return name


def _difference(one: str, other: str) -> str:
    """Name the fewest kinds of difference that two ids of one skeleton have."""
    chosen = next(
        some
        for size in range(1, len(_DIFFERENCES) + 1)
        for some in combinations(_DIFFERENCES, size)
        if _without(one, some) == _without(other, some)
    )
    return " and ".join(words for words, _ in chosen)
