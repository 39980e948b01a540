"""Adding a table of participants loses nothing; putting one in place keeps nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from lakehouse.lake.additions import Addition, added, put_in_place

TABLES = st.dictionaries(
    st.tuples(st.sampled_from("1234"), st.sampled_from("abc")),
    st.tuples(st.none() | st.integers(0, 3)),
    max_size=8,
)


def known(values: dict) -> dict:
    return {key: value for key, value in values.items() if value != (None,)}


@given(TABLES, TABLES)
def test_what_is_added_to_loses_nothing(earlier: dict, new: dict) -> None:
    found = added(earlier, new)

    assert known(found.values) == {**known(earlier), **known(new)}
    people, names = ({key[at] for key in (*earlier, *new)} for at in (0, 1))
    assert found.values.keys() == {(person, name) for person in people for name in names}
    both = known(earlier).keys() & known(new).keys()
    assert set(found.changed) == {key for key in both if earlier[key] != new[key]}
    assert found.dropped == 0
    assert found.kept_blank == len(known(earlier).keys() & (new.keys() - known(new).keys()))
    assert found.kept.keys() == {name for _, name in known(earlier)} - {name for _, name in new}
    assert found.kept_participants == len(
        {person for person, _ in known(earlier)} - {person for person, _ in new}
    )


@given(TABLES, TABLES)
def test_in_its_place_nothing_else_stays(earlier: dict, new: dict) -> None:
    found = put_in_place(earlier, new)

    assert found.values == new
    assert found.dropped == len(known(earlier).keys() - known(new).keys())


@given(TABLES)
def test_the_same_again_is_no_change(table: dict) -> None:
    first = added({}, table)
    assert added(first.values, table) == Addition(
        first.values, kept_blank=0, kept={}, kept_participants=0
    )
