"""The works that methods cite."""

import re

import pytest

from lakehouse.report.methods.references import MANY, REFERENCES, Reference


@pytest.mark.parametrize("work", REFERENCES.values(), ids=REFERENCES.keys())
def test_entry_and_citation_are_of_the_same_work(work: Reference) -> None:
    authors, _, rest = work.entry.partition(f" ({work.year}).")

    assert rest
    assert work.entry.startswith(work.names[0])
    for name in work.names:
        assert name == MANY or name in authors


@pytest.mark.parametrize("work", REFERENCES.values(), ids=REFERENCES.keys())
def test_an_entry_ends_with_a_stop_and_a_doi_looks_like_one(work: Reference) -> None:
    assert work.entry.endswith(".")
    assert work.doi == "" or re.fullmatch(r"10\.\d{4,5}/\S+[^\s.]", work.doi)


def test_they_stand_in_the_order_of_a_list() -> None:
    assert list(REFERENCES) == sorted(REFERENCES)
    assert len({work.doi for work in REFERENCES.values() if work.doi}) == sum(
        bool(work.doi) for work in REFERENCES.values()
    )
