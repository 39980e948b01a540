"""What becomes of a table of participants when another is added to it, or takes its place."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

Key = tuple[str, str]
"""Participant and the name of what is known of them, such as an instrument."""

Values = tuple[object, ...]
"""What is known; all None where the value is missing."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A table after another was added to it, or put in its place.

    Attributes
    ----------
    values : dict of Key to Values
        By participant.
    changed : tuple of Key
        Values that were otherwise before.
    dropped : int
        Values that were known before and are not any more.
    kept : dict of str to int
        Values of each name that the new table has not.
    kept_participants : int
        Participants with a value before, who are not in the new table.
    kept_blank : int
        Values of before where the new table has a blank.
    """

    values: dict[Key, Values]
    changed: tuple[Key, ...] = ()
    dropped: int = 0
    kept: dict[str, int] = field(default_factory=dict)
    kept_participants: int = 0
    kept_blank: int = 0


def added(earlier: Mapping[Key, Values], new: Mapping[Key, Values]) -> Addition:
    """Add a table: what both have becomes the new; what the new lacks stays as it was.

    Returns
    -------
    Addition
        Of every participant and every name of either; None is added where nothing is known.
    """
    values = {**earlier, **{key: value for key, value in new.items() if _known(value)}}
    before = {key: value for key, value in earlier.items() if _known(value)}
    names, people = {name for _, name in new}, {participant for participant, _ in new}
    return Addition(
        values=_complete({**new, **values}),
        changed=_changed(before, new),
        kept=dict(Counter(name for _, name in before if name not in names)),
        kept_participants=len({participant for participant, _ in before} - people),
        kept_blank=sum(key in new and not _known(new[key]) for key in before),
    )


def put_in_place(earlier: Mapping[Key, Values], new: Mapping[Key, Values]) -> Addition:
    """Put a table in the place of another."""
    before = {key: value for key, value in earlier.items() if _known(value)}
    return Addition(
        values=dict(new),
        changed=_changed(before, new),
        dropped=sum(not _known(new.get(key, ())) for key in before),
    )


def _changed(before: Mapping[Key, Values], new: Mapping[Key, Values]) -> tuple[Key, ...]:
    return tuple(
        sorted(key for key in before if _known(new.get(key, ())) and new[key] != before[key])
    )


def _known(value: Values) -> bool:
    return any(part is not None for part in value)


def _complete(values: dict[Key, Values]) -> dict[Key, Values]:
    missing = (None,) * len(next(iter(values.values()), ()))
    names = dict.fromkeys(name for _, name in values)
    people = sorted({participant for participant, _ in values})
    return {
        (person, name): values.get((person, name), missing) for person in people for name in names
    }
