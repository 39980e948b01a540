"""Texts of a study, and how those of stills are told from those of photographs."""

import re

import duckdb
import pytest

from lakehouse.report.texts.read import LANGUAGES, of_stills, texts, words

TABLES = """
    create table settings as select $masks as video_masks;
    create table expressions as select 'joy' as expression, 'Joy' as label_en, null as label_pt,
        '05' as code;
    create table instruments as select 'bai' as instrument, 'B' as name, 'P' as name_pt;
    create table feature_list (feature varchar, label_en varchar, label_pt varchar);
    create table measure_definitions
        (measure varchar, label_en varchar, label_pt varchar, group_id integer);
    create table points as select 7 as point, null as name_en, 'cheek' as region_en,
        null as name_pt, 'bochecha' as region_pt;
    create table group_names as select 'regions' as grouping, 4 as group_id, 'mouth' as name_en,
        'boca' as name_pt;
    create table dynamics_groups as select *, 1 as group_index from group_names;
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_study_of_videos_alone_never_speaks_of_photographs(language: str) -> None:
    said = of_stills(texts(language))
    rest = {
        key: text
        for key, text in said.items()
        if re.search(r"(?<!--)f?photogra|fotogra", text.replace("{photogra", ""), re.IGNORECASE)
    }
    assert [key for key in rest if key != "stills.words"] == []
    places = [
        {key: re.findall(r"\{\w+\}", text) for key, text in each.items()}
        for each in (said, texts(language))
    ]
    assert places[0] == places[1]


def test_words_are_replaced_whole_and_options_kept() -> None:
    given = {
        **{"stills.words": "photograph photographs", "stills.called": "still stills"},
        "text": "photographs’ {photographs}, a photograph: --photographs, photographers",
    }
    assert of_stills(given)["text"] == (
        "stills’ {photographs}, a still: --photographs, photographers"
    )


@pytest.mark.parametrize(("masks", "said"), [("photos", "photographs"), ("plateau", "stills")])
def test_the_setting_of_masks_says_which(masks: str, said: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(TABLES.replace("$masks", f"'{masks}'"))
        spoken = words(connection, "en")
        portuguese = words(connection, "pt")
    assert spoken.plural("glance.photographs", 2) == f"2 {said}"
    assert spoken.labels.points == {7: "cheek"}
    assert portuguese.labels.moving_parts == {"regions_4": "boca"}
    assert portuguese.labels.expressions == {"joy": "Joy"}
