from collections import Counter

from tests.sql.support import RunModel


def test_every_word_of_a_region_is_its_own(run_model: RunModel) -> None:
    for column in ("region", "place", "part_en", "part_pt", "left_en", "left_pt", "both_en"):
        words = [word for (word,) in run_model("face_regions", column)]
        assert Counter(words).most_common(1)[0][1] == 1, column


def test_what_is_said_of_the_left_can_be_turned_round(run_model: RunModel) -> None:
    for english, portuguese in run_model("face_regions", "left_en, left_pt"):
        assert english.count("left") == 1
        assert portuguese.count("esquerd") == 1
        assert "right" not in english
        assert "direit" not in portuguese


def test_regions_have_places_from_zero(run_model: RunModel) -> None:
    places = sorted(place for (place,) in run_model("face_regions", "place"))

    assert places == list(range(len(places)))
