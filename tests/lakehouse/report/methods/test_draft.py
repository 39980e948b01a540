"""Sentences of the methods, and which works they cite."""

from lakehouse.report.methods.draft import Draft
from tests.lakehouse.report.given import Given, facts, words


def draft(language: str = "en", conditions: tuple[bool, ...] = (False, True)) -> Draft:
    return Draft(Given(facts(conditions=conditions), {}), words(language))


def test_a_place_with_a_works_name_cites_it() -> None:
    one = draft()

    assert "distribution (Cumming and Finch, 2001)" in one.say("cue").replace(
        "t distribution", "distribution"
    )
    assert one.cited == {"pratt", "cumming", "kerby"}


def test_the_rule_of_somebody_is_cited_in_the_sentence() -> None:
    assert "the variances of Bonett and Wright (2000)." in draft().say("intervals_ranks")
    assert "as variâncias de Bonett e Wright (2000)." in draft("pt").say("intervals_ranks")


def test_of_many_authors_the_first_is_named() -> None:
    one = draft()

    assert "(Ly et al., 2016)" in one.say("bayes_r")
    assert "ly" in one.cited


def test_the_cue_is_not_named_where_there_is_none() -> None:
    without = draft(conditions=(False,))

    assert draft().say("face.own") == "the same participant’s neutral mask without the cue"
    assert without.say("face.own") == "the same participant’s neutral mask"
    assert "every expression, and" in without.plural("rule.exact_all", 3)


def test_a_setting_is_found_by_its_name() -> None:
    assert draft().setting("clusters.k") == 6
    assert draft().setting("statistics.primary.method") == "spearman"
